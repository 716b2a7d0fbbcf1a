"""What lies between two results: each difference with what it did to each alternative's points.

The way from one result to the other is walked in two steps, so that the parts add up exactly:
first the section weights change (they touch every question at once), then, under the new
weights, the answers and the evidence change, question by question.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from decider.engine.scoring.score import Outcome

Points = dict[str, Fraction]
"""Alternative key to points."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How points changed: by the weights in all, and by each question (by its key).

    Only alternatives and changes that both results share or that are not zero appear; for each
    alternative `weights` and all of `questions` add up to after minus before.
    """

    before: Points
    after: Points
    weights: Points
    questions: dict[str, Points]


def compare(before: Outcome, after: Outcome) -> Difference:
    """The difference of two results, of one questionnaire version or of two."""
    shared = [a for a in before.model.alternatives if a in after.model.alternatives]
    reweighted = _under_weights_of(before, after)
    first, last = _by_question(before, shared), _by_question(after, shared)
    keys = list(dict.fromkeys([*after.model.position, *before.model.position]))
    nothing = dict.fromkeys(shared, Fraction(0))
    questions = {
        key: {a: last.get(key, nothing)[a] - reweighted.get(key, nothing)[a] for a in shared}
        for key in keys
    }
    return Difference(
        before=_points(before, shared),
        after=_points(after, shared),
        weights={
            a: sum((reweighted[key][a] - first[key][a] for key in first), Fraction(0))
            for a in shared
        },
        questions={key: row for key, row in questions.items() if any(row.values())},
    )


def _points(outcome: Outcome, shared: list[str]) -> Points:
    positions = {key: a for a, key in enumerate(outcome.model.alternatives)}
    return {key: outcome.points(positions[key]) for key in shared}


def _by_question(outcome: Outcome, shared: list[str]) -> dict[str, Points]:
    positions = {key: a for a, key in enumerate(outcome.model.alternatives)}
    return {
        node.key: {key: outcome.contribution(node.position, positions[key]) for key in shared}
        for node in outcome.model.nodes
    }


def _under_weights_of(before: Outcome, after: Outcome) -> dict[str, Points]:
    """What each question of `before` would add under the section weights of `after`."""
    model = before.model
    weights = {**before.weight_of, **after.weight_of}
    numbers = [weights[key] for key in model.sections]
    unit = 2 * model.common * model.precision * sum(numbers) or 1
    return {
        node.key: {
            key: Fraction(50 * numbers[node.section] * row[a], unit) if row else Fraction(0)
            for a, key in enumerate(model.alternatives)
            if key in after.model.alternatives
        }
        for node in model.nodes
        for row in [before.rows[node.position]]
    }
