"""The questions asked with their answers and evidence: names, labels and quotations for keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from decider.engine.questionnaire.schema import (
    NOT_APPLICABLE,
    NOT_APPLICABLE_LABEL,
    UNKNOWN,
    UNKNOWN_LABEL,
    Alternative,
    Choice,
    Question,
    Questionnaire,
    Source,
)
from decider.engine.report.document import Document
from decider.engine.report.points import Scored

CHOSEN: Final = "chosen"
UNANSWERED: Final = "unanswered"
STATUS_LABELS: Final = {
    UNKNOWN: UNKNOWN_LABEL,
    NOT_APPLICABLE: NOT_APPLICABLE_LABEL,
    UNANSWERED: "Not answered",
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """An exact passage and where it stands; `speaker` is whom the source quotes, if anybody."""

    key: str
    text: str
    source: Source
    speaker: str = ""

    @property
    def citation(self) -> str:
        """Who says it, and where."""
        citation = self.source.citation
        return f"{self.speaker}, quoted in {citation}" if self.speaker else citation


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the chosen answer says about one alternative, -2..+2 or a veto."""

    alternative: Alternative
    value: int
    low: int
    high: int
    veto: bool
    reason: str
    basis: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer added to the points of one alternative."""

    alternative: Alternative
    points: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An asked question and what was answered.

    `status` is "chosen", "unknown", "n/a" or "unanswered"; `label` says it in words.
    `effects` holds every alternative, in the order of the ranking; `evidence` those that the
    chosen answer speaks about, in the same order. `quotations` are the question's own and those
    of its evidence, each once.
    """

    number: int
    key: str
    question: str
    help: str
    section: str
    weight: int
    status: str
    label: str
    note: str
    effects: tuple[Effect, ...]
    evidence: tuple[Evidence, ...]
    quotations: tuple[Quotation, ...]

    @property
    def numbered(self) -> str:
        """The question after its number, by which other lines name it."""
        return f"Q{self.number} {self.question}"

    @property
    def given(self) -> bool:
        """Whether it is answered with one of its choices."""
        return self.status == "chosen"

    def evidence_on(self, alternative: str) -> Evidence | None:
        """What the answer says about the alternative of this key, if anything."""
        return next((row for row in self.evidence if row.alternative.key == alternative), None)


@dataclass(frozen=True, slots=True)
class SectionAnswers:
    """A section with its asked questions; `weight` as used."""

    key: str
    title: str
    intro: str
    weight: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """What an answer adds to an alternative or takes from it, and the evidence if there is any."""

    answer: Answer
    points: float
    evidence: Evidence | None


class LookUps:
    """What is asked and quoted in a report, by key."""

    sections: tuple[SectionAnswers, ...]
    quotations: Mapping[str, Quotation]

    @cached_property
    def section_by_key(self) -> dict[str, SectionAnswers]:
        """Every section in order."""
        return {section.key: section for section in self.sections}

    @cached_property
    def answer_by_key(self) -> dict[str, Answer]:
        """Every asked question in order."""
        return {answer.key: answer for section in self.sections for answer in section.answers}

    def asked(self, keys: Iterable[str]) -> tuple[Answer, ...]:
        """Those of the questions of these keys that were asked."""
        return tuple(self.answer_by_key[key] for key in keys if key in self.answer_by_key)

    def quoted(self, keys: Iterable[str]) -> tuple[Quotation, ...]:
        """The quotations of these keys, each once."""
        return tuple(self.quotations[key] for key in dict.fromkeys(keys))


class JoinedAnswers(LookUps):
    """The answers of one document, joined with what their keys name; each part is built once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.questionnaire = document.questionnaire.content
        self.result = document.result
        self.alternatives = self.questionnaire.alternative_by_key
        self.quotations = quotations_in(self.questionnaire)
        self.sections = self._sections()

    @cached_property
    def scored(self) -> tuple[Scored, ...]:
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

    def _sections(self) -> tuple[SectionAnswers, ...]:
        """Every section in order, with its asked questions."""
        numbers = {key: number for number, key in enumerate(self.result.visible, 1)}
        return tuple(
            SectionAnswers(
                key=section.key,
                title=section.title,
                intro=section.intro,
                weight=self.document.weights[section.key],
                answers=tuple(
                    self._answer(question, section.title, numbers[question.key])
                    for question in section.questions
                    if question.key in numbers
                ),
            )
            for section in self.questionnaire.sections
        )

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
            quotations=self.quoted([*question.quotations, *used]),
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
                quotations=self.quoted(row.quotations),
            )
            for scored in self.scored
            if (row := found.get(scored.alternative))
        )


def answer_label(question: Question, value: str) -> str:
    """An answer to a question in words: a choice, or a key of STATUS_LABELS."""
    chosen = _choice(question, value)
    return chosen.label if chosen else STATUS_LABELS[value]


def quotations_in(questionnaire: Questionnaire) -> dict[str, Quotation]:
    """The quotations of a questionnaire by key, each with its source."""
    sources = questionnaire.source_by_key
    return {
        row.key: Quotation(row.key, row.text, sources[row.source], row.speaker)
        for row in questionnaire.quotations
    }


def _choice(question: Question, value: str) -> Choice | None:
    return next((choice for choice in question.choices if choice.key == value), None)
