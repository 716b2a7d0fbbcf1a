"""Exact additive multi-attribute value theory (MAVT) on one anchored scale, with vetoes.

The value function is the weighted sum of Keeney and Raiffa (1976) with swing weights; ratings are
on a fixed scale of -2..+2, never normalised by the set of alternatives, so that dropping a loser
can't reorder the rest. Every number is an integer in the model's unit (see `model`): equal scores
are equal, not nearly equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from decider.engine.questionnaire.schema import Answers, Weights
from decider.engine.scoring.eligibility import OPEN, Eligibility, eligibility
from decider.engine.scoring.model import Model, Node, Row, add_rows, compile_model
from decider.engine.scoring.states import DONT_KNOW, MISSING, POSSIBLE, resolve

__all__ = ["Outcome", "Veto", "compile_model", "evaluate"]


@dataclass(frozen=True, slots=True)
class Veto:
    """One choice that rules one alternative out by itself; all three are positions in the model.

    By a veto of its evidence, or by a requirement or the rule of a candidate that it settles.
    """

    alternative: int
    question: int
    choice: int


@dataclass(frozen=True, eq=False)
class Outcome:
    """The exact score of one set of answers under one set of section weights.

    `states[q]` is the position of the choice given, or one of the negative states above; `rows[q]`
    what the question adds before section weights (None: nothing), `contributions[q]` the same
    with them. Points of an alternative are 50 + 50 * total / `unit`, 0..100.
    """

    model: Model
    weights: tuple[int, ...]
    states: tuple[int, ...]
    rows: tuple[Row | None, ...]
    contributions: tuple[Row | None, ...]
    totals: Row
    unit: int
    vetoes: tuple[Veto, ...]

    @cached_property
    def weight_of(self) -> dict[str, int]:
        """The weight of every section, by its key."""
        return dict(zip(self.model.sections, self.weights, strict=True))

    def points(self, alternative: int) -> Fraction:
        """The exact points of an alternative, 0..100, also of one that is ruled out."""
        return 50 + Fraction(50 * self.totals[alternative], self.unit)

    def contribution(self, question: int, alternative: int) -> Fraction:
        """The exact points, -50..50, that a question gives an alternative."""
        row = self.contributions[question]
        return Fraction(50 * row[alternative], self.unit) if row else Fraction(0)

    @cached_property
    def behind(self) -> dict[int, tuple[Node, int]]:
        """For a question that may come into view: the open question above, and a choice of it."""
        found: dict[int, tuple[Node, int]] = {}
        for node in self.model.nodes:
            if self.states[node.position] == POSSIBLE:
                above = self.model.nodes[node.parent], min(node.shown)
                found[node.position] = found.get(node.parent, above)
        return found

    def is_visible(self, node: Node) -> bool:
        """Whether a question is asked, answered or not."""
        return self.states[node.position] > POSSIBLE

    @cached_property
    def visible(self) -> tuple[Node, ...]:
        """The questions asked, in order."""
        return tuple(node for node in self.model.nodes if self.is_visible(node))

    @cached_property
    def given(self) -> tuple[tuple[Node, int], ...]:
        """The questions answered with a choice, each with the position of its choice."""
        states = ((node, self.states[node.position]) for node in self.model.nodes)
        return tuple((node, state) for node, state in states if state >= 0)

    @cached_property
    def given_keys(self) -> dict[str, str]:
        """The key of the choice given, by question key."""
        return {node.key: node.choice_keys[choice] for node, choice in self.given}

    @cached_property
    def eligibility(self) -> Eligibility:
        """What the rules of the questionnaire say of every alternative."""
        return eligibility(self.model, self.states)

    @property
    def eligible(self) -> tuple[int, ...]:
        """The alternatives that are ranked: candidates that no answer rules out."""
        return self.eligibility.established

    @property
    def conditional(self) -> tuple[int, ...]:
        """The alternatives that open answers may make candidates, and that nothing rules out."""
        return self.eligibility.conditional

    @cached_property
    def ranks(self) -> dict[int, int]:
        """Competition ranks (1, 1, 3) of the eligible alternatives."""
        totals = [self.totals[a] for a in self.eligible]
        return {
            a: 1 + sum(other > own for other in totals)
            for a, own in zip(self.eligible, totals, strict=True)
        }

    @cached_property
    def leaders(self) -> tuple[int, ...]:
        """The eligible alternatives with the most points: one, several in a tie, or none."""
        best = max((self.totals[a] for a in self.eligible), default=0)
        return tuple([a for a in self.eligible if self.totals[a] == best])

    @cached_property
    def provisional(self) -> tuple[Veto, ...]:
        """The vetoes that an open answer can still put on eligible alternatives."""
        return tuple(
            Veto(a, node.position, choice)
            for node in self.model.nodes
            if self.states[node.position] in (DONT_KNOW, MISSING, POSSIBLE)
            for choice, alternatives in enumerate(node.vetoes)
            for a in alternatives
            if a in self.eligible
        )

    @cached_property
    def unsettled(self) -> tuple[tuple[int, int], ...]:
        """The requirements that open answers may raise, with the eligible alternatives that don't
        meet them; by positions."""
        needs = self.model.rules.needs
        return tuple(
            (place, a)
            for place, raised in enumerate(self.eligibility.raised)
            if raised == OPEN
            for a in self.eligible
            if a in needs[place].not_met
        )

    @cached_property
    def section_rows(self) -> tuple[Row, ...]:
        """Sums of `rows` by section: the total is these, weighted with the section weights."""
        nothing = (0,) * len(self.totals)
        rows: list[list[Row]] = [[nothing] for _ in self.weights]
        for node in self.model.nodes:
            if row := self.rows[node.position]:
                rows[node.section].append(row)
        return tuple(add_rows(*found) for found in rows)


def evaluate(model: Model, answers: Answers, weights: Weights) -> Outcome:
    """Score answers. Answers of hidden questions play no part, as if they were not given.

    Raises ValueError for an answer that its question does not offer, and for a weight that is no
    whole number from 0 to 100.
    """
    numbers = section_weights(model, weights)
    states = resolve(model, answers)
    rows = question_rows(model, states)
    contributions = tuple(
        _times(row, numbers[node.section]) if (row := rows[node.position]) else None
        for node in model.nodes
    )
    return Outcome(
        model=model,
        weights=numbers,
        states=states,
        rows=rows,
        contributions=contributions,
        totals=add_rows((0,) * len(model.alternatives), *filter(None, contributions)),
        unit=2 * model.common * model.precision * sum(numbers) or 1,
        vetoes=tuple(
            Veto(alternative, node.position, state)
            for node in model.nodes
            if (state := states[node.position]) >= 0
            for alternative in node.vetoes[state]
        ),
    )


def section_weights(model: Model, weights: Weights) -> tuple[int, ...]:
    """The weight of every section, in order. Raises ValueError for one out of range."""
    for key, number in weights.items():
        if type(number) is not int or not 0 <= number <= 100:
            raise ValueError(f"The weight of section {key!r} must be a whole number from 0 to 100.")
    return tuple(map(weights.get, model.sections, model.default_weights))


def question_rows(model: Model, states: tuple[int, ...]) -> tuple[Row | None, ...]:
    """What each question adds: its choice's row, or the exact mean where it is open.

    A question behind an open one adds its mean times the chance that it becomes visible.
    """
    rows: list[Row | None] = []
    reach: dict[int, tuple[int, int]] = {}
    for node in model.nodes:
        state = states[node.position]
        if state >= 0:
            rows.append(node.rows[state])
        elif state in (DONT_KNOW, MISSING):
            rows.append(node.mean)
            reach[node.position] = (1, 1)
        elif state == POSSIBLE:
            parent = model.nodes[node.parent]
            chance, whole = reach[node.parent]
            chance, whole = chance * parent.mass(node.shown), whole * parent.prior_total
            reach[node.position] = (chance, whole)
            unit = node.share * chance * (model.precision // (whole * node.prior_total))
            rows.append(tuple([unit * x for x in node.sums]))
        else:
            rows.append(None)
    return tuple(rows)


def _times(row: Row, factor: int) -> Row:
    return tuple([factor * x for x in row])
