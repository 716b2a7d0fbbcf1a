"""The analysis in a report document joined up for templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from decider.engine.analysis.sensitivity import HEAVIEST, LIGHTEST
from decider.engine.report import changes, reasons, robustness
from decider.engine.report.document import Document
from decider.engine.report.points import SectionPoints
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
from decider.presentation.report import answer_label
from decider.presentation.report_parts import PresentedReport, QuestionPart, SectionPart


def present_analysis(document: Document, view: PresentedReport) -> PresentedAnalysis:
    """The analysis of a document whose other parts are in `view`."""
    whole = _Joined(document, view).analysis()
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


class _Joined:
    def __init__(self, document: Document, view: PresentedReport) -> None:
        self.view = view
        self.result = document.result
        self.questions = document.questionnaire.content.questions
        self.first = tuple(row.alternative.key for row in view.ranking if row.rank == 1)

    def analysis(self) -> PresentedAnalysis:
        result = self.result
        smallest = result.flips.smallest
        return PresentedAnalysis(
            reasons=tuple(self._reasons(key) for key in self.view.alternatives),
            leads=self._leads(),
            flips=tuple(
                Flip((self._change(row),), self.view.named(row.leaders))
                for row in result.flips.single
            ),
            smallest_flip=self._flip(smallest) if smallest else None,
            paths_to_win=tuple(self._path_to_win(row) for row in result.to_win),
            open_questions=tuple(self._open_question(row) for row in result.information),
            draws=result.robustness.draws,
            chances=tuple(
                self._chance(result.robustness, key)
                for key in self.view.alternatives
                if key in result.robustness.first
            ),
            alone=result.robustness.alone,
            wrong_steps=self._wrong_steps(),
            tolerance=self._tolerance(),
            intervals=tuple(self._interval(row) for row in result.stability),
            settled=result.settled,
            necessary=result.wording.necessary,
            can_change=self._can_change(),
        )

    def _reasons(self, alternative: str) -> Reasons:
        rows = self.result.reasons[alternative]
        return Reasons(
            alternative=self.view.alternatives[alternative],
            speak_for=self._given(alternative, rows.speak_for),
            speak_against=self._given(alternative, rows.against),
        )

    def _given(self, alternative: str, rows: Iterable[reasons.Reason]) -> tuple[Reason, ...]:
        found = (self._reason(alternative, row.question, row.points) for row in rows)
        return tuple(reason for reason in found if reason.answer.given)

    def _reason(self, alternative: str, question: str, points: float) -> Reason:
        answer = self.view.answer_by_key[question]
        return Reason(answer, points, answer.evidence_on(alternative))

    def _leads(self) -> tuple[Lead, ...]:
        rows = {row.behind: row for row in self.result.differences}
        return tuple(self._lead(rows[key]) for key in self.view.alternatives if key in rows)

    def _lead(self, row: reasons.Difference) -> Lead:
        sections = tuple(self._lead_section(part) for part in row.sections)
        points = {part.answer.key: part.points for s in sections for part in s.questions}

        def reasons_of(keys: Iterable[str], alternative: str) -> tuple[Reason, ...]:
            return tuple(self._reason(alternative, key, points.get(key, 0.0)) for key in keys)

        decisive = row.decisive
        if decisive and not all(answer.given for answer in self.view.asked(decisive)):
            decisive = None
        return Lead(
            ahead=self.view.alternatives[row.ahead],
            behind=self.view.alternatives[row.behind],
            points=row.points,
            low=row.low,
            high=row.high,
            sections=sections,
            decisive=None if decisive is None else reasons_of(decisive, row.ahead),
            counter=reasons_of(row.counter, row.behind),
        )

    def _lead_section(self, row: SectionPoints) -> SectionPart:
        """A section of a lead with the questions that add to it or take from it."""
        section = self.view.section_by_key[row.section]
        parts = tuple(
            QuestionPart(self.view.answer_by_key[part.question], part.points, None)
            for part in row.questions
            if part.points
        )
        return SectionPart(section.title, section.weight, row.points, parts)

    def _change(self, row: changes.OtherAnswer) -> Change:
        question = self.questions[row.question]
        asked = self.view.answer_by_key.get(row.question)
        return Change(
            key=row.question,
            question=question.text,
            number=asked.number if asked else None,
            before=answer_label(question, row.before) if row.before else "",
            after=answer_label(question, row.after),
            value=row.after,
        )

    def _flip(self, row: changes.SmallestFlip) -> Flip:
        leaders = self.view.named(row.leaders)
        return Flip(tuple(map(self._change, row.changes)), leaders, row.at_least or None)

    def _path_to_win(self, row: changes.PathToWin) -> PathToWin:
        return PathToWin(
            alternative=self.view.alternatives[row.alternative],
            at_least=row.at_least,
            changes=None if row.changes is None else tuple(map(self._change, row.changes)),
        )

    def _open_question(self, row: changes.OpenQuestion) -> OpenQuestion:
        question, forbids = self.questions[row.question], row.forbids or ()
        return OpenQuestion(
            answer=self.view.answer_by_key[row.question],
            value=row.value,
            swing=row.swing,
            possibilities=tuple(
                Possibility(
                    answer_label(question, part.choice), part.chance, self.view.named(part.leaders)
                )
                for part in row.answers
            ),
            decides=self._decides(row),
            forbids=tuple(answer_label(question, key) for key in forbids),
            forbidden=self.view.named(self.first if forbids else ()),
        )

    def _decides(self, row: changes.OpenQuestion) -> bool:
        return any(part.leaders != self.first for part in row.answers)

    def _can_change(self) -> bool:
        """Whether it is sure that open answers can change who leads."""
        rows = self.result.information
        if any(map(self._decides, rows)):
            return True
        if len(self.first) == 1:
            return bool(rows) and not self.result.wording.necessary
        return any(
            row.low < row.high for row in self.result.differences if row.behind in self.first
        )

    def _chance(self, found: robustness.Robustness, key: str) -> Chance:
        return Chance(
            alternative=self.view.alternatives[key],
            first=found.first[key],
            at_least=found.at_least[key],
            ranks=found.ranks[key],
            regret=found.regret[key],
        )

    def _wrong_steps(self) -> WrongSteps | None:
        row = self.result.robustness.wrong_steps
        return WrongSteps(row.count, self.view.alternatives[row.rival]) if row else None

    def _tolerance(self) -> Tolerance | None:
        row = self.result.weight_tolerance
        return Tolerance(row.percent, self.view.named(row.rivals)) if row else None

    def _interval(self, row: robustness.Interval) -> Interval:
        return Interval(
            title=self.view.section_by_key[row.section].title,
            weight=row.weight,
            low=row.low,
            high=row.high,
            below=self.view.named(row.below if row.low > LIGHTEST else ()),
            above=self.view.named(row.above if row.high < HEAVIEST else ()),
        )
