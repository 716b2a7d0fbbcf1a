"""Two report documents side by side, joined up for templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from decider.engine.analysis.comparison import Difference
from decider.engine.questionnaire.schema import Alternative, Evidence
from decider.engine.report.document import PointsDocument
from decider.engine.scoring.rounding import apportion, tenths
from decider.presentation.answers import UNANSWERED, answer_label
from decider.presentation.sentences import names

Effects = list[tuple[str, float]]
"""Names of alternatives with the points that a change brought them, the largest first."""

WEIGHTS = ""
"""Stands for the weights among the keys of questions."""


@dataclass(frozen=True, slots=True)
class ComparedAlternative:
    """An alternative in both results. `rank_after` is None where it is ruled out or conditional.

    `change` is the difference of the points shown.
    """

    name: str
    before: float
    after: float
    change: float
    rank_after: int | None
    ruled_out_before: bool
    ruled_out_after: bool


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as one of the reports has it; `evidence` is that of all its choices."""

    text: str = ""
    answer: str = ""
    note: str = ""
    weight: int = 0
    evidence: tuple[Mapping[str, Evidence], ...] = ()


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
class PresentedComparison:
    """All that differs. `weight_effects` is what the weights did in all.

    `first_before` and `first_after` name those that come first: several in an exact tie, "none"
    where all are ruled out. All effects on an alternative add up to its change.
    """

    first_before: str
    first_after: str
    another_first: bool
    alternatives: list[ComparedAlternative]
    questions: list[ChangedQuestion]
    weights: list[ChangedWeight]
    weight_effects: Effects
    versions: tuple[int, int]
    same_questionnaire: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.questions or self.weights)


def present_comparison(
    before: PointsDocument, after: PointsDocument, difference: Difference
) -> PresentedComparison:
    """The comparison of two documents, with the exact difference of their results.

    Of the results it reads the points; see `build_points`.
    """
    sides = [before, after]
    firsts = [_first(side) for side in sides]
    called = {key: row.name for side in sides for key, row in _alternatives_of(side).items()}
    effects = _effects(difference, called)
    first, last = before.questionnaire, after.questionnaire
    return PresentedComparison(
        first_before=names(firsts[0]) or "none",
        first_after=names(firsts[1]) or "none",
        another_first={row.key for row in firsts[0]} != {row.key for row in firsts[1]},
        alternatives=_alternatives(sides, difference, called),
        questions=_questions(_asked(before), _asked(after), effects),
        weights=_weights(before, after),
        weight_effects=effects.get(WEIGHTS, []),
        versions=(first.version, last.version),
        same_questionnaire=first.content.key == last.content.key,
    )


def _alternatives_of(document: PointsDocument) -> dict[str, Alternative]:
    return document.questionnaire.content.alternative_by_key


def _first(document: PointsDocument) -> list[Alternative]:
    alternatives = _alternatives_of(document)
    return [alternatives[key] for key, rank in _ranks(document).items() if rank == 1]


def _ranks(document: PointsDocument) -> dict[str, int]:
    return {row.alternative: row.rank for row in document.result.ranking}


def _ruled_out(document: PointsDocument) -> set[str]:
    return {row.alternative for row in document.result.ruled_out}


def _tenths(points: Fraction) -> int:
    return tenths(points.numerator, points.denominator)


def _change(difference: Difference, alternative: str) -> int:
    """The difference of the points shown, in tenths."""
    return _tenths(difference.after[alternative]) - _tenths(difference.before[alternative])


def _effects(difference: Difference, called: Mapping[str, str]) -> dict[str, Effects]:
    """What WEIGHTS and each question did, shown so that it adds up to the change shown."""
    found: dict[str, Effects] = {}
    for alternative in difference.after:
        exact = {key: row[alternative] for key, row in difference.questions.items()}
        parts = {WEIGHTS: difference.weights[alternative], **exact}
        for key, points in _share_out(parts, _change(difference, alternative)).items():
            found.setdefault(key, []).append((called[alternative], points / 10))
    return {key: sorted(rows, key=lambda row: -abs(row[1])) for key, rows in found.items()}


def _share_out(parts: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """The parts in tenths that add up to `total`, without those that then show nothing."""
    moved = {key: part for key, part in parts.items() if part}
    unit = lcm(*(part.denominator for part in moved.values()))
    shown = apportion([int(part * unit) for part in moved.values()], unit, total)
    return {key: points for key, points in zip(moved, shown, strict=True) if points}


def _alternatives(
    sides: Sequence[PointsDocument], difference: Difference, called: Mapping[str, str]
) -> list[ComparedAlternative]:
    ranks = _ranks(sides[1])
    out = [_ruled_out(side) for side in sides]
    rows = [
        ComparedAlternative(
            name=called[key],
            before=_tenths(difference.before[key]) / 10,
            after=_tenths(difference.after[key]) / 10,
            change=_change(difference, key) / 10,
            rank_after=ranks.get(key),
            ruled_out_before=key in out[0],
            ruled_out_after=key in out[1],
        )
        for key in difference.after
    ]
    return sorted(rows, key=lambda row: (row.rank_after is None, -row.after))


def _questions(
    before: Mapping[str, AskedQuestion],
    after: Mapping[str, AskedQuestion],
    effects: Mapping[str, Effects],
) -> list[ChangedQuestion]:
    rows = []
    for key in dict.fromkeys([*after, *before]):
        first, last = before.get(key, NOT_ASKED), after.get(key, NOT_ASKED)
        if first != last:
            rows.append(ChangedQuestion(key, first, last, effects.get(key, [])))
    return rows


def _asked(document: PointsDocument) -> dict[str, AskedQuestion]:
    """Each asked question by its key."""
    questions = document.questionnaire.content.questions
    return {
        key: AskedQuestion(
            text=question.text,
            answer=answer_label(question, document.answers.get(key, UNANSWERED)),
            note=document.notes.get(key, ""),
            weight=question.weight,
            evidence=tuple(choice.evidence for choice in question.choices),
        )
        for key in document.result.visible
        if (question := questions[key])
    }


def _weights(before: PointsDocument, after: PointsDocument) -> list[ChangedWeight]:
    titles = {section.key: section.title for section in after.questionnaire.content.sections}
    return [
        ChangedWeight(titles[key], before.weights[key], weight)
        for key, weight in after.weights.items()
        if before.weights.get(key, weight) != weight
    ]
