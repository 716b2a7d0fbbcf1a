"""Two report documents side by side, joined up for templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from decider.engine.comparison import Difference
from decider.engine.rounding import tenths
from decider.rendering.report_view import view_report

Document = Mapping[str, Any]
Effects = list[tuple[str, float]]
"""Names of alternatives with the points that a change brought them, the largest first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An alternative in both results. A rank is None where it was ruled out."""

    name: str
    before: float
    after: float
    change: float
    rank_before: int | None
    rank_after: int | None


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as one of the reports has it; `evidence` is that of all its choices."""

    text: str = ""
    answer: str = ""
    note: str = ""
    weight: int = 0
    evidence: Any = None


NOT_ASKED = AskedQuestion()


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """A question that differs in anything; NOT_ASKED on a side where it wasn't asked."""

    key: str
    before: AskedQuestion
    after: AskedQuestion
    effects: Effects

    @property
    def text(self) -> str:
        """The question, as the later report asks it if it does."""
        return self.after.text or self.before.text

    @property
    def on_both_sides(self) -> bool:
        """Whether both reports ask it."""
        return NOT_ASKED not in (self.before, self.after)


@dataclass(frozen=True, slots=True)
class ChangedWeight:
    """A section with another weight."""

    title: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """All that differs. `weight_effects` is what the weights did in all."""

    before_leaders: str
    after_leaders: str
    winner_changed: bool
    standings: list[Standing]
    questions: list[ChangedQuestion]
    weights: list[ChangedWeight]
    weight_effects: Effects
    versions: tuple[int, int]
    same_questionnaire: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.questions or self.weights)


def view_comparison(before: Document, after: Document, difference: Difference) -> ComparisonView:
    """The comparison of two documents, with the exact difference of their results."""
    names = _names(before) | _names(after)
    first, last = before["questionnaire"], after["questionnaire"]
    return ComparisonView(
        before_leaders=_leaders(before, names),
        after_leaders=_leaders(after, names),
        winner_changed=before["result"]["leaders"] != after["result"]["leaders"],
        standings=_standings(before, after, difference, names),
        questions=_questions(before, after, difference, names),
        weights=_weights(before, after),
        weight_effects=_effects(difference.weights, names),
        versions=(first["version"], last["version"]),
        same_questionnaire=first["key"] == last["key"],
    )


def _names(document: Document) -> dict[str, str]:
    return {row["key"]: row["name"] for row in document["questionnaire"]["alternatives"]}


def _leaders(document: Document, names: Mapping[str, str]) -> str:
    return ", ".join(names[key] for key in document["result"]["leaders"]) or "None"


def _tenths(points: Fraction) -> float:
    return tenths(points.numerator, points.denominator) / 10


def _effects(points: Mapping[str, Fraction], names: Mapping[str, str]) -> Effects:
    rows = [(names[key], _tenths(value)) for key, value in points.items()]
    return sorted((row for row in rows if row[1]), key=lambda row: -abs(row[1]))


def _standings(
    before: Document, after: Document, difference: Difference, names: Mapping[str, str]
) -> list[Standing]:
    ranks = [
        {row["alternative"]: row["rank"] for row in document["result"]["ranking"]}
        for document in (before, after)
    ]
    rows = [
        Standing(
            name=names[key],
            before=_tenths(difference.before[key]),
            after=_tenths(difference.after[key]),
            change=_tenths(difference.after[key] - difference.before[key]),
            rank_before=ranks[0].get(key),
            rank_after=ranks[1].get(key),
        )
        for key in difference.after
    ]
    return sorted(rows, key=lambda row: (row.rank_after is None, -row.after))


def _questions(
    before: Document, after: Document, difference: Difference, names: Mapping[str, str]
) -> list[ChangedQuestion]:
    sides = [_asked(document) for document in (before, after)]
    rows = []
    for key in dict.fromkeys([*sides[1], *sides[0]]):
        first, last = (side.get(key, NOT_ASKED) for side in sides)
        if first != last:
            effects = _effects(difference.questions.get(key, {}), names)
            rows.append(ChangedQuestion(key, first, last, effects))
    return rows


def _asked(document: Document) -> dict[str, AskedQuestion]:
    """Each asked question by its key."""
    evidence = {
        question["key"]: [choice.get("evidence", {}) for choice in question["choices"]]
        for section in document["questionnaire"]["sections"]
        for question in section["questions"]
    }
    return {
        answer.key: AskedQuestion(
            text=answer.question,
            answer=answer.label,
            note=answer.note,
            weight=answer.weight,
            evidence=evidence[answer.key],
        )
        for section in view_report(document).sections
        for answer in section.answers
    }


def _weights(before: Document, after: Document) -> list[ChangedWeight]:
    titles = {s["key"]: s["title"] for s in after["questionnaire"]["sections"]}
    return [
        ChangedWeight(titles[key], before["weights"][key], weight)
        for key, weight in after["weights"].items()
        if before["weights"].get(key, weight) != weight
    ]
