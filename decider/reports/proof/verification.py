"""Whether a file is what this server issued: by its bytes, or by the signatures in it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import QuerySet

from decider.engine.report.codec import canonical_json
from decider.reports.models import (
    ChainEntry,
    IssuedFile,
    RecordEntry,
    Report,
    Signature,
)
from decider.reports.models.record import numbered
from decider.reports.proof.alterations import (
    PARTS,
    RECORD_PART,
    Alteration,
    alterations,
    record_alterations,
)
from decider.reports.proof.checking import FileCheck, Keys, Proof, check_data, check_file
from decider.reports.proof.entries import MOST_ENTRIES, record_data
from decider.reports.proof.issued import issued_file
from decider.reports.proof.report_files import ReportFile
from decider.reports.proof.signing import public_keys
from decider.reports.services.reports import export_of


class Verdict(Enum):
    """What a file is, for the one who sent it.

    ISSUED: byte for byte what this server gave out. GENUINE: its data is ours, its form may not
    be. CONTRADICTED: what is kept here is not what was signed. NOT_KEPT: its signature is ours, and
    no such report is here, or it was erased. ALTERED: it comes from a report of ours and differs.
    FORGED: it doesn't fit its own signatures and hashes. FOREIGN: another key signed it. UNSIGNED:
    nobody did.
    """

    ISSUED = "issued"
    GENUINE = "genuine"
    CONTRADICTED = "contradicted"
    NOT_KEPT = "not kept"
    ALTERED = "altered"
    FORGED = "forged"
    FOREIGN = "foreign"
    UNSIGNED = "unsigned"


WITHOUT_REPORT = {
    Proof.GENUINE: Verdict.NOT_KEPT,
    Proof.ALTERED: Verdict.FORGED,
    Proof.UNKNOWN_KEY: Verdict.FOREIGN,
    Proof.UNSIGNED: Verdict.UNSIGNED,
}


@dataclass(frozen=True)
class Finding:
    """What is known of a file. `check` is what its signatures are worth, `report` the saved one
    that it comes from; `readable` says whether who asks may read that report. `shown` is the newest
    decision in its record, for files that this server gave out. `erased` is the report that
    a genuine file comes from, where it was erased."""

    verdict: Verdict
    file: ReportFile
    check: FileCheck
    report: Report | None = None
    readable: bool = False
    alterations: tuple[Alteration, ...] = ()
    shown: RecordEntry | None = None
    erased: Report | None = None

    @property
    def is_outdated(self) -> bool:
        """Whether the decision has changed since this file was made."""
        return bool(self.shown and self.report and self.shown != self.report.record.state)

    @property
    def later_entries(self) -> int:
        """How many entries of any kind were added to the record since an unaltered file."""
        if not (self.shown and self.report and self.check.record):
            return 0
        return self.report.record.chain.count() - len(self.check.record.entries)


def verify_file(*, file: ReportFile, browser: uuid.UUID | None) -> Finding:
    """What a file is, as far as this browser may know."""
    keys = public_keys()
    check = check_file(file, keys)
    report = _source(file, browser)
    if report is None or report.erased_at:
        erased = report if check.proof is Proof.GENUINE else None
        return Finding(WITHOUT_REPORT[check.proof], file, check, erased=erased)
    readable = _is_readable(report, browser)
    found = _alterations(file, report, readable=readable)
    if check.is_by_others and _is_of_another_server(file, report, found):
        return Finding(WITHOUT_REPORT[check.proof], file, check)
    issued = issued_file(report=report, content=file.content, keys=keys)
    return Finding(
        verdict=_verdict(
            check, file, found, issued, is_kept_altered=_is_kept_altered(check, report, keys)
        ),
        file=file,
        check=check,
        report=report,
        readable=readable,
        alterations=found,
        shown=_decision_shown(check, found, report, issued),
    )


def _alterations(file: ReportFile, report: Report, *, readable: bool) -> tuple[Alteration, ...]:
    """What differs between a file and what is kept of its report."""
    found: list[Alteration] = []
    if file.data:
        found += alterations(file.data, json.loads(export_of(report)), readable=readable)
    if file.record is not None:
        found += record_alterations(file.record, record_data(report.record), readable=readable)
    return tuple(found)


def _is_of_another_server(file: ReportFile, report: Report, found: tuple[Alteration, ...]) -> bool:
    """Whether just number and content are the same, as of the same example on two servers.

    Another server has signatures of its own, and saved at a moment of its own.
    """
    signature = file.data.get("signature")
    if isinstance(signature, dict) and signature.get("value") == report.signature.value:
        return False
    if _entries_kept(file).exists():
        return False
    own = {PARTS["signature",], PARTS["saved_at",]}
    of_record = {row.part for row in found if row.part.startswith(RECORD_PART)}
    return {row.part for row in found} - of_record <= own


def _decision_shown(
    check: FileCheck, found: tuple[Alteration, ...], report: Report, issued: IssuedFile | None
) -> RecordEntry | None:
    """The newest decision that an unaltered file shows; None for others.

    Older PDFs carry no record; for them, the moment counts at which they were given out.
    """
    if check.record and not found and check.proof is not Proof.ALTERED:
        last = len(check.record.entries)
        shown = RecordEntry.objects.filter(chained__record=report.record, chained__number__lte=last)
        return shown.order_by("number").last()
    if issued is None:
        return None
    entries = issued.report.record.history
    return [entries[0], *(entry for entry in entries if entry.at <= issued.issued_at)][-1]


def _verdict(
    check: FileCheck,
    file: ReportFile,
    found: tuple[Alteration, ...],
    issued: IssuedFile | None,
    *,
    is_kept_altered: bool,
) -> Verdict:
    if found:
        return Verdict.CONTRADICTED if check.proof is Proof.GENUINE else Verdict.ALTERED
    if check.proof is Proof.ALTERED:
        return Verdict.CONTRADICTED if is_kept_altered else Verdict.ALTERED
    is_issued = _is_given_out(check, file) if file.kind == "JSON" else issued is not None
    return Verdict.ISSUED if is_issued else Verdict.GENUINE


def _is_kept_altered(check: FileCheck, report: Report, keys: Keys) -> bool:
    """Whether it is what is kept that was altered, where a file doesn't differ from it."""
    kept = check_data(record_data(report.record), keys)
    return check.report is Proof.ALTERED or bool(kept.problems)


def _is_given_out(check: FileCheck, file: ReportFile) -> bool:
    """Whether JSON that says what is kept has the very bytes that this server gave out."""
    if check.record and check.record.proof is not Proof.GENUINE:
        return False
    data = file.data if file.record is None else file.record
    return file.content == canonical_json(data).encode()


def _entries_kept(file: ReportFile) -> QuerySet[ChainEntry]:
    """The signed entries here that stand in a file, too."""
    entries = file.record.get("entries") if file.record else None
    rows = entries if isinstance(entries, list) else []
    hashes = [row.get("hash") for row in rows[:MOST_ENTRIES] if isinstance(row, dict)]
    texts = [text for text in hashes if isinstance(text, str) and "\0" not in text]
    return ChainEntry.objects.filter(digest__in=texts)


def _source(file: ReportFile, browser: uuid.UUID | None) -> Report | None:
    """The saved report that a file comes from, if its sender shows to have had it.

    A number alone doesn't show that: numbers can be guessed, and what differs would tell a
    stranger what was saved. A signature or a hash can't be guessed.
    """
    signature = file.data.get("signature")
    value = signature.get("value") if isinstance(signature, dict) else None
    if isinstance(value, str) and "\0" not in value:
        made = Signature.objects.select_related("report").filter(value=value).first()
        if made:
            return made.report
    if entry := _entries_kept(file).select_related("record__report").first():
        return entry.record.report
    data = file.data or file.record or {}
    report = _numbered(data.get("record"))
    if report and (
        data.get("content_hash") == report.content_hash or _is_readable(report, browser)
    ):
        return report
    return None


def _numbered(reference: Any) -> Report | None:
    if not isinstance(reference, str):
        return None
    return Report.objects.filter(record__in=numbered(reference)).first()


def _is_readable(report: Report, browser: uuid.UUID | None) -> bool:
    return browser is not None and Report.objects.readable_by(browser).filter(pk=report.pk).exists()
