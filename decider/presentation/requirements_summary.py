"""What has to be met and by whom, and what is an alternative on a condition only.

These parts are there from the method "mavt-2" on; of an earlier report all of them are empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from decider.engine.questionnaire.rules import MET, NOT_MET, ON_CONDITION
from decider.engine.scoring.method import GRADES, MAVT_1
from decider.presentation.numbers import percent
from decider.presentation.report import quotations_in
from decider.presentation.report_parts import (
    Alternative,
    Answer,
    PresentedReport,
    Quotation,
)

Row = Mapping[str, Any]

NOT_MET_YET: Final = "open"
WORDS: Final = {
    MET: "Met",
    ON_CONDITION: "On a condition",
    NOT_MET: "Not met",
    NOT_MET_YET: "Open",
}
"""How an alternative stands to a requirement; open: it is not sure that it has to be met."""

SCALE: Final = (*(words for _, _, words in GRADES), "No clear winner")
ORDINALS: Final = ("first", "second", "third", "last")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an alternative stands to a requirement; `status` is a key of `WORDS`.

    `condition` is empty unless the requirement is met on a condition.
    """

    alternative: Alternative
    status: str
    reason: str
    condition: str
    quotations: tuple[Quotation, ...]

    @property
    def words(self) -> str:
        """The status for a reader."""
        return WORDS[self.status]


@dataclass(frozen=True, slots=True)
class PresentedRequirement:
    """What has to be met or, while `open`, may have to be.

    `questions` are those that make it so, or that settle it. `standings` are in the order of the
    breakdowns of the report.
    """

    title: str
    open: bool
    questions: tuple[Answer, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to be confirmed for an alternative to meet a requirement."""

    requirement: str
    text: str
    open: bool

    @property
    def sentence(self) -> str:
        """What to confirm and what for."""
        return f"{self.requirement}{self.proviso}: {self.text}"

    @property
    def proviso(self) -> str:
        """What has to be added where the requirement itself is open."""
        return " (if it has to be met)" if self.open else ""


@dataclass(frozen=True, slots=True)
class Conditional:
    """What is an alternative if something open turns out so; `questions` settle it."""

    alternative: Alternative
    points: float
    condition: str
    questions: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class LayerShares:
    """How often each value of a layer is first, as shares of the draws, the largest first."""

    title: str
    shares: tuple[tuple[str, float], ...]

    @property
    def line(self) -> str:
        """All of it on one line."""
        parts = (f"{name} {percent(share)}" for name, share in self.shares)
        return f"{self.title}: {'; '.join(parts)}."


@dataclass(frozen=True, slots=True)
class RequirementsSummary:
    """All of these parts of a report."""

    requirements: tuple[PresentedRequirement, ...]
    conditional: tuple[Conditional, ...]
    layers: tuple[LayerShares, ...]

    def conditions(self, alternative: str) -> tuple[Condition, ...]:
        """What has to be confirmed for the alternative of this key."""
        return tuple(
            Condition(row.title, standing.condition, row.open)
            for row in self.requirements
            for standing in row.standings
            if standing.alternative.key == alternative and standing.condition
        )

    def rule_of(self, alternative: Alternative) -> Conditional | None:
        """The condition on which it is an alternative; None where it is one, or is none."""
        return next((row for row in self.conditional if row.alternative == alternative), None)


def present_requirements(document: Row, view: PresentedReport) -> RequirementsSummary:
    """These parts of a document whose other parts are in `view`."""
    result: Row = document["result"]
    answers = {answer.key: answer for answer in view.answers}
    alternatives = {row.alternative.key: row.alternative for row in view.breakdowns}
    return RequirementsSummary(
        requirements=_requirements(document, alternatives, answers),
        conditional=tuple(
            Conditional(
                alternatives[row["alternative"]],
                row["points"],
                row["if"],
                _asked(answers, row["questions"]),
            )
            for row in result.get("conditional", ())
        ),
        layers=tuple(_layers(document)),
    )


def scale(view: PresentedReport) -> str:
    """Where the word for the result stands among the others; empty where no such word is used."""
    words = view.verdict.words
    if view.method == MAVT_1.name or words not in SCALE:
        return ""
    place = ORDINALS[SCALE.index(words)]
    return f"\u201c{words}\u201d is the {place} of four steps: {', '.join(SCALE)}."


def _requirements(
    document: Row, alternatives: Mapping[str, Alternative], answers: Mapping[str, Answer]
) -> tuple[PresentedRequirement, ...]:
    texts = {row["key"]: row for row in document["questionnaire"].get("requirements", ())}
    quotations = quotations_in(document)
    return tuple(
        PresentedRequirement(
            title=texts[row["requirement"]]["title"],
            open=row["state"] == "open",
            questions=_asked(answers, row["questions"]),
            standings=tuple(
                _standing(row, texts[row["requirement"]], alternative, quotations)
                for alternative in alternatives.values()
            ),
        )
        for row in document["result"].get("requirements", ())
    )


def _standing(
    row: Row, text: Row, alternative: Alternative, quotations: Mapping[str, Quotation]
) -> Standing:
    status = row["alternatives"][alternative.key]
    entry = text[status][alternative.key]
    unsettled = status == NOT_MET and row["state"] == "open"
    return Standing(
        alternative=alternative,
        status=NOT_MET_YET if unsettled else status,
        reason=entry["reason"],
        condition=entry.get("condition", ""),
        quotations=tuple(quotations[key] for key in entry.get("quotations", ())),
    )


def _layers(document: Row) -> Iterable[LayerShares]:
    found = document["result"].get("layers", {})
    for layer in document["questionnaire"].get("layers", ()):
        shares = found.get(layer["key"], {})
        named = ((row["name"], shares.get(row["key"], 0.0)) for row in layer["values"])
        rows = sorted(named, key=lambda row: -row[1])
        if any(share for _, share in rows):
            yield LayerShares(layer["title"], tuple(rows))


def _asked(answers: Mapping[str, Answer], keys: Iterable[str]) -> tuple[Answer, ...]:
    return tuple(answers[key] for key in keys if key in answers)
