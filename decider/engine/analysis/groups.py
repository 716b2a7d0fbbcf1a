"""Several people's answers to one questionnaire: one ranking, and where they disagree.

Each respondent's points are found with their own answers and weights, so that everybody's weights
count as a whole; the group's points are the mean. Averaging answers and weights apart can
contradict a unanimous group, the mean of individual scores never does (Keeney and Raiffa, 1976).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

from decider.engine.analysis.branches import Branches, leaders_of
from decider.engine.questionnaire.schema import Answers, Questionnaire, Weights
from decider.engine.scoring.model import Model, Node, Row, compile_model
from decider.engine.scoring.score import Outcome, evaluate

MOST_RESPONDENTS = 20


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's answers and section weights."""

    answers: Answers
    weights: Weights


@dataclass(frozen=True, slots=True)
class Split:
    """How the answers to one question differ, and whether that matters.

    `leaders[c]` would lead if all of them gave choice c, for the choices given;
    `matters` where that is not the same for all. `value` is how many points better the group's
    choice is expected to be once the question is settled, with the shares of answers as chances.
    """

    question: int
    leaders: dict[int, tuple[int, ...]]
    matters: bool
    value: Fraction


@dataclass(frozen=True)
class GroupOutcome:
    """The group's points by alternative, its ranking, and its disagreements.

    An alternative is left out only where everybody's answers leave it out; where some do it is
    `contested`, by the respondents at these positions, and stays in the ranking until that is
    resolved.
    """

    outcomes: tuple[Outcome, ...]
    points: tuple[Fraction, ...]
    ranks: dict[int, int]
    contested: dict[int, tuple[int, ...]]
    splits: tuple[Split, ...]


def evaluate_group(questionnaire: Questionnaire, respondents: Sequence[Respondent]) -> GroupOutcome:
    """The group's result. Raises ValueError for no or too many respondents, or a wrong answer."""
    if not 1 <= len(respondents) <= MOST_RESPONDENTS:
        raise ValueError(f"A group has 1 to {MOST_RESPONDENTS} respondents.")
    model = compile_model(questionnaire)
    outcomes = tuple(evaluate(model, person.answers, person.weights) for person in respondents)
    group = _Group(model, outcomes, [person.answers for person in respondents])
    eligible = group.eligible(group.left_out)
    return GroupOutcome(
        outcomes=outcomes,
        points=tuple(50 + Fraction(50 * total, group.unit) for total in group.totals),
        ranks={a: 1 + sum(group.totals[b] > group.totals[a] for b in eligible) for a in eligible},
        contested={a: _objecting(outcomes, a) for a in eligible if group.left_out[a]},
        splits=tuple(group.split(node) for node in model.nodes if len(group.choices(node)) > 1),
    )


def _objecting(outcomes: Sequence[Outcome], alternative: int) -> tuple[int, ...]:
    """The positions of those whose answers leave the alternative out."""
    return tuple(n for n, outcome in enumerate(outcomes) if alternative not in outcome.eligible)


class _Group:
    """Sums over respondents. Totals are in a common unit: points are 50 + 50 * total / unit."""

    def __init__(
        self, model: Model, outcomes: Sequence[Outcome], answers: Sequence[Answers]
    ) -> None:
        self.outcomes = outcomes
        self.branches = list(map(Branches, outcomes, answers))
        common = lcm(*(outcome.unit for outcome in outcomes))
        self.unit = common * len(outcomes)
        self.factors = [common // outcome.unit for outcome in outcomes]
        self.width = len(model.alternatives)
        self.totals = self._sum([outcome.totals for outcome in outcomes])
        self.left_out = Counter(
            a for outcome in outcomes for a in range(self.width) if a not in outcome.eligible
        )

    def eligible(self, left_out: Counter[int]) -> list[int]:
        """The alternatives that not everybody's answers leave out."""
        return [a for a in range(self.width) if left_out[a] < len(self.outcomes)]

    def choices(self, node: Node) -> Counter[int]:
        """How often each choice was given to a question."""
        states = (outcome.states[node.position] for outcome in self.outcomes)
        return Counter(state for state in states if state >= 0)

    def split(self, node: Node) -> Split:
        """The disagreement about one question."""
        given = self.choices(node)
        whole = sum(given.values())
        payoffs, leaders = {}, {}
        for choice in sorted(given):
            totals, left_out = self._agreeing(node, choice)
            eligible = self.eligible(left_out)
            leaders[choice] = leaders_of(totals, eligible)
            payoffs[choice] = [
                self.unit + totals[a] if a in eligible else 0 for a in range(self.width)
            ]
        settled = sum(given[choice] * max(row) for choice, row in payoffs.items())
        unsettled = max(
            sum(given[choice] * row[a] for choice, row in payoffs.items())
            for a in range(self.width)
        )
        return Split(
            question=node.position,
            leaders=leaders,
            matters=len(set(leaders.values())) > 1,
            value=Fraction(50 * (settled - unsettled), self.unit * whole),
        )

    def _agreeing(self, node: Node, choice: int) -> tuple[Row, Counter[int]]:
        """Totals if everybody who was asked gave the same choice, and how many leave out what."""
        results = [self._with(branches, node, choice) for branches in self.branches]
        left_out = Counter(
            a for _, eligible in results for a in range(self.width) if a not in eligible
        )
        return self._sum([totals for totals, _ in results]), left_out

    def _with(self, branches: Branches, node: Node, choice: int) -> tuple[Row, Sequence[int]]:
        outcome = branches.outcome
        if not outcome.is_visible(node):
            return outcome.totals, outcome.eligible
        return branches.after(node.position, choice)

    def _sum(self, rows: Sequence[Row]) -> Row:
        return tuple(sum(map(mul, self.factors, column)) for column in zip(*rows, strict=True))
