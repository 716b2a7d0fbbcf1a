"""How far weights and ratings may be off before another alternative leads, in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from decider.engine.scoring.score import Outcome

LIGHTEST, HEAVIEST = 0, 100
"""The ends of the scale of section weights."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The winner stands while no section weight is off by more than this part of itself.

    `part` is over 0 and at most 1. At exactly this error `rivals` can draw level.
    """

    part: Fraction
    rivals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """The weights of one section, 0..100, with which the winner still has the most points.

    At `low` the alternatives in `below` draw level and under it they lead; the same for `high` and
    `above`. Where nobody takes over before the end of the scale, the tuple is empty.
    """

    section: int
    low: Fraction
    high: Fraction
    below: tuple[int, ...]
    above: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WrongSteps:
    """This many ratings, each one step off, are needed before `rival` draws level."""

    count: int
    rival: int


def weight_tolerance(outcome: Outcome) -> Tolerance | None:
    """The largest common relative error of all section weights that the winner survives.

    With section differences d between the winner and a rival, the rival gains most where each
    weight errs by r against the winner: sum(W * d) - r * sum(W * |d|) = 0. None without a single
    winner and a rival.
    """
    parts: dict[int, Fraction] = {}
    for rival in _rivals(outcome):
        gaps = list(map(mul, outcome.weights, _gaps(outcome, rival)))
        parts[rival] = Fraction(sum(gaps), sum(map(abs, gaps)))
    if not parts:
        return None
    part = min(parts.values())
    return Tolerance(part, tuple(rival for rival in parts if parts[rival] == part))


def stability(outcome: Outcome) -> tuple[Interval, ...]:
    """For each section the weights with which the winner stands; none without a single winner."""
    if not _rivals(outcome):
        return ()
    gaps = {rival: _gaps(outcome, rival) for rival in _rivals(outcome)}
    return tuple(_interval(outcome, section, gaps) for section in range(len(outcome.weights)))


def _interval(outcome: Outcome, section: int, gaps: dict[int, list[int]]) -> Interval:
    """The lead over a rival is a straight line in the weight; it crosses zero at most once."""
    winner, weight = outcome.leaders[0], outcome.weights[section]
    lows: dict[int, Fraction] = {}
    highs: dict[int, Fraction] = {}
    for rival, differences in gaps.items():
        slope = differences[section]
        lead = outcome.totals[winner] - outcome.totals[rival]
        if slope > 0:
            lows[rival] = weight - Fraction(lead, slope)
        elif slope < 0:
            highs[rival] = weight - Fraction(lead, slope)
    low = max([Fraction(LIGHTEST), *lows.values()])
    high = min([Fraction(HEAVIEST), *highs.values()])
    return Interval(
        section,
        low,
        high,
        below=tuple(rival for rival in lows if lows[rival] == low),
        above=tuple(rival for rival in highs if highs[rival] == high),
    )


def wrong_steps(outcome: Outcome) -> WrongSteps | None:
    """How few ratings of given answers would have to be one step wrong to end the lead.

    Each step is worth its question's weight, so that taking the heaviest first is exact. None
    where no such errors suffice, or there is no single winner with a rival.
    """
    counts = [(count, rival) for rival in _rivals(outcome) if (count := _steps(outcome, rival))]
    return WrongSteps(*min(counts)) if counts else None


def _steps(outcome: Outcome, rival: int) -> int | None:
    winner = outcome.leaders[0]
    lead = outcome.totals[winner] - outcome.totals[rival]
    steps: list[int] = []
    for node, choice in outcome.given:
        ratings = node.ratings[choice]
        room = (ratings[winner] > -2) + (ratings[rival] < 2)
        unit = outcome.weights[node.section] * node.share * outcome.model.precision
        steps += [unit] * room
    for count, step in enumerate(sorted(steps, reverse=True), 1):
        lead -= step
        if lead <= 0:
            return count
    return None


def _rivals(outcome: Outcome) -> list[int]:
    """The eligible alternatives beside a single winner."""
    if len(outcome.leaders) != 1:
        return []
    return [a for a in outcome.eligible if a != outcome.leaders[0]]


def _gaps(outcome: Outcome, rival: int) -> list[int]:
    """By section, how far the winner is ahead of a rival for each point of weight."""
    winner = outcome.leaders[0]
    return [row[winner] - row[rival] for row in outcome.section_rows]
