"""Adding to the chain of a record: what is added is signed and bound to what was there before."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from decider.base.durability import durable
from decider.reports.models import ChainEntry, DecisionRecord, RecordEntry
from decider.reports.proof.entries import MOST_ENTRIES, Statement, signed_fields, statement_of


class RecordFull(Exception):
    """A record has as many entries as it can have."""


def add_to_chain(
    *, record: DecisionRecord, statement: Statement, most: int = MOST_ENTRIES
) -> ChainEntry:
    """Sign an entry of any kind and chain it to the newest of the record.

    The record must be locked. The database refuses a second entry after the same one. Raises
    RecordFull where the record would have more than `most` entries.
    """
    last = record.chain.order_by("number").last()
    number, previous = (last.number + 1, last.digest) if last else (1, record.report.content_hash)
    if number > most:
        raise RecordFull
    fields = signed_fields(statement, number=number, previous=previous)
    return ChainEntry.objects.create(record=record, **fields)


def save_signed(entry: RecordEntry, most: int = MOST_ENTRIES) -> None:
    """Save the next decision of a record and sign it, as `add_to_chain` does."""
    sign_later(entry.record)
    statement = statement_of(entry)
    entry.chained = add_to_chain(record=entry.record, statement=statement, most=most)
    entry.save(force_insert=True)


def sign_later(record: DecisionRecord) -> None:
    """Sign the decisions that an older version saved without signature while this one ran.

    The record must be locked. What is signed says when that was.
    """
    for entry in record.entries.filter(chained=None).order_by("number"):
        statement = statement_of(entry, signed_at=timezone.now())
        link = add_to_chain(record=record, statement=statement)
        # Rows of entries never change, but this column says nothing of the decision.
        QuerySet(RecordEntry).filter(pk=entry.pk).update(chained=link)


def sign_unsigned(record: DecisionRecord) -> DecisionRecord:
    """The record, in which what was not signed yet is signed now."""
    if record.entries.filter(chained=None).exists():
        with durable():
            sign_later(DecisionRecord.objects.select_for_update().get(pk=record.pk))
    return record
