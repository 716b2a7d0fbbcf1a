"""Stochastic multicriteria acceptability analysis (SMAA-2, Lahdelma and Salminen 2001).

How often is each alternative first, if section weights, unknown answers and ratings are all as
uncertain as they are? Uncertainty of the weights alone would claim too much. Totals are whole
numbers, so that the digits are the same everywhere; `draws` says where chance comes from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from decider.engine.analysis.acceptability import OUT, Acceptability
from decider.engine.analysis.draws import COMMON_SPREAD, WEIGHT_UNIT, Integers, Ratings, draws_of
from decider.engine.scoring.clauses import Clause
from decider.engine.scoring.eligibility import FALSE, OPEN_STATES, clause_truth
from decider.engine.scoring.model import Node, Row, add_rows
from decider.engine.scoring.score import Outcome
from decider.engine.scoring.states import DONT_KNOW, MISSING, POSSIBLE

SCALE_LIMIT = 1 << 34
"""Sections are scaled exactly up to this; a larger common multiple is rounded to 34 bits."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is drawn at random; the rest stays as the answers and the evidence have it.

    `common` is the standard deviation, in points, of the error that an alternative's ratings share.
    """

    weights: bool = True
    answers: bool = True
    ratings: bool = True
    common: float = 0


EVERYTHING = Doubts()
"""All but a shared error."""


def simulate(outcome: Outcome, doubts: Doubts = EVERYTHING) -> Acceptability:
    """Draw what is doubtful and compare the eligible alternatives in every draw."""
    simulation = _Simulation(outcome, doubts)
    for node in outcome.model.nodes:
        state = outcome.states[node.position]
        if state >= 0:
            simulation.add_given(node, state)
        elif state in (DONT_KNOW, MISSING, POSSIBLE):
            simulation.add_open(node, state)
    if doubts.answers:
        simulation.rule_out()
    return simulation.result()


class _Simulation:
    """Sums by section while questions are added; arrays are by eligible alternative and draw.

    `drawn` is in ratings times question weights; `fixed` lists rows, in the model's unit.
    """

    def __init__(self, outcome: Outcome, doubts: Doubts) -> None:
        self.outcome = outcome
        self.doubts = doubts
        self.draws = draws_of(outcome.model)
        self.rows = list(outcome.eligible)
        self.is_full = len(self.rows) == len(outcome.totals)
        shape = len(self.rows), self.draws.size
        self.out = np.zeros(shape, np.bool_)
        self.shown: dict[int, Mask] = {}
        self.drawn: list[npt.NDArray[np.int16] | None] = [None] * len(outcome.weights)
        self.fixed: list[list[Row]] = [[] for _ in outcome.weights]

    def add_given(self, node: Node, choice: int) -> None:
        """A question with a choice: its rating, somewhere in its range, and its error."""
        if self.doubts.ratings:
            self._add(node, self.draws.ratings(node, choice))
        else:
            self._add_fixed(node)

    def add_open(self, node: Node, state: int) -> None:
        """A question without a choice: one by chance in each draw, where it is shown at all."""
        if not self.doubts.answers:
            self._add_fixed(node)
            return
        ratings = self.draws.guesses(node, doubtful=self.doubts.ratings)
        vetoed = self._vetoed_by(node)[self.draws.picks(node)].T if any(node.vetoes) else None
        if state == POSSIBLE:
            shown = self.shown[node.position] = self._is_shown(node)
            ratings = ratings * shown
            vetoed = None if vetoed is None else vetoed & shown
        if vetoed is not None:
            self.out |= vetoed
        self._add(node, ratings)

    def rule_out(self) -> None:
        """Take those out of a draw that don't meet what its answers, several together, require."""
        needs = self.outcome.model.rules.needs
        for place in dict.fromkeys(place for place, _ in self.outcome.unsettled):
            rows = [i for i, a in enumerate(self.rows) if a in needs[place].not_met]
            for clause in needs[place].clauses:
                if len(clause) > 1:  # what one answer requires is among its vetoes
                    self.out[rows] |= self._holds(clause)

    def _holds(self, clause: Clause) -> Mask:
        """By draw, whether a combination of answers holds."""
        holds = np.full(self.draws.size, clause_truth(clause, self.outcome.states) != FALSE)
        for question, choices in clause:
            if self.outcome.states[question] in OPEN_STATES:
                node = self.outcome.model.nodes[question]
                named = np.array([choice in choices for choice in range(len(node.rows))])
                holds &= named[self.draws.picks(node)]
                if question in self.shown:
                    holds &= self.shown[question]
        return holds

    def result(self) -> Acceptability:
        """What all questions added so far come to under the section weights."""
        weights = np.array(self.outcome.weights)
        factors = self._factors()
        totals, scale = self._totals(factors)
        whole = 2 * scale * (weights @ factors)
        if self.doubts.common and self.rows:
            totals += self._common_errors(whole)
        totals[self.out] = OUT
        return Acceptability(self.outcome.eligible, totals, self.out, whole, factors)

    def _is_shown(self, node: Node) -> Mask:
        parent = self.outcome.model.nodes[node.parent]
        showing = np.array([c in node.shown for c in range(len(parent.rows))])
        shown: Mask = showing[self.draws.picks(parent)]
        return shown & self.shown[node.parent] if node.parent in self.shown else shown

    def _vetoed_by(self, node: Node) -> Mask:
        return np.array([[a in vetoes for a in self.rows] for vetoes in node.vetoes], np.bool_)

    def _add(self, node: Node, ratings: Ratings) -> None:
        weighted = (ratings if self.is_full else ratings[self.rows]) * np.int8(node.weight)
        drawn = self.drawn[node.section]
        if drawn is None:
            self.drawn[node.section] = weighted.astype(np.int16)
        else:
            drawn += weighted

    def _add_fixed(self, node: Node) -> None:
        if row := self.outcome.rows[node.position]:
            self.fixed[node.section].append(tuple(row[a] for a in self.rows))

    def _factors(self) -> Integers:
        if self.doubts.weights:
            return self.draws.weight_factors
        return np.full((len(self.outcome.weights), self.draws.size), WEIGHT_UNIT)

    def _common_errors(self, whole: Integers) -> Integers:
        """By alternative and draw, the shared error as a total; `whole` is worth 50 points."""
        steps = round(50 * COMMON_SPREAD / self.doubts.common)
        each, rest = np.divmod(whole, steps)
        errors = np.stack([self.draws.common_error(a) for a in self.rows])
        found: Integers = errors * each + errors * rest // steps
        return found

    def _totals(self, factors: Integers) -> tuple[Integers, int]:
        """Totals by alternative and draw, and the scale of a whole section."""
        model = self.outcome.model
        exact = model.common * model.precision
        scale = min(exact if any(self.fixed) else model.common, SCALE_LIMIT)
        totals = np.zeros(self.out.shape, np.int64)
        for section, drawn in enumerate(self.drawn):
            weights = self.outcome.weights[section] * factors[section]
            if drawn is not None:
                step = (2 * scale // model.heaviest[section] + 1) // 2
                totals += drawn * (step * weights)
            fixed = add_rows((0,) * len(self.rows), *self.fixed[section])
            if any(fixed):
                totals += np.array([[x * scale // exact] for x in fixed]) * weights
        return totals, scale
