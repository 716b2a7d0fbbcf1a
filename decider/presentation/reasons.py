"""What speaks for and against each alternative, and why one is ahead, joined up for templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from decider.engine.questionnaire.schema import Alternative
from decider.engine.report import reasons
from decider.engine.report.document import Result
from decider.engine.report.points import SectionPoints
from decider.presentation.answers import Reason
from decider.presentation.report import PresentedReport, SectionPart


@dataclass(frozen=True, slots=True)
class Reasons:
    """The given answers that speak for an alternative and against it, the heaviest first."""

    alternative: Alternative
    speak_for: tuple[Reason, ...]
    speak_against: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """Why one alternative is ahead of another, by `points`; open answers leave `low` to `high`.

    `counter` holds what speaks against the lead, `decisive` the fewest given answers that
    outweigh it; None where there is no lead, or where that takes open questions too. Points are
    those that an answer adds to the lead or takes from it.
    """

    ahead: Alternative
    behind: Alternative
    points: float
    low: float
    high: float
    sections: tuple[SectionPart, ...]
    decisive: tuple[Reason, ...] | None
    counter: tuple[Reason, ...]

    @property
    def counter_given(self) -> tuple[Reason, ...]:
        """The given answers that speak against the lead, the heaviest first."""
        return tuple(reason for reason in self.counter if reason.answer.given)


def reasons_of(result: Result, view: PresentedReport) -> tuple[Reasons, ...]:
    """Of every alternative, in the order of the ranking."""
    return tuple(
        Reasons(
            alternative=alternative,
            speak_for=_given(view, key, result.reasons[key].speak_for),
            speak_against=_given(view, key, result.reasons[key].against),
        )
        for key, alternative in view.alternatives.items()
    )


def _given(
    view: PresentedReport, alternative: str, rows: Iterable[reasons.Reason]
) -> tuple[Reason, ...]:
    found = (_reason(view, alternative, row.question, row.points) for row in rows)
    return tuple(reason for reason in found if reason.answer.given)


def _reason(view: PresentedReport, alternative: str, question: str, points: float) -> Reason:
    answer = view.answer_by_key[question]
    return Reason(answer, points, answer.evidence_on(alternative))


def leads_of(result: Result, view: PresentedReport) -> tuple[Lead, ...]:
    """Over each other alternative, in the order of the ranking."""
    rows = {row.behind: row for row in result.differences}
    return tuple(_lead(view, rows[key]) for key in view.alternatives if key in rows)


def _lead(view: PresentedReport, row: reasons.Difference) -> Lead:
    sections = tuple(_lead_section(view, part) for part in row.sections)
    points = {part.answer.key: part.points for s in sections for part in s.questions}

    def of(keys: Iterable[str], alternative: str) -> tuple[Reason, ...]:
        return tuple(_reason(view, alternative, key, points.get(key, 0.0)) for key in keys)

    decisive = row.decisive
    if decisive and not all(answer.given for answer in view.asked(decisive)):
        decisive = None
    return Lead(
        ahead=view.alternatives[row.ahead],
        behind=view.alternatives[row.behind],
        points=row.points,
        low=row.low,
        high=row.high,
        sections=sections,
        decisive=None if decisive is None else of(decisive, row.ahead),
        counter=of(row.counter, row.behind),
    )


def _lead_section(view: PresentedReport, row: SectionPoints) -> SectionPart:
    """A section of a lead with the questions that add to it or take from it."""
    section = view.section_by_key[row.section]
    parts = tuple(
        Reason(view.answer_by_key[part.question], part.points, None)
        for part in row.questions
        if part.points
    )
    return SectionPart(section.title, section.weight, row.points, parts)
