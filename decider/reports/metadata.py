"""What a rendering of a saved report says about the report itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from decider.base.moments import day, minute_of, moment
from decider.reports.discussion import Topic
from decider.reports.models import DecisionRecord, RecordEntry, Report, Status

CHOICE: Final = "choice"
PARTS: Final = {
    "alternative": CHOICE,
    "reason": "reason",
    "supersedes_id": "what it supersedes",
    "deciders": "deciders",
    "consulted": "consulted",
    "informed": "informed",
    "consequences": "consequences",
    "risks": "risks",
    "costs": "costs",
    "confirmations": "conditions to confirm",
    "confirmation": "how it will be confirmed",
    "review_on": "review date",
}
"""The parts of an entry, apart from its status, by the words for them."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry in the history of a decision.

    `at` is its moment in UTC, as 2026-03-07T14:05:09Z; `changed` names the parts that it changed,
    apart from the status; `alternative` is the key of the alternative that was chosen then, for
    this `reason`.
    """

    at: str
    status: str
    by: str
    why: str
    alternative: str = ""
    reason: str = ""
    changed: tuple[str, ...] = ()

    @property
    def day(self) -> str:
        """The day, in UTC, as 2026-03-07."""
        return self.at[:10]

    @property
    def minute(self) -> str:
        """The minute, as 2026-03-07 14:05 UTC."""
        return minute_of(self.at)


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk of a decision; `severity` is low, medium, high or empty, and `owner` may be empty."""

    text: str
    severity: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A condition of the chosen alternative, who confirms it and by which day, if that is said."""

    requirement: str
    condition: str
    who: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class NamedSignOff:
    """What somebody says to a decision: their `position` in a word or three, for this `reason`.

    `at` is the moment in UTC, as 2026-03-07T14:05:09Z. `by_link` says that the name came by a share
    link, `is_current` that they said nothing else since.
    """

    at: str
    by: str
    position: str
    reason: str
    by_link: bool
    is_current: bool

    @property
    def minute(self) -> str:
        """The minute, as 2026-03-07 14:05 UTC."""
        return minute_of(self.at)

    @property
    def name(self) -> str:
        """The name as readers see it, with where it came from."""
        return f"{self.by} (by share link)" if self.by_link else self.by


@dataclass(frozen=True, slots=True)
class OtherRecord:
    """Another decision record: its number, and the title of its report."""

    reference: str
    title: str

    def __str__(self) -> str:
        return self.reference


@dataclass(frozen=True, slots=True)
class Decision:
    """What the team decided on the strength of a report.

    `status` is one of MADR's words; `alternative` the key of the chosen alternative, or empty;
    `day` and `review_on` are days as 2026-03-07; each of the texts may be empty.
    """

    status: str
    day: str
    alternative: str = ""
    reason: str = ""
    deciders: str = ""
    consulted: str = ""
    informed: str = ""
    consequences: str = ""
    risks: tuple[Risk, ...] = ()
    costs: str = ""
    confirmations: tuple[Confirmation, ...] = ()
    confirmation: str = ""
    review_on: str = ""
    supersedes: OtherRecord | None = None
    superseded_by: OtherRecord | None = None
    history: tuple[Event, ...] = ()
    sign_offs: tuple[NamedSignOff, ...] = ()

    @property
    def is_decided(self) -> bool:
        """Whether it was ever accepted; if not it is, or was, a proposal."""
        statuses = {self.status, *(event.status for event in self.history)}
        return Status.ACCEPTED in statuses

    @property
    def would_supersede(self) -> bool:
        """Whether it superseded another, or will once it is accepted."""
        return self.supersedes is not None and (self.is_decided or self.status == Status.PROPOSED)

    @property
    def status_change(self) -> Event:
        """The event that led to the present status; what came after it changed only details."""
        for before, event in reversed(list(pairwise(self.history))):
            if event.status != before.status:
                return event
        return self.history[0] if self.history else Event(self.day, self.status, "", "")

    @property
    def entry(self) -> int:
        """The number of the newest entry; 1 is the one with which a record is opened."""
        return max(1, len(self.history))


@dataclass(frozen=True, slots=True)
class ReportMetadata:
    """Where and when a report document was saved, and what was decided since.

    `reference` is what people call the report; `saved_at` an aware moment; `content_hash` the
    SHA-256 of the canonical JSON in hexadecimal; `address` the report's absolute address;
    `discussion` what was said about it, for whoever may read that.
    """

    reference: str
    saved_at: datetime
    content_hash: str
    address: str
    decision: Decision | None = None
    discussion: tuple[Topic, ...] = ()

    @property
    def check_code(self) -> str:
        """The first twelve digits of the content hash, printed on every page."""
        return self.content_hash[:12]

    @property
    def saved_date(self) -> str:
        """The day, in UTC, as 2026-03-07."""
        return day(self.saved_at)

    @property
    def saved_moment(self) -> str:
        """The second, in UTC, as 2026-03-07T14:05:09Z."""
        return moment(self.saved_at)

    @property
    def changed_moment(self) -> str:
        """The second of the newest entry of the record, in UTC; of saving where there is none."""
        history = self.decision.history if self.decision else ()
        return history[-1].at if history else self.saved_moment


def metadata_of(
    report: Report, *, address: str, discussion: tuple[Topic, ...] = ()
) -> ReportMetadata:
    """The metadata of a saved report with the present state of its record.

    `address` is the absolute address at which its readers find it.
    """
    return ReportMetadata(
        reference=str(report.record),
        saved_at=report.saved_at,
        content_hash=report.content_hash,
        address=address,
        decision=decision_of(report.record),
        discussion=discussion,
    )


def decision_of(record: DecisionRecord) -> Decision:
    """The present state of a record, and how it came to be."""
    state = record.state
    return Decision(
        status=state.status,
        day=day(state.at),
        alternative=state.alternative,
        reason=state.reason,
        deciders=state.deciders,
        consulted=state.consulted,
        informed=state.informed,
        consequences=state.consequences,
        risks=tuple(Risk(**row) for row in state.risks),
        costs=state.costs,
        confirmations=tuple(Confirmation(**row) for row in state.confirmations),
        confirmation=state.confirmation,
        review_on=f"{state.review_on:%Y-%m-%d}" if state.review_on else "",
        supersedes=_other(state.supersedes),
        superseded_by=_other(record.superseded_by),
        history=events_of(record),
        sign_offs=sign_offs_of(record),
    )


def sign_offs_of(record: DecisionRecord) -> tuple[NamedSignOff, ...]:
    """What people said to a decision, the oldest first; of each person the last counts."""
    rows = list(record.sign_offs.order_by("pk"))
    last = {row.signer: row.pk for row in rows}
    return tuple(
        NamedSignOff(
            at=moment(row.at),
            by=row.by,
            position=row.get_position_display(),
            reason=row.reason,
            by_link=row.by_link,
            is_current=last[row.signer] == row.pk,
        )
        for row in rows
    )


def _other(record: DecisionRecord | None) -> OtherRecord | None:
    if record is None:
        return None
    report = Report.with_erased.only("title").get(pk=record.report_id)
    return OtherRecord(str(record), report.title)


def events_of(record: DecisionRecord) -> tuple[Event, ...]:
    """The history of a record, the oldest entry first."""
    befores = [None, *record.history]
    return tuple(_event(*pair) for pair in zip(befores, record.history, strict=False))


def _event(before: RecordEntry | None, entry: RecordEntry) -> Event:
    return Event(
        at=moment(entry.at),
        status=entry.status,
        by=entry.by,
        why=entry.why,
        alternative=entry.alternative,
        reason=entry.reason,
        changed=_changed(before, entry) if before else (),
    )


def _changed(before: RecordEntry, entry: RecordEntry) -> tuple[str, ...]:
    """The names of the parts in which an entry differs from the one before."""
    return tuple(
        label for name, label in PARTS.items() if getattr(before, name) != getattr(entry, name)
    )
