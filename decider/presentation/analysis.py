"""The analysis in a report document joined up for templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from decider.engine.analysis.sensitivity import HEAVIEST, LIGHTEST
from decider.presentation.analysis_parts import (
    Chance,
    Change,
    Flip,
    Interval,
    Lead,
    OpenQuestion,
    PathToWin,
    Possibility,
    PresentedAnalysis,
    Reason,
    Reasons,
    Tolerance,
    WrongSteps,
)
from decider.presentation.report import STATUS_LABELS
from decider.presentation.report_parts import (
    Alternative,
    PresentedReport,
    QuestionPart,
    SectionPart,
)

Row = Mapping[str, Any]


def present_analysis(document: Row, view: PresentedReport) -> PresentedAnalysis:
    """The analysis of a document whose other parts are in `view`."""
    whole = _AnalysisReader(document, view).view()
    return whole if view.counts.answered else _only_open(whole)


def _only_open(whole: PresentedAnalysis) -> PresentedAnalysis:
    """What is left to say where no answer is known: reasons and changes would be of nothing."""
    return replace(
        whole,
        leads=(),
        flips=(),
        smallest_flip=None,
        paths_to_win=(),
        chances=(),
        alone={},
        wrong_steps=None,
        tolerance=None,
        intervals=(),
    )


class _AnalysisReader:
    def __init__(self, document: Row, view: PresentedReport) -> None:
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

    def view(self) -> PresentedAnalysis:
        result, robustness = self.result, self.result["robustness"]
        return PresentedAnalysis(
            reasons=tuple(self._reasons(key) for key in self.alternatives),
            leads=self._leads(),
            flips=tuple(
                Flip((self._change(row),), self._named(row["leaders"]))
                for row in result["flips"]["single"]
            ),
            smallest_flip=self._smallest_flip(),
            paths_to_win=tuple(self._path_to_win(row) for row in result["to_win"]),
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
            necessary=result["wording"]["necessary"],
            can_change=self._can_change(),
        )

    def _named(self, keys: Iterable[str]) -> tuple[Alternative, ...]:
        return tuple(self.alternatives[key] for key in keys)

    def _reasons(self, alternative: str) -> Reasons:
        rows = self.result["reasons"][alternative]
        return Reasons(
            alternative=self.alternatives[alternative],
            speak_for=self._given(alternative, rows["for"]),
            speak_against=self._given(alternative, rows["against"]),
        )

    def _given(self, alternative: str, rows: Iterable[Row]) -> tuple[Reason, ...]:
        reasons = (self._reason(alternative, row["question"], row["points"]) for row in rows)
        return tuple(reason for reason in reasons if reason.answer.given)

    def _reason(self, alternative: str, question: str, points: float) -> Reason:
        answer = self.answers[question]
        return Reason(answer, points, answer.evidence_on(alternative))

    def _leads(self) -> tuple[Lead, ...]:
        rows = {row["behind"]: row for row in self.result["differences"]}
        return tuple(self._lead(rows[key]) for key in self.alternatives if key in rows)

    def _lead(self, row: Row) -> Lead:
        sections = tuple(self._lead_section(part) for part in row["sections"])
        points = {part.answer.key: part.points for s in sections for part in s.questions}

        def reasons(keys: Iterable[str], alternative: str) -> tuple[Reason, ...]:
            return tuple(self._reason(alternative, key, points.get(key, 0.0)) for key in keys)

        decisive = row["decisive"]
        known = decisive is not None and all(self.answers[key].given for key in decisive)
        return Lead(
            ahead=self.alternatives[row["ahead"]],
            behind=self.alternatives[row["behind"]],
            points=row["points"],
            low=row["low"],
            high=row["high"],
            sections=sections,
            decisive=reasons(decisive, row["ahead"]) if known else None,
            counter=reasons(row["counter"], row["behind"]),
        )

    def _lead_section(self, row: Row) -> SectionPart:
        """A section of a lead with the questions that add to it or take from it."""
        section = self.sections[row["section"]]
        parts = tuple(
            QuestionPart(self.answers[part["question"]], part["points"], None)
            for part in row["questions"]
            if part["points"]
        )
        return SectionPart(section.title, section.weight, row["points"], parts)

    def _change(self, row: Row) -> Change:
        key = row["question"]
        return Change(
            key=key,
            question=self.questions[key]["text"],
            number=self.answers[key].number if key in self.answers else None,
            before=self._label(key, row["from"]) if row["from"] else "",
            after=self._label(key, row["to"]),
        )

    def _label(self, question: str, value: str) -> str:
        for choice in self.questions[question]["choices"]:
            if choice["key"] == value:
                label: str = choice["label"]
                return label
        return STATUS_LABELS[value]

    def _smallest_flip(self) -> Flip | None:
        row = self.result["flips"]["smallest"]
        if row is None:
            return None
        changes = tuple(self._change(change) for change in row["changes"])
        return Flip(changes, self._named(row["leaders"]))

    def _path_to_win(self, row: Row) -> PathToWin:
        changes = row["changes"]
        return PathToWin(
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
            forbids=tuple(self._label(row["question"], key) for key in row.get("forbids", ())),
            forbidden=self._named(self.first if row.get("forbids") else ()),
        )

    def _can_change(self) -> bool:
        """Whether it is sure that open answers can change who leads."""
        rows = self.result["information"]
        if any(part["leaders"] != self.first for row in rows for part in row["answers"]):
            return True
        if len(self.first) == 1:
            return bool(rows) and not self.result["wording"]["necessary"]
        return any(
            row["low"] < row["high"]
            for row in self.result["differences"]
            if row["behind"] in self.first
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
            below=self._named(row["below"] if row["low"] > LIGHTEST else ()),
            above=self._named(row["above"] if row["high"] < HEAVIEST else ()),
        )
