"""How sure the result is: random draws, wrong ratings, and weights that are off."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from operator import mul
from typing import Annotated

from msgspec import Meta

from decider.engine.analysis.acceptability import Acceptability, wilson_lower
from decider.engine.analysis.analyse import Analysis
from decider.engine.analysis.draws import WEIGHT_UNIT
from decider.engine.report.fields import (
    Change,
    Count,
    Exact,
    Key,
    Keys,
    Part,
    Points,
    Share,
    Weight,
    decimals,
)
from decider.engine.report.points import names
from decider.engine.scoring.score import Outcome

Doubt = Annotated[
    str, Meta(extra_json_schema={"enum": ["weights", "answers", "ratings", "common"]})
]


class WrongSteps(Part, frozen=True):
    """The fewest ratings that would have to be one step wrong for the rival to draw level."""

    count: Count
    rival: Key


class Robustness(Part, frozen=True):
    """What random draws of weights, open answers and ratings say, by eligible alternative."""

    draws: Annotated[Count, Meta(description="How many random draws were made.")]
    first: Annotated[dict[Key, Share], Meta(description="The share of draws in which it is first.")]
    at_least: Annotated[
        dict[Key, Share], Meta(description="The lower end of the 95 % interval of that.")
    ]
    ranks: Annotated[dict[Key, tuple[Share, ...]], Meta(description="Its share of draws by rank.")]
    ahead: Annotated[
        dict[Key, dict[Key, Share]],
        Meta(description="By other alternative, the share of draws in which it is ahead."),
    ]
    central_weights: Annotated[
        dict[Key, dict[Key, float] | None],
        Meta(
            description="By section, the mean weights that make it first; null where it never is."
        ),
    ]
    regret: Annotated[
        dict[Key, Change], Meta(description="The most points by which it is behind in a draw.")
    ]
    alone: Annotated[
        dict[Doubt, Share],
        Meta(
            description="The first leader's share of first places with only one thing in doubt;"
            ' empty without leaders. "common" is an error common to all ratings, from mavt-2 on.'
        ),
    ]
    wrong_steps: WrongSteps | None


class WeightTolerance(Part, frozen=True):
    """The winner stands while no section weight is off by more than this part of itself."""

    percent: Annotated[int, Meta(ge=0, le=100, description="Rounded down.")]
    exact: Annotated[Exact, Meta(description="Where rivals draw level, as a fraction of 1.")]
    rivals: Keys


class Interval(Part, frozen=True):
    """The weights of a section with which the winner stands.

    The alternatives of "below" and "above" draw level at its ends and lead beyond them, unless the
    scale ends there; they are none where nobody does.
    """

    section: Key
    weight: Weight
    low: Points
    high: Points
    below: Keys
    above: Keys


def weight_tolerance(analysis: Analysis) -> WeightTolerance | None:
    """The tolerance in whole percent, rounded down so that the statement stays true."""
    tolerance = analysis.tolerance
    if tolerance is None:
        return None
    part = tolerance.part
    return WeightTolerance(
        percent=100 if part == 1 else ceil(100 * part) - 1,
        exact=str(part),
        rivals=names(analysis.outcome, tolerance.rivals),
    )


def intervals(analysis: Analysis) -> tuple[Interval, ...]:
    """The interval of each section's weight, rounded inwards."""
    outcome = analysis.outcome
    return tuple(
        Interval(
            section=outcome.model.sections[interval.section],
            weight=outcome.weights[interval.section],
            low=ceil(10 * interval.low) / 10,
            high=floor(10 * interval.high) / 10,
            below=names(outcome, interval.below),
            above=names(outcome, interval.above),
        )
        for interval in analysis.intervals
    )


def robustness_of(analysis: Analysis) -> Robustness:
    """What the random draws say; by alternative, of those that are eligible."""
    outcome, chances = analysis.outcome, analysis.chances
    keys = names(outcome, chances.alternatives)
    steps = analysis.wrong_steps
    return Robustness(
        draws=chances.size,
        first={key: _share(chances.first[i]) for i, key in enumerate(keys)},
        at_least={
            key: round(wilson_lower(chances.first[i], chances.size), 4)
            for i, key in enumerate(keys)
        },
        ranks={key: tuple(map(_share, chances.ranks[i])) for i, key in enumerate(keys)},
        ahead={
            key: {other: _share(chances.beats(i, j)) for j, other in enumerate(keys) if j != i}
            for i, key in enumerate(keys)
        },
        central_weights={key: _central(outcome, chances, i) for i, key in enumerate(keys)},
        regret={key: round(chances.regret(i), 1) for i, key in enumerate(keys)},
        alone={doubt: _share(share) for doubt, share in analysis.alone.items()},
        wrong_steps=WrongSteps(steps.count, outcome.model.alternatives[steps.rival])
        if steps
        else None,
    )


def _central(outcome: Outcome, chances: Acceptability, i: int) -> dict[str, float] | None:
    factors = chances.central_factors(i)
    if factors is None:
        return None
    weights = map(mul, outcome.weights, factors)
    shown = (round(weight / WEIGHT_UNIT, 1) for weight in weights)
    return dict(zip(outcome.model.sections, shown, strict=True))


def _share(share: Fraction) -> float:
    return decimals(share, 4)
