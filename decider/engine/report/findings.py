"""The part of a report document that the analysis adds to the score, as JSON data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor
from operator import mul

from decider.engine.analysis.acceptability import Acceptability, wilson_lower
from decider.engine.analysis.analyse import Analysis
from decider.engine.analysis.branches import Change
from decider.engine.analysis.draws import WEIGHT_UNIT
from decider.engine.analysis.flips import Flip
from decider.engine.analysis.information import Information
from decider.engine.analysis.reasons import Difference
from decider.engine.questionnaire.schema import NOT_APPLICABLE, UNKNOWN
from decider.engine.report.scores import Json, by_section
from decider.engine.scoring.score import Outcome
from decider.engine.scoring.states import DONT_KNOW, SKIPPED


def names(outcome: Outcome, alternatives: Iterable[int]) -> list[str]:
    """The keys of alternatives."""
    return [outcome.model.alternatives[a] for a in alternatives]


def reasons(contributions: Json, answers: dict[str, str | None]) -> Json:
    """The questions that add points to an alternative and those that take some, heaviest first."""
    parts = [part for section in contributions["sections"] for part in section["questions"]]
    rows = [{**part, "choice": answers[part["question"]]} for part in parts]
    rows.sort(key=lambda row: -abs(row["points"]))
    return {
        "for": [row for row in rows if row["points"] > 0],
        "against": [row for row in rows if row["points"] < 0],
    }


def shown_answers(outcome: Outcome) -> dict[str, str | None]:
    """The answer of each visible question: a choice, "unknown", "n/a", or None."""
    return {
        node.key: _answer(outcome, node.position, outcome.states[node.position])
        for node in outcome.model.nodes
        if outcome.is_visible(node)
    }


def _answer(outcome: Outcome, question: int, state: int) -> str | None:
    if state >= 0:
        return outcome.model.nodes[question].choice_keys[state]
    return {DONT_KNOW: UNKNOWN, SKIPPED: NOT_APPLICABLE}.get(state)


def difference(outcome: Outcome, found: Difference, shown: Sequence[dict[int, int]]) -> Json:
    """A difference of the points shown, made of the differences of the parts shown.

    `shown` has the parts of every alternative.
    """
    nodes, lower = outcome.model.nodes, shown[found.behind]
    parts = {place: part - lower[place] for place, part in shown[found.ahead].items()}
    points = sum(parts.values())
    low, high = _shown_range(outcome, found, points)
    decisive = found.decisive
    return {
        "ahead": outcome.model.alternatives[found.ahead],
        "behind": outcome.model.alternatives[found.behind],
        "points": points / 10,
        "low": low / 10,
        "high": high / 10,
        "sections": by_section(outcome.model, parts),
        "decisive": None if decisive is None else [nodes[place].key for place in decisive],
        "counter": [nodes[place].key for place in found.counter],
    }


def _shown_range(outcome: Outcome, found: Difference, points: int) -> tuple[int, int]:
    """The range of a lead in tenths; the lead shown is in it, and all of it if nothing is open."""
    least, most = (round(Fraction(500 * x, outcome.unit)) for x in (found.least, found.most))
    low = points if found.least == found.lead else min(least, points)
    high = points if found.most == found.lead else max(most, points)
    return low, high


def flips(analysis: Analysis) -> Json:
    """Single answers that change the winner, and a smallest set of them."""
    smallest = analysis.smallest_flip
    return {
        "single": [
            {
                **_change(analysis.outcome, flip.changes[0]),
                "leaders": names(analysis.outcome, flip.leaders),
            }
            for flip in analysis.single_flips
        ],
        "smallest": flip_of(analysis.outcome, smallest) if smallest else None,
    }


def flip_of(outcome: Outcome, flip: Flip) -> Json:
    """The changes of a flip, and who comes first then."""
    return {
        "changes": [_change(outcome, change) for change in flip.changes],
        "leaders": names(outcome, flip.leaders),
    }


def _change(outcome: Outcome, change: Change) -> Json:
    return {
        "question": outcome.model.nodes[change.question].key,
        "from": _answer(outcome, change.question, change.before),
        "to": _answer(outcome, change.question, change.after),
    }


def to_win(analysis: Analysis) -> list[Json]:
    """For each alternative that doesn't win alone, what would have to be true."""
    outcome = analysis.outcome
    return [
        {
            "alternative": outcome.model.alternatives[path.alternative],
            "at_least": path.at_least,
            "changes": path.changes and [_change(outcome, change) for change in path.changes],
        }
        for path in analysis.paths_to_win
    ]


def information(outcome: Outcome, found: Information) -> Json:
    """What it would be worth to know one answer."""
    node = outcome.model.nodes[found.question]
    return {
        "question": node.key,
        "value": _decimals(found.value, 2),
        "swing": _decimals(found.swing, 1),
        "answers": [
            {
                "choice": key,
                "chance": _decimals(found.chances[choice], 3),
                "leaders": names(outcome, found.leaders[choice]),
            }
            for choice, key in enumerate(node.choice_keys)
        ],
    }


def weight_tolerance(analysis: Analysis) -> Json | None:
    """The tolerance in whole percent, rounded down so that the statement stays true."""
    tolerance = analysis.tolerance
    if tolerance is None:
        return None
    part = tolerance.part
    return {
        "percent": 100 if part == 1 else ceil(100 * part) - 1,
        "exact": str(part),
        "rivals": names(analysis.outcome, tolerance.rivals),
    }


def stability(analysis: Analysis) -> list[Json]:
    """The interval of each section's weight, rounded inwards."""
    outcome = analysis.outcome
    return [
        {
            "section": outcome.model.sections[interval.section],
            "weight": outcome.weights[interval.section],
            "low": ceil(10 * interval.low) / 10,
            "high": floor(10 * interval.high) / 10,
            "below": names(outcome, interval.below),
            "above": names(outcome, interval.above),
        }
        for interval in analysis.intervals
    ]


def robustness(analysis: Analysis) -> Json:
    """What the random draws say; by alternative, of those that are eligible."""
    outcome, chances = analysis.outcome, analysis.chances
    keys = names(outcome, chances.alternatives)
    steps = analysis.wrong_steps
    return {
        "draws": chances.size,
        "first": {key: _share(chances.first[i]) for i, key in enumerate(keys)},
        "at_least": {
            key: round(wilson_lower(chances.first[i], chances.size), 4)
            for i, key in enumerate(keys)
        },
        "ranks": {key: list(map(_share, chances.ranks[i])) for i, key in enumerate(keys)},
        "ahead": {
            key: {other: _share(chances.beats(i, j)) for j, other in enumerate(keys) if j != i}
            for i, key in enumerate(keys)
        },
        "central_weights": {key: _central(outcome, chances, i) for i, key in enumerate(keys)},
        "regret": {key: round(chances.regret(i), 1) for i, key in enumerate(keys)},
        "alone": {doubt: _share(share) for doubt, share in analysis.alone.items()},
        "wrong_steps": steps
        and {"count": steps.count, "rival": outcome.model.alternatives[steps.rival]},
    }


def _central(outcome: Outcome, chances: Acceptability, i: int) -> dict[str, float] | None:
    factors = chances.central_factors(i)
    if factors is None:
        return None
    weights = map(mul, outcome.weights, factors)
    shown = (round(weight / WEIGHT_UNIT, 1) for weight in weights)
    return dict(zip(outcome.model.sections, shown, strict=True))


def _share(share: Fraction) -> float:
    return _decimals(share, 4)


def _decimals(number: Fraction, places: int) -> float:
    shift: int = 10**places
    return round(number * shift) / shift
