"""A report document joined up for templates: keys become names, labels and quotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from msgspec import UnsetType

from decider.engine.questionnaire.rules import NOT_MET
from decider.engine.questionnaire.schema import Alternative, Source
from decider.engine.report import points, rules
from decider.engine.report.document import Document, Wording
from decider.engine.report.points import Counts
from decider.engine.scoring.method import GRADES
from decider.presentation.answers import (
    Answer,
    JoinedAnswers,
    LookUps,
    Quotation,
    Reason,
    SectionAnswers,
)
from decider.presentation.contradictions import Conflict, Disagreement, conflicts, disagreements

SCALE: Final = {
    "no-clear-winner": "No clear winner",
    **{level: words for _, level, words in reversed(GRADES)},
}
"""The levels that say how sure a result is, the least sure first."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An answer that rules an alternative out, or speaks decisively against it."""

    answer: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """A requirement that an alternative does not meet, or would not meet if it were raised."""

    key: str
    title: str
    reason: str
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """An eligible alternative. Points are 0..100; `low` and `high` bound what is left open.

    `unsettled` are the requirements that open answers may raise and that it would not meet,
    `decisive` the answers that speak decisively against it.
    """

    alternative: Alternative
    rank: int
    points: float
    low: float
    high: float
    exact: str
    leads: bool
    provisional: tuple[Argument, ...]
    unsettled: tuple[Unmet, ...] = ()
    decisive: tuple[Argument, ...] = ()

    @property
    def may_be_ruled_out(self) -> bool:
        """Whether open answers can still rule it out."""
        return bool(self.provisional or self.unsettled)


@dataclass(frozen=True, slots=True)
class Conditional:
    """An alternative that is one only if `condition` holds, which `answers` leave open."""

    alternative: Alternative
    points: float
    exact: str
    condition: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class RuledOut:
    """An alternative that answers rule out, with the points it would have had.

    `no_candidate` says why it is no candidate at all, and is empty where it is one; `answers` are
    those that decide that.
    """

    alternative: Alternative
    points: float
    exact: str
    vetoes: tuple[Argument, ...]
    unmet: tuple[Unmet, ...] = ()
    no_candidate: str = ""
    answers: tuple[Answer, ...] = ()

    @property
    def state(self) -> str:
        """That it is out, in words."""
        return "Not a candidate here" if self.no_candidate else "Ruled out"

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is out, in sentences; never empty."""
        found = (*(row.reason for row in self.unmet), *(veto.reason for veto in self.vetoes))
        return (self.no_candidate, *found) if self.no_candidate else found


Row = Ranked | Conditional | RuledOut


@dataclass(frozen=True, slots=True)
class SectionPart:
    """What one section added to an alternative: the sum of its questions."""

    title: str
    weight: int
    points: float
    questions: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How an alternative got its points: base and all sections add up to them exactly."""

    alternative: Alternative
    base: float
    points: float
    ruled_out: bool
    sections: tuple[SectionPart, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The honest wording. `level` is one of the levels of the method, `sentence` says why.

    `on_scale` says whether the level is one of SCALE; never in reports of methods that say nothing
    of conditions.
    """

    level: str
    words: str
    sentence: str
    on_scale: bool


@dataclass(frozen=True)
class PresentedReport(LookUps):
    """Everything a page or a document prints about a report.

    `answered_weight` is the share, 0..1, of the weight of the visible questions that is answered.
    `breakdowns` holds every alternative: the ranked ones, the conditional ones, those ruled out.
    `quotations` are those of the questionnaire, by key, and `weight_origin` says where its weights
    come from.
    """

    title: str
    context: str
    language: str
    method: str
    questionnaire: str
    questionnaire_version: int
    verdict: Verdict
    recommendation: Alternative | None
    leaders: tuple[Alternative, ...]
    counts: Counts
    answered_weight: float
    ranking: tuple[Ranked, ...]
    conditional: tuple[Conditional, ...]
    ruled_out: tuple[RuledOut, ...]
    breakdowns: tuple[Breakdown, ...]
    sections: tuple[SectionAnswers, ...]
    disagreements: tuple[Disagreement, ...]
    conflicts: tuple[Conflict, ...]
    sources: tuple[Source, ...]
    quotations: Mapping[str, Quotation]
    weight_origin: str

    @property
    def roads(self) -> tuple[Alternative, ...]:
        """The alternatives whose road ahead is worth reading: not while nothing sets them apart."""
        level = self.verdict.level
        undecided = level == "too-early" or (
            level == "tie" and len(self.leaders) == len(self.ranking)
        )
        return () if undecided else self.leaders

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every asked question in order."""
        return tuple(self.answer_by_key.values())

    @cached_property
    def alternatives(self) -> dict[str, Alternative]:
        """By key: the ranked alternatives, the conditional ones, those ruled out."""
        return {row.alternative.key: row.alternative for row in self.breakdowns}

    @cached_property
    def rows(self) -> dict[str, Row]:
        """How each alternative came out, by key: in the ranking, on a condition, or ruled out."""
        every: tuple[Row, ...] = (*self.ranking, *self.conditional, *self.ruled_out)
        return {row.alternative.key: row for row in every}

    def name_of(self, alternative: str) -> str:
        """The name of the alternative of this key; empty where there is none."""
        return self.alternatives[alternative].name if alternative in self.alternatives else ""

    def named(self, keys: Iterable[str]) -> tuple[Alternative, ...]:
        """The alternatives of these keys."""
        return tuple(self.alternatives[key] for key in keys)


def present_report(document: Document) -> PresentedReport:
    """The view of a report document of format decider-report/1."""
    return _Joined(JoinedAnswers(document)).view()


class _Joined:
    """Joins the parts of one document with its answers."""

    def __init__(self, answers: JoinedAnswers) -> None:
        self.answers = answers
        self.result = answers.result
        self.alternatives = answers.alternatives

    def view(self) -> PresentedReport:
        result = self.result
        return PresentedReport(
            title=self.answers.document.title,
            context=self.answers.document.context,
            language=self.answers.questionnaire.language,
            method=self.answers.document.method,
            questionnaire=self.answers.questionnaire.title,
            questionnaire_version=self.answers.document.questionnaire.version,
            verdict=_verdict(result.wording),
            recommendation=self.alternatives[result.recommendation]
            if result.recommendation
            else None,
            leaders=tuple(self.alternatives[key] for key in result.leaders),
            counts=result.counts,
            answered_weight=result.answered_weight,
            ranking=tuple(self._ranked(row) for row in result.ranking),
            conditional=tuple(self._conditional(row) for row in result.conditional or ()),
            ruled_out=tuple(self._ruled_out(row) for row in result.ruled_out),
            breakdowns=tuple(self._breakdown(row) for row in self.answers.scored),
            sections=self.answers.sections,
            disagreements=disagreements(self.answers),
            conflicts=conflicts(self.answers),
            sources=self.answers.questionnaire.sources,
            quotations=self.answers.quotations,
            weight_origin=self.answers.questionnaire.weight_origin,
        )

    def _ranked(self, row: points.Ranked) -> Ranked:
        return Ranked(
            alternative=self.alternatives[row.alternative],
            rank=row.rank,
            points=row.points,
            low=row.low,
            high=row.high,
            exact=row.exact,
            leads=row.alternative in self.result.leaders,
            provisional=self._arguments(row.provisional),
            unsettled=self._unmet(
                row.alternative, row.open_requirements or self._open_requirements
            ),
            decisive=self._arguments(row.decisive or ()),
        )

    def _conditional(self, row: rules.Conditional) -> Conditional:
        return Conditional(
            alternative=self.alternatives[row.alternative],
            points=row.points,
            exact=row.exact,
            condition=row.condition,
            answers=self.answers.asked(row.questions),
        )

    def _ruled_out(self, row: points.RuledOut) -> RuledOut:
        no_candidate = row.candidate or ""
        return RuledOut(
            alternative=self.alternatives[row.alternative],
            points=row.points,
            exact=row.exact,
            vetoes=self._arguments(row.vetoes),
            unmet=self._unmet(row.alternative, row.requirements or ()),
            no_candidate=no_candidate,
            answers=self.answers.asked(self._candidate_questions[row.alternative])
            if no_candidate
            else (),
        )

    @cached_property
    def _candidate_questions(self) -> dict[str, tuple[str, ...]]:
        return {row.alternative: row.questions for row in self.result.candidates or ()}

    @cached_property
    def _open_requirements(self) -> tuple[str, ...]:
        rows = self.result.requirements or ()
        return tuple(row.requirement for row in rows if row.state == "open")

    def _unmet(self, alternative: str, requirements: Iterable[str]) -> tuple[Unmet, ...]:
        """Those of the requirements that the alternative does not meet, with the reason."""
        rows = {row.key: row for row in self.answers.questionnaire.requirements}
        found = [(rows[key], rows[key].compliance[alternative]) for key in requirements]
        return tuple(
            Unmet(row.key, row.title, entry.reason, self.answers.quoted(entry.quotations))
            for row, entry in found
            if entry.status == NOT_MET
        )

    def _arguments(self, rows: Iterable[points.Argument]) -> tuple[Argument, ...]:
        return tuple(Argument(self.answers.answer_by_key[row.question], row.reason) for row in rows)

    def _breakdown(self, row: points.Scored) -> Breakdown:
        contributions = self.result.contributions[row.alternative]
        sections = self.answers.section_by_key
        return Breakdown(
            alternative=self.alternatives[row.alternative],
            base=contributions.base,
            points=row.points,
            ruled_out=isinstance(row, points.RuledOut),
            sections=tuple(
                SectionPart(
                    title=sections[part.section].title,
                    weight=sections[part.section].weight,
                    points=part.points,
                    questions=tuple(
                        self._reason(row.alternative, added) for added in part.questions
                    ),
                )
                for part in contributions.sections
            ),
        )

    def _reason(self, alternative: str, row: points.QuestionPoints) -> Reason:
        answer = self.answers.answer_by_key[row.question]
        return Reason(answer, row.points, answer.evidence_on(alternative))


def _verdict(wording: Wording) -> Verdict:
    level = wording.level
    return Verdict(
        level=level,
        words=wording.words,
        sentence=wording.sentence,
        on_scale=not isinstance(wording.conditional, UnsetType) and level in SCALE,
    )
