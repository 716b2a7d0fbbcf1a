"""The part of a report document that follows from the score alone, as JSON data."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from decider.engine.analysis.reasons import parts_of
from decider.engine.scoring.completions import ranges
from decider.engine.scoring.model import Model, Node
from decider.engine.scoring.rounding import apportion, tenths
from decider.engine.scoring.score import Outcome, Veto
from decider.engine.scoring.states import DONT_KNOW, MISSING, SKIPPED

Json = dict[str, Any]

BASE = 500
"""Tenths of a point that every alternative starts from."""


def visible(outcome: Outcome) -> list[Node]:
    """The questions asked, in order."""
    return [node for node in outcome.model.nodes if outcome.is_visible(node)]


def counts(outcome: Outcome) -> dict[str, int]:
    """How many questions were asked and how they were answered."""
    states = [outcome.states[node.position] for node in visible(outcome)]
    return {
        "asked": len(states),
        "answered": sum(state >= 0 for state in states),
        "unknown": states.count(DONT_KNOW),
        "not_applicable": states.count(SKIPPED),
        "unanswered": states.count(MISSING),
    }


def shown_share(share: Fraction) -> float:
    """A share with two decimals, rounded neither to nothing nor to everything."""
    if share in (0, 1):
        return float(share)
    return min(max(round(100 * share), 1), 99) / 100


def coverage(outcome: Outcome) -> dict[str, float]:
    """By alternative, the share of the answered weight on which somebody researched it."""
    questions = outcome.model.questionnaire.questions
    given = [
        (outcome.weights[node.section] * node.share, questions[node.key].choices[choice].evidence)
        for node, choice in outcome.given
    ]
    whole = max(sum(weight for weight, _ in given), 1)
    return {
        key: shown_share(Fraction(sum(w for w, evidence in given if key in evidence), whole))
        for key in outcome.model.alternatives
    }


def shown_tenths(outcome: Outcome, total: int) -> int:
    """The points of a total, in tenths."""
    return tenths(50 * (outcome.unit + total), outcome.unit)


def shown_points(outcome: Outcome, total: int) -> float:
    """The points of a total, with one decimal."""
    return shown_tenths(outcome, total) / 10


def ranking(outcome: Outcome) -> list[Json]:
    """The eligible alternatives, those with the most points first."""
    least, most = ranges(outcome)
    order = sorted(outcome.eligible, key=outcome.ranks.__getitem__)
    return [
        {
            **scored(outcome, a),
            "rank": outcome.ranks[a],
            "low": shown_points(outcome, least[a]),
            "high": shown_points(outcome, most[a]),
            "provisional": vetoes(outcome, a, outcome.provisional),
        }
        for a in order
    ]


def ruled_out(outcome: Outcome) -> list[Json]:
    """The alternatives that answers rule out, those with the fewest vetoes first."""
    rows: list[Json] = [
        {**scored(outcome, a), "vetoes": vetoes(outcome, a, outcome.vetoes)}
        for a in range(len(outcome.totals))
        if a not in outcome.eligible
    ]
    return sorted(rows, key=lambda row: len(row["vetoes"]))


def scored(outcome: Outcome, a: int) -> Json:
    """An alternative with its points."""
    return {
        "alternative": outcome.model.alternatives[a],
        "points": shown_points(outcome, outcome.totals[a]),
        "exact": str(outcome.points(a)),
    }


def vetoes(outcome: Outcome, a: int, found: tuple[Veto, ...]) -> list[Json]:
    """The evidence that rules an alternative out; that behind an open question under that one."""
    own = (veto for veto in found if veto.alternative == a)
    return [row for veto in own for row in _veto(outcome, veto)]


def _veto(outcome: Outcome, veto: Veto) -> Iterator[Json]:
    """The veto, unless it is a requirement or the rule of a candidate that rules out."""
    node = outcome.model.nodes[veto.question]
    choice = outcome.model.questionnaire.questions[node.key].choices[veto.choice]
    evidence = choice.evidence.get(outcome.model.alternatives[veto.alternative])
    if evidence and evidence.veto:
        asked, place = outcome.behind.get(node.position, (node, veto.choice))
        yield {
            "question": asked.key,
            "choice": asked.choice_keys[place],
            "reason": evidence.reason,
        }


def contributions(outcome: Outcome, parts: dict[int, int]) -> Json:
    """What each question adds to an alternative: the base and all parts add up to its points."""
    return {"base": BASE / 10, "sections": by_section(outcome.model, parts)}


def shown_parts(outcome: Outcome, a: int) -> dict[int, int]:
    """By visible question, what it adds to an alternative's points, in tenths.

    With the base they add up to its points shown. Nothing else rounds what a question adds.
    """
    parts = parts_of(outcome, a)
    target = shown_tenths(outcome, outcome.totals[a]) - BASE
    rounded = apportion([50 * part for part in parts.values()], outcome.unit, target)
    return dict(zip(parts, rounded, strict=True))


def by_section(model: Model, shown: dict[int, int]) -> list[Json]:
    """Tenths by question as points, in their sections; every section, and only these questions."""
    return [_section(model, section, shown) for section in range(len(model.sections))]


def _section(model: Model, section: int, shown: dict[int, int]) -> Json:
    own = {place: value for place, value in shown.items() if model.nodes[place].section == section}
    return {
        "section": model.sections[section],
        "points": sum(own.values()) / 10,
        "questions": [
            {"question": model.nodes[place].key, "points": value / 10}
            for place, value in own.items()
        ],
    }
