"""What a rendering of a saved report says about the report itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from decider.reports.models import DecisionRecord, RecordEntry, Report, Status


@dataclass(frozen=True, slots=True)
class Event:
    """One entry in the history of a decision; `day` in UTC, as 2026-03-07."""

    day: str
    status: str
    by: str
    why: str


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
    confirmation: str = ""
    review_on: str = ""
    supersedes: OtherRecord | None = None
    superseded_by: OtherRecord | None = None
    history: tuple[Event, ...] = ()

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


@dataclass(frozen=True, slots=True)
class ReportMetadata:
    """Where and when a report document was saved, and what was decided since.

    `reference` is what people call the report; `saved_at` an aware moment; `content_hash` the
    SHA-256 of the canonical JSON in hexadecimal; `address` the report's absolute address.
    """

    reference: str
    saved_at: datetime
    content_hash: str
    address: str
    decision: Decision | None = None

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
        return f"{self.saved_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def metadata_of(report: Report, *, address: str) -> ReportMetadata:
    """The metadata of a saved report with the present state of its record.

    `address` is the absolute address at which its editors find it.
    """
    return ReportMetadata(
        reference=str(report.record),
        saved_at=report.saved_at,
        content_hash=report.content_hash,
        address=address,
        decision=decision_of(report.record),
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
        confirmation=state.confirmation,
        review_on=f"{state.review_on:%Y-%m-%d}" if state.review_on else "",
        supersedes=_other(state.supersedes),
        superseded_by=_other(record.superseded_by),
        history=tuple(_event(entry) for entry in record.history),
    )


def _other(record: DecisionRecord | None) -> OtherRecord | None:
    if record is None:
        return None
    report = Report.objects.only("title").get(pk=record.report_id)
    return OtherRecord(str(record), report.title)


def _event(entry: RecordEntry) -> Event:
    return Event(day=day(entry.at), status=entry.status, by=entry.by, why=entry.why)


def day(moment: datetime) -> str:
    """The day of a moment, in UTC, as 2026-03-07."""
    return f"{moment.astimezone(UTC):%Y-%m-%d}"
