"""Decision records: opened with each report, and added to, never changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from decider.assessments.models import Assessment, ChangeKind
from decider.base.durability import durable
from decider.reports.models import DecisionRecord, RecordEntry, Report, Status
from decider.reports.proof.entries import MOST_ENTRIES
from decider.reports.services.chain import RecordFull, save_signed
from decider.reports.services.history import add_to_history

MOST_ATTEMPTS = 50
"""How often a new record reaches for a number: each failure means that another one got it."""

FULL = "This record can’t get any longer. Save the report again, and record the decision there."


class StaleRecord(Exception):
    """Somebody added to the record in the meantime."""


class RecordRefused(ValueError):
    """An entry that can't follow what is recorded; `field` is the part of it that can't."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def open_record(*, report: Report) -> DecisionRecord:
    """Give a report the next number, as a proposal."""
    record = _take_number(report)
    save_signed(RecordEntry(record=record, number=1, at=report.saved_at, status=Status.PROPOSED))
    return record


def _take_number(report: Report, attempts: int = MOST_ATTEMPTS) -> DecisionRecord:
    """A record with the next number.

    Two reports saved at the same moment may reach for one number: the second waits for the first
    and tries the next. Raises IntegrityError for anything else that the database refuses, and
    where others are faster at every attempt.
    """
    last = DecisionRecord.objects.aggregate(last=Max("serial"))["last"]
    year = timezone.localdate(report.saved_at).year
    record = DecisionRecord(report=report, year=year, serial=(last or 0) + 1)
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError:
        is_taken = DecisionRecord.objects.filter(serial=record.serial).exists()
        if attempts > 1 and is_taken:
            return _take_number(report, attempts - 1)
        raise
    return record


@durable()
def add_entry(
    *, record: DecisionRecord, revision: int, actor: uuid.UUID | None = None, **state: Any
) -> RecordEntry:
    """Add an entry to a record whose newest entry was `revision` when its form was opened.

    The entry is signed and chained to the one before. Once the decision is accepted, a record named
    in `supersedes` gets an entry too, which says what superseded it. Raises StaleRecord where
    somebody was faster, RecordRefused where the entry can't follow what is recorded.
    """
    assessment = lock_record(record)
    last = _newest(record)
    if revision != last.number:
        raise StaleRecord
    entry = RecordEntry(record=record, number=revision + 1, **state)
    if entry.status not in Status(last.status).following:
        message = f"A record that is {last.status} can’t become {entry.status}."
        raise RecordRefused("status", message)
    supersedes = _superseded_now(last, entry)
    try:
        with transaction.atomic():
            # One more is left to say what superseded it.
            save_signed(entry, most=MOST_ENTRIES - 1)
    except RecordFull:
        raise RecordRefused("status", FULL) from None
    except IntegrityError:
        # The lock keeps others out; should it fail, the chain refuses to fork.
        raise StaleRecord from None
    if supersedes:
        _supersede(supersedes, entry)
    kind = ChangeKind.RECORD
    add_to_history(assessment, record, actor, kind, entry=entry.number, status=entry.status)
    return entry


def lock_record(record: DecisionRecord) -> Assessment | None:
    """Keep other writers from this record and from those that it may supersede; its assessment.

    The assessment is locked first, as by everybody else, if there still is one.
    """
    reported = Assessment.objects.filter(reports__record=record)
    assessment = reported.select_for_update(of=("self",)).first()
    DecisionRecord.objects.select_for_update().get(pk=record.pk)
    return assessment


def _newest(record: DecisionRecord) -> RecordEntry:
    """The newest entry, as it is in the database now."""
    return record.entries.order_by("number").reverse()[0]


def _superseded_now(last: RecordEntry, entry: RecordEntry) -> DecisionRecord | None:
    """The record that this entry supersedes, if it is the one that does."""
    old = entry.supersedes
    settled = last.is_settled or entry.status == Status.DEPRECATED
    if settled and old != last.supersedes:
        raise RecordRefused("supersedes", "What it supersedes can no longer change.")
    if old is None or entry.status != Status.ACCEPTED:
        return None
    current = DecisionRecord.objects.select_related("report").defer("report__content")
    old = current.get(pk=old.pk)
    successor = old.superseded_by
    if successor and successor != entry.record:
        message = f"{old} has been superseded by {successor} already: choose {successor} or none."
        raise RecordRefused("supersedes", message)
    is_closed = successor or old.report.erased_at
    return None if is_closed else old


def _supersede(old: DecisionRecord, entry: RecordEntry) -> None:
    """Close an older record: its last state stands, with a new status."""
    last = _newest(old)
    kept = (
        *("alternative", "reason", "deciders", "consulted", "informed"),
        *("consequences", "risks", "costs", "confirmations"),
    )
    save_signed(
        RecordEntry(
            record=old,
            number=last.number + 1,
            by=entry.by,
            why=f"Superseded by {entry.record}.",
            status=Status.SUPERSEDED,
            confirmation=last.confirmation,
            supersedes=last.supersedes,
            **{name: getattr(last, name) for name in kept},
        )
    )


def supersedable(record: DecisionRecord) -> QuerySet[DecisionRecord]:
    """Older records of the same assessment that nothing else has superseded, and not erased.

    Once that is settled, it is the one that was superseded, if any.
    """
    gone = RecordEntry.objects.filter(record=OuterRef("pk"), status=Status.SUPERSEDED)
    mine = Q(pk=record.state.supersedes_id)
    older = DecisionRecord.objects.filter(
        report__assessment__isnull=False,
        report__assessment=record.report.assessment_id,
        report__number__lt=record.report.number,
    )
    free = ~Exists(gone) & Q(report__erased_at=None)
    return older.filter(mine if record.state.is_settled else free | mine)
