"""What has to be met and what that leaves, in a report document, joined up for templates.

All of it is empty for documents of methods that know no requirements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from decider.engine.questionnaire.rules import MET, NOT_MET, ON_CONDITION, STATUSES
from decider.presentation.report import quotations_in
from decider.presentation.report_parts import Alternative, Answer, PresentedReport, Quotation

Row = Mapping[str, Any]

OPEN: Final = "open"
STATUS_WORDS: Final = {
    MET: "Met",
    ON_CONDITION: "On a condition",
    NOT_MET: "Not met",
    OPEN: "Open",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether an alternative meets a requirement: `status` is a key of STATUS_WORDS.

    It is "open" where the alternative would not meet a requirement that open answers may raise.
    """

    alternative: Alternative
    status: str

    @property
    def words(self) -> str:
        """The status in words."""
        return STATUS_WORDS[self.status]


@dataclass(frozen=True, slots=True)
class Statement:
    """Why the alternatives stand to a requirement as they do; `condition` may be empty."""

    alternatives: tuple[Alternative, ...]
    words: str
    condition: str
    reason: str
    basis: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement that answers raise; where `is_open`, one that the answers leave open.

    `answers` are those that raise it, or the open ones. `cells` are in the order of the ranking,
    and so are the alternatives of each of `statements`, which say the same of several once.
    """

    key: str
    title: str
    is_open: bool
    answers: tuple[Answer, ...]
    cells: tuple[Cell, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to be confirmed for the recommended alternative to meet a requirement."""

    key: str
    title: str
    text: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Share:
    """In which share of the draws, 0..1, an alternative of this kind comes first."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class LayerShares:
    """What the alternatives that come first have in common, the most frequent value first."""

    title: str
    most: Share
    others: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Swing:
    """The points in a section between the best and the worst alternative of the ranking."""

    title: str
    weight: int
    points: float


@dataclass(frozen=True, slots=True)
class PresentedRace:
    """What has to be met, to be confirmed and what is left to the weights."""

    requirements: tuple[Requirement, ...]
    conditions: tuple[Condition, ...]
    layers: tuple[LayerShares, ...]
    swings: tuple[Swing, ...]
    weight_origin: str

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The columns of the table of requirements."""
        return tuple(cell.alternative for row in self.requirements[:1] for cell in row.cells)


def present_race(document: Row, view: PresentedReport) -> PresentedRace:
    """The race of a document whose other parts are in `view`."""
    return _RaceReader(document, view).race()


class _RaceReader:
    def __init__(self, document: Row, view: PresentedReport) -> None:
        self.result: Row = document["result"]
        self.questionnaire: Row = document["questionnaire"]
        self.alternatives = {row.alternative.key: row.alternative for row in view.breakdowns}
        self.answers = {answer.key: answer for answer in view.answers}
        self.sections = {section.key: section for section in view.sections}
        self.requirements = _by_key(self.questionnaire.get("requirements", ()))
        self.quotations = quotations_in(document) if self.requirements else {}

    def race(self) -> PresentedRace:
        result = self.result
        return PresentedRace(
            requirements=tuple(self._requirement(row) for row in result.get("requirements", ())),
            conditions=tuple(self._condition(row) for row in result.get("conditions", ())),
            layers=self._layers(),
            swings=tuple(self._swing(*item) for item in result.get("swings", {}).items()),
            weight_origin=self.questionnaire.get("weight_origin", ""),
        )

    def _requirement(self, row: Row) -> Requirement:
        asked, is_open = self.requirements[row["requirement"]], row["state"] == OPEN
        statuses = row["alternatives"]
        return Requirement(
            key=asked["key"],
            title=asked["title"],
            is_open=is_open,
            answers=tuple(self.answers[key] for key in row["questions"] if key in self.answers),
            cells=tuple(
                Cell(alternative, _cell_status(statuses[key], is_open))
                for key, alternative in self.alternatives.items()
            ),
            statements=tuple(self._statements(asked, is_open)),
        )

    def _statements(self, asked: Row, is_open: bool) -> Iterable[Statement]:
        for status in reversed(STATUSES):
            for entry, keys in _same_entries(asked.get(status, {}), self.alternatives):
                yield Statement(
                    alternatives=tuple(self.alternatives[key] for key in keys),
                    words=STATUS_WORDS[_cell_status(status, is_open)],
                    condition=entry.get("condition", ""),
                    reason=entry["reason"],
                    basis=entry.get("basis", ""),
                    quotations=tuple(self.quotations[key] for key in entry.get("quotations", ())),
                )

    def _condition(self, row: Row) -> Condition:
        asked = self.requirements[row["requirement"]]
        return Condition(asked["key"], asked["title"], row["condition"], row["state"] == OPEN)

    def _layers(self) -> tuple[LayerShares, ...]:
        rows = _by_key(self.questionnaire.get("layers", ()))
        found = self.result.get("layers", {})
        return tuple(
            _layer(rows[key], shares) for key, shares in found.items() if any(shares.values())
        )

    def _swing(self, section: str, points: float) -> Swing:
        asked = self.sections[section]
        return Swing(asked.title, asked.weight, points)


def _by_key(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["key"]: row for row in rows}


def _cell_status(status: str, is_open: bool) -> str:
    return OPEN if is_open and status == NOT_MET else status


def _same_entries(
    entries: Mapping[str, Row], order: Iterable[str]
) -> Iterable[tuple[Row, list[str]]]:
    """Each different entry with the alternatives that it is about."""
    found: list[tuple[Row, list[str]]] = []
    for key in order:
        if key in entries:
            keys = next((keys for entry, keys in found if entry == entries[key]), None)
            if keys is None:
                found.append((entries[key], [key]))
            else:
                keys.append(key)
    return found


def _layer(asked: Row, shares: Mapping[str, float]) -> LayerShares:
    names = {value["key"]: value["name"] for value in asked["values"]}
    rows = [Share(names[key], share) for key, share in shares.items()]
    most, *others = sorted(rows, key=lambda row: -row.share)
    return LayerShares(asked["title"], most, tuple(others))
