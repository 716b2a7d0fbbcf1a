"""Decision records: opened with each report, and added to, never changed."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from decider.models import DecisionRecord, RecordEntry, Report, Status


class StaleRecord(Exception):
    """Somebody added to the record in the meantime."""


def open_record(*, report: Report) -> DecisionRecord:
    """Give a report the next number, as a proposal.

    Two reports saved at the same moment may reach for one number: the second tries the next.
    """
    year = timezone.localdate(report.saved_at).year
    while True:
        last = DecisionRecord.objects.aggregate(last=Max("serial"))["last"]
        try:
            with transaction.atomic():
                record = DecisionRecord.objects.create(
                    report=report, year=year, serial=(last or 0) + 1
                )
            break
        except IntegrityError:
            continue
    RecordEntry.objects.create(record=record, number=1, at=report.saved_at, status=Status.PROPOSED)
    return record


@transaction.atomic
def add_entry(*, record: DecisionRecord, revision: int, **state: Any) -> RecordEntry:
    """Add an entry to a record whose newest entry was `revision` when its form was opened.

    Once the decision is accepted, a record named in `supersedes` gets an entry too, which says
    what superseded it. Raises StaleRecord where somebody was faster.
    """
    entry = RecordEntry(record=record, number=revision + 1, **state)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        raise StaleRecord from error
    if entry.supersedes and entry.status == Status.ACCEPTED:
        _supersede(entry.supersedes, entry)
    return entry


def _supersede(old: DecisionRecord, entry: RecordEntry) -> None:
    """Close an older record: its last state stands, with a new status."""
    last = old.state
    if last.status == Status.SUPERSEDED:
        return
    kept = ("alternative", "reason", "deciders", "consulted", "informed", "consequences")
    RecordEntry.objects.create(
        record=old,
        number=last.number + 1,
        by=entry.by,
        why=f"Superseded by {entry.record}.",
        status=Status.SUPERSEDED,
        confirmation=last.confirmation,
        supersedes=last.supersedes,
        **{name: getattr(last, name) for name in kept},
    )


def supersedable(record: DecisionRecord) -> QuerySet[DecisionRecord]:
    """Older records of the same assessment that nothing else has superseded."""
    gone = RecordEntry.objects.filter(record=OuterRef("pk"), status=Status.SUPERSEDED)
    older = DecisionRecord.objects.filter(
        report__assessment__isnull=False,
        report__assessment=record.report.assessment_id,
        report__number__lt=record.report.number,
    )
    return older.filter(~Exists(gone) | Q(pk=record.state.supersedes_id))
