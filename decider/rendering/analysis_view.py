"""The analysis in a report document joined up for templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from decider.rendering.analysis_parts import (
    AnalysisView,
    Chance,
    Change,
    Flip,
    Interval,
    Lead,
    OpenQuestion,
    Possibility,
    Reason,
    Reasons,
    Tolerance,
    Truth,
    WrongSteps,
)
from decider.rendering.report_parts import Alternative, Answer, ReportView, SectionPart
from decider.rendering.report_view import STATUS_LABELS, UNANSWERED

Row = Mapping[str, Any]


def view_analysis(document: Row, view: ReportView) -> AnalysisView:
    """The analysis of a document whose other parts are in `view`."""
    return _AnalysisReader(document, view).view()


class _AnalysisReader:
    def __init__(self, document: Row, view: ReportView) -> None:
        self.result: Row = document["result"]
        self.alternatives = {row.alternative.key: row.alternative for row in view.breakdowns}
        self.first = [row.alternative.key for row in view.ranking if row.rank == 1]
        self.answers = {answer.key: answer for answer in view.answers}
        self.sections = {section.key: section for section in view.sections}
        self.questions: dict[str, Row] = {
            question["key"]: question
            for section in document["questionnaire"]["sections"]
            for question in section["questions"]
        }

    def view(self) -> AnalysisView:
        result, robustness = self.result, self.result["robustness"]
        return AnalysisView(
            reasons=tuple(self._reasons(key) for key in self.alternatives),
            leads=tuple(self._lead(row) for row in result["differences"]),
            flips=tuple(
                Flip((self._change(row),), self._named(row["leaders"]))
                for row in result["flips"]["single"]
            ),
            smallest_flip=self._smallest_flip(),
            truths=tuple(self._truth(row) for row in result["to_win"]),
            open_questions=tuple(self._open_question(row) for row in result["information"]),
            draws=robustness["draws"],
            chances=tuple(
                self._chance(robustness, key)
                for key in self.alternatives
                if key in robustness["first"]
            ),
            alone=robustness["alone"],
            wrong_steps=self._wrong_steps(),
            tolerance=self._tolerance(),
            intervals=tuple(self._interval(row) for row in result["stability"]),
            settled=result["settled"],
        )

    def _named(self, keys: Iterable[str]) -> tuple[Alternative, ...]:
        return tuple(self.alternatives[key] for key in keys)

    def _asked(self, keys: Iterable[str]) -> tuple[Answer, ...]:
        return tuple(self.answers[key] for key in keys)

    def _reasons(self, alternative: str) -> Reasons:
        rows = self.result["reasons"][alternative]
        return Reasons(
            alternative=self.alternatives[alternative],
            speak_for=tuple(self._reason(alternative, row) for row in rows["for"]),
            speak_against=tuple(self._reason(alternative, row) for row in rows["against"]),
        )

    def _reason(self, alternative: str, row: Row) -> Reason:
        answer = self.answers[row["question"]]
        return Reason(answer, row["points"], answer.evidence_on(alternative))

    def _lead(self, row: Row) -> Lead:
        decisive = row["decisive"]
        return Lead(
            ahead=self.alternatives[row["ahead"]],
            behind=self.alternatives[row["behind"]],
            points=row["points"],
            low=row["low"],
            high=row["high"],
            sections=tuple(
                SectionPart(
                    title=self.sections[part["section"]].title,
                    weight=self.sections[part["section"]].weight,
                    points=part["points"],
                    questions=(),
                )
                for part in row["sections"]
            ),
            decisive=None if decisive is None else self._asked(decisive),
            counter=self._asked(row["counter"]),
        )

    def _change(self, row: Row) -> Change:
        key = row["question"]
        return Change(
            key=key,
            question=self.questions[key]["text"],
            number=self.answers[key].number if key in self.answers else None,
            before=self._label(key, row["from"]),
            after=self._label(key, row["to"]),
        )

    def _label(self, question: str, value: str | None) -> str:
        for choice in self.questions[question]["choices"]:
            if choice["key"] == value:
                label: str = choice["label"]
                return label
        return STATUS_LABELS[value or UNANSWERED]

    def _smallest_flip(self) -> Flip | None:
        row = self.result["flips"]["smallest"]
        if row is None:
            return None
        changes = tuple(self._change(change) for change in row["changes"])
        return Flip(changes, self._named(row["leaders"]))

    def _truth(self, row: Row) -> Truth:
        changes = row["changes"]
        return Truth(
            alternative=self.alternatives[row["alternative"]],
            at_least=row["at_least"],
            changes=None if changes is None else tuple(self._change(part) for part in changes),
        )

    def _open_question(self, row: Row) -> OpenQuestion:
        return OpenQuestion(
            answer=self.answers[row["question"]],
            value=row["value"],
            swing=row["swing"],
            possibilities=tuple(
                Possibility(
                    self._label(row["question"], part["choice"]),
                    part["chance"],
                    self._named(part["leaders"]),
                )
                for part in row["answers"]
            ),
            decides=any(part["leaders"] != self.first for part in row["answers"]),
        )

    def _chance(self, robustness: Row, key: str) -> Chance:
        return Chance(
            alternative=self.alternatives[key],
            first=robustness["first"][key],
            at_least=robustness["at_least"][key],
            ranks=tuple(robustness["ranks"][key]),
            regret=robustness["regret"][key],
        )

    def _wrong_steps(self) -> WrongSteps | None:
        row = self.result["robustness"]["wrong_steps"]
        return WrongSteps(row["count"], self.alternatives[row["rival"]]) if row else None

    def _tolerance(self) -> Tolerance | None:
        row = self.result["weight_tolerance"]
        return Tolerance(row["percent"], self._named(row["rivals"])) if row else None

    def _interval(self, row: Row) -> Interval:
        return Interval(
            title=self.sections[row["section"]].title,
            weight=row["weight"],
            low=row["low"],
            high=row["high"],
            below=self._named(row["below"]),
            above=self._named(row["above"]),
        )
