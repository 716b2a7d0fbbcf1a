"""Whole reports that are erased: what they said goes, and what proves them stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from decider.base.durability import durable
from decider.reports.models import (
    ChainEntry,
    DecisionRecord,
    ImportedReport,
    RecordEntry,
    Report,
    SignOff,
    Tombstone,
)
from decider.reports.proof.audit import problems_of
from decider.reports.proof.signing import public_keys, sign
from decider.reports.proof.tombstones import tombstone_text
from decider.reports.services.chain import sign_later
from decider.reports.services.erasure import forget_pdfs
from decider.reports.services.records import lock_record

ERASED_REPORT: Final = "(report erased)"
"""Stands in place of the title."""
WITHOUT_WORDS: Final[dict[str, Any]] = {
    **dict.fromkeys(("by", "why", "alternative", "reason", "deciders", "consulted"), ""),
    **dict.fromkeys(("informed", "consequences", "costs", "confirmation"), ""),
    "risks": [],
    "confirmations": [],
    "review_on": None,
}
"""What stays of an entry is its number, its moment, its status and what it supersedes."""


class CanNotErase(Exception):
    """A report that can't be erased; the message says why."""


@durable()
def erase_report(*, record: DecisionRecord) -> None:
    """Erase a report and what its record says; number, hashes and the chain stay proven.

    Its comments and share links end, and PDFs that name it are no longer kept. Raises CanNotErase
    where it was erased already, or where what is kept is not what was signed: the tombstone would
    vouch for it.
    """
    lock_record(record)
    sign_later(record)
    record = DecisionRecord.objects.select_related("report").get(pk=record.pk)
    _refuse(record)
    at = timezone.now()
    _set_tombstone(record, at)
    _remove_words(record)
    # Rows never change but for this, so their own managers refuse it.
    QuerySet(Report).filter(pk=record.report_id).update(
        title=ERASED_REPORT, content="", recommendation="", certainty="", erased_at=at
    )
    forget_pdfs(set(_naming(record)))


def _refuse(record: DecisionRecord) -> None:
    if record.report.erased_at:
        raise CanNotErase(f"{record} was erased already, on {record.report.erased_at:%Y-%m-%d}.")
    if problems := list(problems_of(record, public_keys())):
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise CanNotErase(f"What is kept of {record} is not what was signed:\n{listed}")


def _set_tombstone(record: DecisionRecord, at: datetime) -> None:
    body = tombstone_text(record, record.chain.order_by("number"), at)
    key, signature = sign(body)
    Tombstone.objects.create(record=record, body=body, key=key, signature=signature)


def _remove_words(record: DecisionRecord) -> None:
    """Remove what people wrote about a report, in its record, in comments and for links."""
    QuerySet(SignOff).filter(record=record).delete()
    QuerySet(RecordEntry).filter(record=record).update(**WITHOUT_WORDS)
    QuerySet(ChainEntry).filter(record=record).update(body="", salts={})
    for rows in (record.report.comments, record.report.flags, record.report.share_links):
        rows.all().delete()
    imported = ImportedReport.objects.filter(record=str(record), genuine=True)
    imported.update(history=[])


def _naming(record: DecisionRecord) -> Iterator[str]:
    """The numbers of the records whose PDFs name this one: itself, what it superseded, and what
    superseded it."""
    others = Q(entries__supersedes=record) | Q(superseding__record=record)
    for named in DecisionRecord.objects.filter(others | Q(pk=record.pk)).distinct():
        yield str(named)
