"""Freezing an assessment into a report, and the file that proves it."""

from __future__ import annotations

import uuid
from datetime import UTC
from typing import Any

from django.db.models import Max
from msgspec import UNSET, structs

from decider.assessments.models import Assessment, ChangeKind
from decider.assessments.services import document_of, lock_assessment
from decider.base.digests import sha256
from decider.base.durability import durable
from decider.engine.report.codec import canonical_json
from decider.engine.report.document import Document
from decider.presentation.brief import missing_answers
from decider.presentation.report import present_report
from decider.reports.models import Report, Signature
from decider.reports.proof.signing import ALGORITHM, sign
from decider.reports.services.history import add_to_history
from decider.reports.services.records import open_record
from decider.rounds.results import kept_part

EXPORT_FORMAT = "decider-export/1"


class TooEarly(Exception):
    """There are too few answers for a report to mean anything; the message says what is missing."""


def refuse_too_early(document: Document) -> None:
    """Raise TooEarly where the answers of a document are too few to rank anything by."""
    if missing := missing_answers(present_report(document)):
        raise TooEarly(missing)


@durable()
def freeze_report(*, assessment: Assessment, browser: uuid.UUID) -> Report:
    """Save the assessment as it stands, as the next report of its series.

    Raises Assessment.DoesNotExist where it was deleted in the meantime.
    """
    assessment = lock_assessment(assessment)
    return _freeze(assessment, _document_to_save(assessment), browser)


@durable()
def freeze_once(*, assessment: Assessment, browser: uuid.UUID) -> tuple[Report, bool]:
    """The newest report where it holds the assessment as it stands, else a new one; and whether
    it is new.

    A report about which something is recorded already is not taken again: saving again is how the
    same facts are decided again. Raises Assessment.DoesNotExist where the assessment was deleted in
    the meantime, and TooEarly where too little is answered.
    """
    assessment = lock_assessment(assessment)
    document = _document_to_save(assessment)
    refuse_too_early(document)
    newest = assessment.reports.order_by("number").last()
    same = newest and newest.content_hash == sha256(canonical_json(document))
    if newest and same and newest.record.entries.count() == 1:
        return newest, False
    return _freeze(assessment, document, browser), True


def _document_to_save(assessment: Assessment) -> Document:
    """The assessment as it stands, with the round of independent answers that was closed last."""
    document = document_of(assessment=assessment)
    return structs.replace(document, round=kept_part(assessment) or UNSET)


def _freeze(assessment: Assessment, document: Document, browser: uuid.UUID) -> Report:
    content = canonical_json(document)
    saved = Report.with_erased.filter(assessment=assessment)
    last = saved.aggregate(last=Max("number"))["last"] or 0
    report = Report.objects.create(
        assessment=assessment,
        number=last + 1,
        title=assessment.title,
        content=content,
        content_hash=sha256(content),
        method=document.method,
        recommendation=document.result.recommendation or "",
        certainty=document.result.wording.words,
        saved_by=browser,
    )
    record = open_record(report=report)
    add_to_history(assessment, record, browser, ChangeKind.REPORT)
    key, value = sign(signed_text(report))
    Signature.objects.create(report=report, key=key, value=value)
    return report


def export_of(report: Report) -> str:
    """The report as a file that proves itself: canonical JSON, the same for ever.

    Its signature is of the same JSON without the key `signature`.
    """
    made = report.signature
    signature = {"algorithm": ALGORITHM, "key": made.key, "value": made.value}
    return _export(report, signature=signature)


def signed_text(report: Report) -> str:
    """What is signed of a report: its export without the signature."""
    return _export(report)


def _export(report: Report, **more: Any) -> str:
    envelope = {
        "format": EXPORT_FORMAT,
        "record": str(report.record),
        "saved_at": f"{report.saved_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "content_hash": report.content_hash,
        "report": None,
        **more,
    }
    # The content is canonical already: put in as it is, it need not be read and written again.
    return canonical_json(envelope).replace('"report":null', f'"report":{report.content}', 1)
