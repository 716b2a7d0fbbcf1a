"""A report document joined up for templates: keys become names, labels and quotations."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from msgspec import UnsetType

from decider.engine.questionnaire import schema
from decider.engine.questionnaire.rules import NOT_MET
from decider.engine.questionnaire.schema import (
    NOT_APPLICABLE,
    NOT_APPLICABLE_LABEL,
    UNKNOWN,
    UNKNOWN_LABEL,
    Choice,
    Question,
    Questionnaire,
)
from decider.engine.report import points, rules
from decider.engine.report.document import Document, Wording
from decider.engine.scoring.method import GRADES
from decider.presentation.report_parts import (
    Answer,
    Breakdown,
    Conditional,
    Conflict,
    Disagreement,
    Effect,
    Evidence,
    PresentedReport,
    QuestionPart,
    Quotation,
    Ranked,
    RuledOut,
    SectionAnswers,
    SectionPart,
    Side,
    Step,
    Unmet,
    Verdict,
    Veto,
)

CHOSEN: Final = "chosen"
UNANSWERED: Final = "unanswered"
STATUS_LABELS: Final = {
    UNKNOWN: UNKNOWN_LABEL,
    NOT_APPLICABLE: NOT_APPLICABLE_LABEL,
    UNANSWERED: "Not answered",
}
SCALE: Final = {
    "no-clear-winner": "No clear winner",
    **{level: words for _, level, words in reversed(GRADES)},
}
"""The levels that say how sure a result is, the least sure first."""


def present_report(document: Document) -> PresentedReport:
    """The view of a report document of format decider-report/1."""
    return _Joined(document).view()


def answer_label(question: Question, value: str) -> str:
    """An answer to a question in words: a choice, or a key of STATUS_LABELS."""
    chosen = _choice(question, value)
    return chosen.label if chosen else STATUS_LABELS[value]


def quotations_in(questionnaire: Questionnaire) -> dict[str, Quotation]:
    """The quotations of a questionnaire by key, each with its source."""
    sources = questionnaire.source_by_key
    return {
        row.key: Quotation(row.key, row.text, sources[row.source])
        for row in questionnaire.quotations
    }


def _choice(question: Question, value: str) -> Choice | None:
    return next((choice for choice in question.choices if choice.key == value), None)


class _Joined:
    """Joins the parts of one document; each part is built once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.questionnaire = document.questionnaire.content
        self.result = document.result
        self.alternatives = self.questionnaire.alternative_by_key
        self.quotations = quotations_in(self.questionnaire)

    def view(self) -> PresentedReport:
        result = self.result
        return PresentedReport(
            title=self.document.title,
            context=self.document.context,
            language=self.questionnaire.language,
            method=self.document.method,
            questionnaire=self.questionnaire.title,
            questionnaire_version=self.document.questionnaire.version,
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
            breakdowns=tuple(self._breakdown(row) for row in self.scored),
            sections=self.sections,
            disagreements=self._disagreements(),
            conflicts=self._conflicts(),
            sources=self.questionnaire.sources,
            quotations=self.quotations,
        )

    @cached_property
    def scored(self) -> tuple[points.Scored, ...]:
        """Every alternative: ranked, on a condition, ruled out."""
        result = self.result
        return (*result.ranking, *(result.conditional or ()), *result.ruled_out)

    @cached_property
    def added(self) -> dict[tuple[str, str], float]:
        """What each question added, by alternative and question key."""
        return {
            (alternative, part.question): part.points
            for alternative, contributions in self.result.contributions.items()
            for section in contributions.sections
            for part in section.questions
        }

    @cached_property
    def sections(self) -> tuple[SectionAnswers, ...]:
        numbers = {key: number for number, key in enumerate(self.result.visible, 1)}
        return tuple(
            SectionAnswers(
                key=section.key,
                title=section.title,
                intro=section.intro,
                weight=self.document.weights[section.key],
                default_weight=section.weight,
                answers=tuple(
                    self._answer(question, section.title, numbers[question.key])
                    for question in section.questions
                    if question.key in numbers
                ),
            )
            for section in self.questionnaire.sections
        )

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return {answer.key: answer for section in self.sections for answer in section.answers}

    def _answer(self, question: Question, section: str, number: int) -> Answer:
        key = question.key
        value = self.document.answers.get(key, UNANSWERED)
        chosen = _choice(question, value)
        evidence = self._evidence(chosen)
        used = (quotation.key for item in evidence for quotation in item.quotations)
        return Answer(
            number=number,
            key=key,
            question=question.text,
            help=question.help,
            section=section,
            weight=question.weight,
            status=CHOSEN if chosen else value,
            label=answer_label(question, value),
            note=self.document.notes.get(key, ""),
            effects=tuple(
                Effect(
                    self.alternatives[row.alternative],
                    self.added.get((row.alternative, key), 0.0),
                )
                for row in self.scored
            ),
            evidence=evidence,
            quotations=self._quotations([*question.quotations, *used]),
        )

    def _evidence(self, choice: Choice | None) -> tuple[Evidence, ...]:
        found = choice.evidence if choice else {}
        return tuple(
            Evidence(
                alternative=self.alternatives[row.alternative],
                value=row.value,
                low=row.low,
                high=row.high,
                veto=row.veto,
                reason=row.reason,
                basis=row.basis,
                strength=self.questionnaire.anchors[row.value],
                quotations=self._quotations(row.quotations),
            )
            for scored in self.scored
            if (row := found.get(scored.alternative))
        )

    def _quotations(self, keys: Iterable[str]) -> tuple[Quotation, ...]:
        return tuple(self.quotations[key] for key in dict.fromkeys(keys))

    def _ranked(self, row: points.Ranked) -> Ranked:
        return Ranked(
            alternative=self.alternatives[row.alternative],
            rank=row.rank,
            points=row.points,
            low=row.low,
            high=row.high,
            exact=row.exact,
            leads=row.alternative in self.result.leaders,
            provisional=self._vetoes(row.provisional),
            unsettled=self._unmet(row.alternative, self._open_requirements),
        )

    def _conditional(self, row: rules.Conditional) -> Conditional:
        return Conditional(
            alternative=self.alternatives[row.alternative],
            points=row.points,
            exact=row.exact,
            condition=row.condition,
            answers=self._asked(row.questions),
        )

    def _ruled_out(self, row: points.RuledOut) -> RuledOut:
        no_candidate = row.candidate or ""
        return RuledOut(
            alternative=self.alternatives[row.alternative],
            points=row.points,
            exact=row.exact,
            vetoes=self._vetoes(row.vetoes),
            unmet=self._unmet(row.alternative, row.requirements or ()),
            no_candidate=no_candidate,
            answers=self._asked(self._candidate_questions[row.alternative]) if no_candidate else (),
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
        rows = {row.key: row for row in self.questionnaire.requirements}
        found = [(rows[key], rows[key].compliance[alternative]) for key in requirements]
        return tuple(
            Unmet(row.key, row.title, entry.reason, self._quotations(entry.quotations))
            for row, entry in found
            if entry.status == NOT_MET
        )

    def _vetoes(self, rows: Iterable[points.VetoRow]) -> tuple[Veto, ...]:
        return tuple(Veto(self.answers[row.question], row.reason) for row in rows)

    def _breakdown(self, row: points.Scored) -> Breakdown:
        contributions = self.result.contributions[row.alternative]
        sections = {section.key: section for section in self.sections}
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
                        self._question_part(row.alternative, added) for added in part.questions
                    ),
                )
                for part in contributions.sections
            ),
        )

    def _question_part(self, alternative: str, row: points.QuestionPoints) -> QuestionPart:
        answer = self.answers[row.question]
        return QuestionPart(answer, row.points, answer.evidence_on(alternative))

    def _disagreements(self) -> tuple[Disagreement, ...]:
        rows = {row.key: row for row in self.questionnaire.disagreements}
        return tuple(
            Disagreement(
                key=found.key,
                topic=row.topic,
                a=self._side(row.a, taken=found.side in ("a", "both")),
                b=self._side(row.b, taken=found.side in ("b", "both")),
                side=found.side,
                resolution=row.resolution,
                answers=self._asked(found.questions),
            )
            for found in self.result.disagreements
            if (row := rows[found.key])
        )

    def _side(self, row: schema.Side, *, taken: bool) -> Side:
        return Side(row.claim, self._quotations(row.quotations), taken)

    def _conflicts(self) -> tuple[Conflict, ...]:
        messages = {row.key: row.message for row in self.questionnaire.conflicts}
        return tuple(
            Conflict(messages[row.key], self._asked(row.questions)) for row in self.result.conflicts
        )

    def _asked(self, keys: Iterable[str]) -> tuple[Answer, ...]:
        return tuple(self.answers[key] for key in keys if key in self.answers)


def _verdict(wording: Wording) -> Verdict:
    level = wording.level
    on_scale = not isinstance(wording.conditional, UnsetType) and level in SCALE
    return Verdict(
        level=level,
        words=wording.words,
        sentence=wording.sentence,
        necessary=wording.necessary,
        scale=tuple(Step(words, step == level) for step, words in SCALE.items())
        if on_scale
        else (),
    )
