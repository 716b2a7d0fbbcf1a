"""What has to be met and by whom, joined up for templates.

All of it is empty for documents of methods that know no requirements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from decider.engine.questionnaire.rules import MET, NOT_MET, ON_CONDITION, STATUSES, Requirement
from decider.engine.questionnaire.schema import Alternative
from decider.engine.report.document import Document
from decider.engine.report.rules import RequirementState, State
from decider.presentation.answers import Answer, Quotation
from decider.presentation.report import PresentedReport

OPEN: Final = "open"
STATUS_WORDS: Final = {
    MET: "Met",
    ON_CONDITION: "On a condition",
    NOT_MET: "Not met",
    OPEN: "Open",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """Whether and why alternatives meet a requirement: `status` is a key of STATUS_WORDS.

    It is "open" where they would not meet a requirement that open answers may raise. `condition`
    is empty unless the requirement is met on a condition.
    """

    alternatives: tuple[Alternative, ...]
    status: str
    condition: str
    reason: str
    basis: str
    quotations: tuple[Quotation, ...]

    @property
    def words(self) -> str:
        """The status in words."""
        return STATUS_WORDS[self.status]


@dataclass(frozen=True, slots=True)
class Cell:
    """The statement about one alternative."""

    alternative: Alternative
    statement: Statement

    @property
    def status(self) -> str:
        """The status of the statement."""
        return self.statement.status

    @property
    def words(self) -> str:
        """The status in words."""
        return self.statement.words


@dataclass(frozen=True, slots=True)
class PresentedRequirement:
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
    """What has to be confirmed for an alternative to meet a requirement."""

    key: str
    title: str
    text: str
    is_open: bool

    @property
    def sentence(self) -> str:
        """What to confirm and what for."""
        return f"{self.title}{self.proviso}: {self.text}"

    @property
    def proviso(self) -> str:
        """What has to be added where the requirement itself is open."""
        return " (if it has to be met)" if self.is_open else ""


@dataclass(frozen=True, slots=True)
class PresentedRequirements:
    """What has to be met, and what is to be confirmed for what is recommended."""

    rows: tuple[PresentedRequirement, ...]
    conditions: tuple[Condition, ...]

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The columns of the table of requirements."""
        return tuple(cell.alternative for row in self.rows[:1] for cell in row.cells)

    def conditions_of(self, alternative: str) -> tuple[Condition, ...]:
        """What has to be confirmed for the alternative of this key."""
        return tuple(
            Condition(row.key, row.title, cell.statement.condition, row.is_open)
            for row in self.rows
            for cell in row.cells
            if cell.alternative.key == alternative and cell.statement.condition
        )


def present_requirements(document: Document, view: PresentedReport) -> PresentedRequirements:
    """These parts of a document whose other parts are in `view`."""
    asked, result = document.questionnaire.content, document.result
    rows = {row.key: row for row in asked.requirements}
    return PresentedRequirements(
        rows=tuple(
            _requirement(rows[found.requirement], found, view)
            for found in result.requirements or ()
        ),
        conditions=tuple(
            Condition(
                row.requirement, rows[row.requirement].title, row.condition, _is_open(row.state)
            )
            for row in result.conditions or ()
        ),
    )


def _requirement(
    asked: Requirement, found: RequirementState, view: PresentedReport
) -> PresentedRequirement:
    statements = tuple(_statements(asked, found, view))
    by_key = {row.key: statement for statement in statements for row in statement.alternatives}
    return PresentedRequirement(
        key=asked.key,
        title=asked.title,
        is_open=_is_open(found.state),
        answers=view.asked(found.questions),
        cells=tuple(Cell(row, by_key[key]) for key, row in view.alternatives.items()),
        statements=statements,
    )


def _is_open(state: State) -> bool:
    return state == OPEN


def _statements(
    asked: Requirement, found: RequirementState, view: PresentedReport
) -> Iterable[Statement]:
    """What is said of the alternatives, the same of several once; what is not met first."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for key in view.alternatives:
        row = asked.compliance[key]
        said = (row.status, row.condition, row.reason, row.basis, row.quotations)
        groups.setdefault(said, []).append(key)
    order = sorted(groups.values(), key=lambda keys: -STATUSES.index(found.alternatives[keys[0]]))
    for keys in order:
        row = asked.compliance[keys[0]]
        status = found.alternatives[keys[0]]
        yield Statement(
            alternatives=view.named(keys),
            status=OPEN if _is_open(found.state) and status == NOT_MET else status,
            condition=row.condition,
            reason=row.reason,
            basis=row.basis,
            quotations=view.quoted(row.quotations),
        )
