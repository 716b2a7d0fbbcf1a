"""A report document joined up for templates: keys become names, labels and quotations.

The document is read as it stands and never validated again, so that a report saved under an
earlier version of the questionnaire format opens for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from decider.engine.questionnaire.schema import (
    NOT_APPLICABLE,
    NOT_APPLICABLE_LABEL,
    UNKNOWN,
    UNKNOWN_LABEL,
)
from decider.engine.scoring.method import GRADES
from decider.presentation.report_parts import (
    Alternative,
    Answer,
    Breakdown,
    Conditional,
    Conflict,
    Counts,
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
    Source,
    Step,
    Unmet,
    Verdict,
    Veto,
)

Row = Mapping[str, Any]

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


def present_report(document: Row) -> PresentedReport:
    """The view of a report document of format decider-report/1."""
    return _Reader(document).view()


def answers_in(document: Row) -> dict[str, Answer]:
    """The questions asked in a document, by key, with their answers; points are enough for it."""
    return _Reader(document).answers


def quotations_in(document: Row) -> dict[str, Quotation]:
    """The quotations of a document by key."""
    return _Reader(document).quotations


def alternatives_in(document: Row) -> dict[str, Alternative]:
    """The alternatives of a document by key."""
    return _Reader(document).alternatives


class _Reader:
    """Joins the parts of one document; each part is built once."""

    def __init__(self, document: Row) -> None:
        self.document = document
        self.questionnaire: Row = document["questionnaire"]
        self.result: Row = document["result"]

    def view(self) -> PresentedReport:
        result = self.result
        return PresentedReport(
            title=self.document["title"],
            context=self.document["context"],
            language=self.questionnaire["language"],
            method=self.document["method"],
            questionnaire=self.questionnaire["title"],
            questionnaire_version=self.questionnaire["version"],
            verdict=_verdict(result["wording"]),
            recommendation=self.alternatives.get(result["recommendation"]),
            leaders=tuple(self.alternatives[key] for key in result["leaders"]),
            counts=Counts(**{name: result["counts"][name] for name in Counts.__slots__}),
            answered_weight=result["answered_weight"],
            ranking=tuple(self._ranked(row) for row in result["ranking"]),
            conditional=tuple(self._conditional(row) for row in result.get("conditional", ())),
            ruled_out=tuple(self._ruled_out(row) for row in result["ruled_out"]),
            breakdowns=tuple(self._breakdown(key) for key in self.score_rows),
            sections=self.sections,
            disagreements=self._disagreements(),
            conflicts=self._conflicts(),
            sources=tuple(self.sources.values()),
        )

    @cached_property
    def score_rows(self) -> dict[str, Row]:
        """The row of each alternative: ranked, on a condition, ruled out."""
        parts = ("ranking", "conditional", "ruled_out")
        return {row["alternative"]: row for part in parts for row in self.result.get(part, ())}

    @cached_property
    def alternatives(self) -> dict[str, Alternative]:
        return {row["key"]: _alternative(row) for row in self.questionnaire["alternatives"]}

    @cached_property
    def sources(self) -> dict[str, Source]:
        return {
            row["key"]: Source(
                row["key"],
                row["title"],
                row["author"],
                row.get("publisher", ""),
                str(row.get("date", "")),
                row.get("url", ""),
            )
            for row in self.questionnaire["sources"]
        }

    @cached_property
    def quotations(self) -> dict[str, Quotation]:
        return {
            row["key"]: Quotation(row["key"], row["text"], self.sources[row["source"]])
            for row in self.questionnaire["quotations"]
        }

    @cached_property
    def points(self) -> dict[tuple[str, str], float]:
        """What each question added, by alternative and question key."""
        return {
            (alternative, part["question"]): part["points"]
            for alternative, breakdown in self.result["contributions"].items()
            for section in breakdown["sections"]
            for part in section["questions"]
        }

    @cached_property
    def sections(self) -> tuple[SectionAnswers, ...]:
        numbers = {key: number for number, key in enumerate(self.result["visible"], 1)}
        return tuple(
            SectionAnswers(
                key=section["key"],
                title=section["title"],
                intro=section.get("intro", ""),
                weight=self.document["weights"][section["key"]],
                default_weight=section.get("weight", 50),
                answers=tuple(
                    self._answer(question, section["title"], numbers[question["key"]])
                    for question in section["questions"]
                    if question["key"] in numbers
                ),
            )
            for section in self.questionnaire["sections"]
        )

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return {answer.key: answer for section in self.sections for answer in section.answers}

    def _answer(self, question: Row, section: str, number: int) -> Answer:
        key = question["key"]
        value = self.document["answers"].get(key, UNANSWERED)
        chosen = next((c for c in question["choices"] if c["key"] == value), None)
        evidence = self._evidence(chosen)
        return Answer(
            number=number,
            key=key,
            question=question["text"],
            help=question.get("help", ""),
            section=section,
            weight=question.get("weight", 1),
            status=CHOSEN if chosen else value,
            label=chosen["label"] if chosen else STATUS_LABELS[value],
            note=self.document["notes"].get(key, ""),
            effects=tuple(
                Effect(self.alternatives[alternative], self.points.get((alternative, key), 0.0))
                for alternative in self.score_rows
            ),
            evidence=evidence,
            quotations=self._quotations(
                [
                    *question.get("quotations", ()),
                    *(quotation.key for item in evidence for quotation in item.quotations),
                ]
            ),
        )

    def _evidence(self, choice: Row | None) -> tuple[Evidence, ...]:
        rows = choice.get("evidence", {}) if choice else {}
        return tuple(
            Evidence(
                alternative=self.alternatives[key],
                value=row["value"],
                low=row.get("low", row["value"]),
                high=row.get("high", row["value"]),
                veto=row.get("veto", False),
                reason=row["reason"],
                basis=row.get("basis", ""),
                strength=self.questionnaire["anchors"][str(row["value"])],
                quotations=self._quotations(row.get("quotations", ())),
            )
            for key in self.score_rows
            if (row := rows.get(key))
        )

    def _quotations(self, keys: Iterable[str]) -> tuple[Quotation, ...]:
        return tuple(self.quotations[key] for key in dict.fromkeys(keys))

    def _ranked(self, row: Row) -> Ranked:
        return Ranked(
            alternative=self.alternatives[row["alternative"]],
            rank=row["rank"],
            points=row["points"],
            low=row["low"],
            high=row["high"],
            exact=row["exact"],
            leads=row["alternative"] in self.result["leaders"],
            provisional=self._vetoes(row["provisional"]),
            unsettled=self._unmet(row["alternative"], self._open_requirements),
        )

    def _conditional(self, row: Row) -> Conditional:
        return Conditional(
            alternative=self.alternatives[row["alternative"]],
            points=row["points"],
            exact=row["exact"],
            condition=row["if"],
            answers=self._asked(row["questions"]),
        )

    def _ruled_out(self, row: Row) -> RuledOut:
        key = row["alternative"]
        no_candidate = row.get("candidate") or ""
        return RuledOut(
            alternative=self.alternatives[key],
            points=row["points"],
            exact=row["exact"],
            vetoes=self._vetoes(row["vetoes"]),
            unmet=self._unmet(key, row.get("requirements", ())),
            no_candidate=no_candidate,
            answers=self._asked(self._candidate_questions[key]) if no_candidate else (),
        )

    @cached_property
    def _candidate_questions(self) -> dict[str, list[str]]:
        return {row["alternative"]: row["questions"] for row in self.result.get("candidates", ())}

    @cached_property
    def _open_requirements(self) -> list[str]:
        rows = self.result.get("requirements", ())
        return [row["requirement"] for row in rows if row["state"] == "open"]

    def _unmet(self, alternative: str, requirements: Iterable[str]) -> tuple[Unmet, ...]:
        """Those of the requirements that the alternative does not meet, with the reason."""
        rows = {row["key"]: row for row in self.questionnaire.get("requirements", ())}
        found = [(rows[key], rows[key].get("not_met", {})) for key in requirements]
        return tuple(
            Unmet(
                row["key"],
                row["title"],
                refusals[alternative]["reason"],
                self._quotations(refusals[alternative].get("quotations", ())),
            )
            for row, refusals in found
            if alternative in refusals
        )

    def _vetoes(self, rows: Iterable[Row]) -> tuple[Veto, ...]:
        return tuple(Veto(self.answers[row["question"]], row["reason"]) for row in rows)

    def _breakdown(self, key: str) -> Breakdown:
        row = self.result["contributions"][key]
        sections = {section.key: section for section in self.sections}
        return Breakdown(
            alternative=self.alternatives[key],
            base=row["base"],
            points=self.score_rows[key]["points"],
            ruled_out="vetoes" in self.score_rows[key],
            sections=tuple(
                SectionPart(
                    title=sections[part["section"]].title,
                    weight=sections[part["section"]].weight,
                    points=part["points"],
                    questions=tuple(self._question_part(key, row) for row in part["questions"]),
                )
                for part in row["sections"]
            ),
        )

    def _question_part(self, alternative: str, row: Row) -> QuestionPart:
        answer = self.answers[row["question"]]
        return QuestionPart(answer, row["points"], answer.evidence_on(alternative))

    def _disagreements(self) -> tuple[Disagreement, ...]:
        rows = {row["key"]: row for row in self.questionnaire.get("disagreements", ())}
        return tuple(
            Disagreement(
                key=found["key"],
                topic=row["topic"],
                a=self._side(row["a"], taken=found["side"] in ("a", "both")),
                b=self._side(row["b"], taken=found["side"] in ("b", "both")),
                side=found["side"],
                resolution=row["resolution"],
                answers=self._asked(found["questions"]),
            )
            for found in self.result["disagreements"]
            if (row := rows[found["key"]])
        )

    def _side(self, row: Row, *, taken: bool) -> Side:
        return Side(row["claim"], self._quotations(row["quotations"]), taken)

    def _conflicts(self) -> tuple[Conflict, ...]:
        messages = {row["key"]: row["message"] for row in self.questionnaire.get("conflicts", ())}
        return tuple(
            Conflict(messages[row["key"]], self._asked(row["questions"]))
            for row in self.result["conflicts"]
        )

    def _asked(self, keys: Iterable[str]) -> tuple[Answer, ...]:
        return tuple(self.answers[key] for key in keys if key in self.answers)


def _verdict(wording: Row) -> Verdict:
    level = wording["level"]
    on_scale = "conditional" in wording and level in SCALE
    return Verdict(
        level=level,
        words=wording["words"],
        sentence=wording["sentence"],
        necessary=wording["necessary"],
        scale=tuple(Step(words, step == level) for step, words in SCALE.items())
        if on_scale
        else (),
    )


def _alternative(row: Row) -> Alternative:
    road = row.get("road")
    return Alternative(
        key=row["key"],
        name=row["name"],
        summary=row.get("summary", ""),
        fits=row.get("fits", ""),
        watch=tuple(row.get("watch", ())),
        first_steps=tuple(row.get("first_steps", ())),
        technologies=tuple(row.get("technologies", ())),
        road={stage: tuple(steps) for stage, steps in road.items()} if road else None,
    )
