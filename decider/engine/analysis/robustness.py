"""Stochastic multicriteria acceptability analysis (SMAA-2, Lahdelma and Salminen 2001).

How often is each alternative first, if section weights, unknown answers and ratings are all as
uncertain as they are? Uncertainty of the weights alone would claim too much. Totals are whole
numbers, so that the digits are the same everywhere; `draws` says where chance comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from decider.engine.analysis.acceptability import OUT, Acceptability
from decider.engine.analysis.draws import COMMON_SPREAD, WEIGHT_UNIT, Integers, Ratings, draws_of
from decider.engine.scoring.clauses import Clause
from decider.engine.scoring.eligibility import FALSE, OPEN_STATES, clause_truth
from decider.engine.scoring.model import Node, Row, add_rows
from decider.engine.scoring.score import Outcome
from decider.engine.scoring.states import POSSIBLE

SCALE_LIMIT = 1 << 34
"""Sections are scaled exactly up to this; a larger common multiple is rounded to 34 bits."""

Mask = npt.NDArray[np.bool_]
Sums = dict[int, npt.NDArray[np.int16]]
Drawn = TypeVar("Drawn", Ratings, Mask, npt.NDArray[np.int16])


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is drawn at random; the rest stays as the answers and the evidence have it.

    `common` is the standard deviation, in points, of the error that an alternative's ratings share.
    """

    weights: bool = True
    answers: bool = True
    ratings: bool = True
    common: float = 0


class Simulator:
    """Draws what is doubtful and compares the eligible alternatives of an outcome in every draw.

    Several simulations share what they draw.

    Arrays are by eligible alternative and draw. Sums are by section, of ratings times the weights
    of their questions.
    """

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.draws = draws_of(outcome.model)
        self.rows = list(outcome.eligible)
        self.is_full = len(self.rows) == len(outcome.totals)
        nodes, states = outcome.model.nodes, outcome.states
        self.given = [node for node in nodes if states[node.position] >= 0]
        self.open = [node for node in nodes if states[node.position] in OPEN_STATES]

    def simulate(self, doubts: Doubts) -> Acceptability:
        """The outcome in every draw of what is doubtful."""
        drawn = [self._given_ratings] if doubts.ratings else []
        drawn += [self._guesses(doubtful=doubts.ratings)] if doubts.answers else []
        fixed = [] if doubts.ratings else self.given
        fixed = fixed if doubts.answers else [*fixed, *self.open]
        factors = self._factors(doubts)
        totals, scale = self._totals(drawn, fixed, factors)
        whole = 2 * scale * (np.array(self.outcome.weights) @ factors)
        if doubts.common and self.rows:
            totals += self._common_errors(whole, doubts.common)
        out = self._ruled_out if doubts.answers else np.zeros(totals.shape, np.bool_)
        totals[out] = OUT
        return Acceptability(
            self.outcome.eligible,
            totals,
            out,
            np.broadcast_to(whole, self.draws.size),
            np.broadcast_to(factors, (len(factors), self.draws.size)),
        )

    @cached_property
    def _given_ratings(self) -> Sums:
        """The ratings of the choices given, each somewhere in its range, with its error."""
        states = self.outcome.states
        drawn = (self.draws.ratings_of(node, states[node.position]) for node in self.given)
        return self._sums(zip(self.given, drawn, strict=True))

    def _guesses(self, *, doubtful: bool) -> Sums:
        """The ratings of one choice by chance in each draw, where its question is shown at all."""
        guesses = (self.draws.guesses(node, doubtful=doubtful) for node in self.open)
        return self._sums(
            (node, self._where_shown(node, drawn))
            for node, drawn in zip(self.open, guesses, strict=True)
        )

    @cached_property
    def _shown(self) -> dict[int, Mask]:
        """By question that open answers may hide, the draws that show it."""
        shown: dict[int, Mask] = {}
        for node in self.open:
            if self.outcome.states[node.position] == POSSIBLE:
                parent = self.outcome.model.nodes[node.parent]
                showing = np.array([c in node.shown for c in range(len(parent.rows))])
                above = shown.get(node.parent, np.True_)
                shown[node.position] = showing[self.draws.picks(parent)] & above
        return shown

    def _where_shown(self, node: Node, drawn: Drawn) -> Drawn:
        return drawn * self._shown[node.position] if node.position in self._shown else drawn

    @cached_property
    def _ruled_out(self) -> Mask:
        """Who doesn't meet in a draw what its answers require, one alone or several together."""
        out = np.zeros((len(self.rows), self.draws.size), np.bool_)
        for node in self.open:
            if any(node.vetoes):
                vetoed = self._of_eligible(self.draws.vetoed(node))
                out |= self._where_shown(node, vetoed)
        needs = self.outcome.model.rules.needs
        for place in dict.fromkeys(place for place, _ in self.outcome.unsettled):
            rows = [i for i, a in enumerate(self.rows) if a in needs[place].not_met]
            for clause in needs[place].clauses:
                if len(clause) > 1:  # what one answer requires is among its vetoes
                    out[rows] |= self._holds(clause)
        return out

    def _holds(self, clause: Clause) -> Mask:
        """By draw, whether a combination of answers holds."""
        holds = np.full(self.draws.size, clause_truth(clause, self.outcome.states) != FALSE)
        for question, choices in clause:
            if self.outcome.states[question] in OPEN_STATES:
                node = self.outcome.model.nodes[question]
                named = np.array([choice in choices for choice in range(len(node.rows))])
                holds &= self._where_shown(node, named[self.draws.picks(node)])
        return holds

    def _of_eligible(self, drawn: Drawn) -> Drawn:
        return drawn if self.is_full else drawn[self.rows]

    def _sums(self, drawn: Iterable[tuple[Node, Ratings]]) -> Sums:
        sums: Sums = {}
        for node, weighted in drawn:
            if node.section in sums:
                sums[node.section] += weighted
            else:
                sums[node.section] = weighted.astype(np.int16)
        return {section: self._of_eligible(found) for section, found in sums.items()}

    def _factors(self, doubts: Doubts) -> Integers:
        """By section, and by draw where they differ."""
        if doubts.weights:
            return self.draws.weight_factors
        return np.full((len(self.outcome.weights), 1), WEIGHT_UNIT)

    def _common_errors(self, whole: Integers, points: float) -> Integers:
        """By alternative and draw, the shared error as a total; `whole` is worth 50 points."""
        steps = round(50 * COMMON_SPREAD / points)
        each, rest = np.divmod(whole, steps)
        errors = np.stack([self.draws.common_error(a) for a in self.rows])
        found: Integers = errors * rest
        found //= steps
        found += np.multiply(errors, each, out=errors)
        return found

    def _totals(
        self, drawn: Sequence[Sums], fixed: Sequence[Node], factors: Integers
    ) -> tuple[Integers, int]:
        """Totals by alternative and draw, and the scale of a whole section.

        What is `fixed` counts as the answers and the evidence have it.
        """
        model = self.outcome.model
        exact = model.common * model.precision
        scale = min(exact if fixed else model.common, SCALE_LIMIT)
        totals = np.zeros((len(self.rows), self.draws.size), np.int64)
        settled = np.zeros((len(self.rows), factors.shape[1]), np.int64)
        product = np.empty_like(totals)  # once: new arrays of this size cost more than the sums
        for section, row in enumerate(self._fixed_rows(fixed)):
            weights = self.outcome.weights[section] * factors[section]
            sums = [found[section] for found in drawn if section in found]
            if sums:
                step = (2 * scale // model.heaviest[section] + 1) // 2
                totals += np.multiply(sum(sums[1:], sums[0]), step * weights, out=product)
            if any(row):
                column = np.array([[x * scale // exact] for x in row])
                settled += np.multiply(column, weights, out=product[:, : weights.size])
        totals += settled
        return totals, scale

    def _fixed_rows(self, fixed: Iterable[Node]) -> list[Row]:
        """By section, the sum of rows in the model's unit."""
        rows: list[list[Row]] = [[] for _ in self.outcome.weights]
        for node in fixed:
            if row := self.outcome.rows[node.position]:
                rows[node.section].append(tuple([row[a] for a in self.rows]))
        nothing = (0,) * len(self.rows)
        return [add_rows(nothing, *found) for found in rows]
