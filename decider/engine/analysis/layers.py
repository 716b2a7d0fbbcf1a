"""What the alternatives that come first have in common, and what each section still decides."""

from __future__ import annotations

from fractions import Fraction

from decider.engine.analysis.acceptability import Acceptability
from decider.engine.scoring.score import Outcome

Shares = dict[str, dict[str, Fraction]]
"""By layer and value, a share of draws."""


def layer_shares(outcome: Outcome, chances: Acceptability) -> Shares:
    """By layer and value, the share of draws in which an alternative with this value is first.

    Alternatives that are first together share a draw. Values of no ranked alternative have 0.
    """
    asked = outcome.model.questionnaire
    found = {
        row.key: dict.fromkeys((v.key for v in row.values), Fraction(0)) for row in asked.layers
    }
    for alternative, share in zip(chances.alternatives, chances.first, strict=True):
        for layer, value in asked.alternatives[alternative].layers.items():
            found[layer][value] += share
    return found


def swings_left(outcome: Outcome) -> tuple[Fraction, ...]:
    """By section, the points between the best and the worst ranked alternative in it."""
    return tuple(
        _swing(outcome, weight, [row[a] for a in outcome.eligible])
        for weight, row in zip(outcome.weights, outcome.section_rows, strict=True)
    )


def _swing(outcome: Outcome, weight: int, values: list[int]) -> Fraction:
    spread = max(values, default=0) - min(values, default=0)
    return Fraction(50 * weight * spread, outcome.unit)
