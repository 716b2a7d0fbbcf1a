"""Whether a file is what this server issued: by its bytes, or by the signature in it."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from decider.engine.report.codec import canonical_json
from decider.reports.models import DecisionRecord, IssuedFile, RecordEntry, Report, Signature
from decider.reports.proof.alterations import PARTS, Alteration, alterations
from decider.reports.proof.report_files import ReportFile
from decider.reports.proof.signing import ALGORITHM, is_signed, public_keys
from decider.reports.services.reports import export_of

REFERENCE = re.compile(r"DR-([0-9]{4})-([0-9]{4,9})")


class Proof(Enum):
    """What the signature in a file is worth."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown key"
    UNSIGNED = "unsigned"


class Verdict(Enum):
    """What a file is, for the one who sent it.

    ISSUED: byte for byte what this server gave out. GENUINE: its data is ours, its form may not
    be. CONTRADICTED: its signature is ours, and the report kept here differs. NOT_KEPT: its
    signature is ours, and no such report is here. ALTERED: it comes from a report of ours and
    differs. FORGED: it names a key of ours that didn't sign it. FOREIGN: another key signed it.
    UNSIGNED: nobody did.
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
    """What is known of a file. `report` is the saved one that it comes from; `readable` says
    whether who asks may read that report. `shown` is the entry of the record that an issued PDF
    shows as the newest."""

    verdict: Verdict
    file: ReportFile
    report: Report | None = None
    readable: bool = False
    alterations: tuple[Alteration, ...] = ()
    shown: RecordEntry | None = None

    @property
    def is_outdated(self) -> bool:
        """Whether the record has changed since this PDF was printed."""
        return bool(self.shown and self.report and self.shown != self.report.record.state)


def remember_issued(*, report: Report, content: bytes) -> None:
    """Remember a PDF that is given out, to know it again."""
    IssuedFile.objects.get_or_create(digest=_digest(content), defaults={"report": report})


def verify_signature(data: Mapping[str, Any], keys: Mapping[str, Ed25519PublicKey]) -> Proof:
    """What the signature of an export is worth to someone who trusts these keys."""
    signature = data.get("signature")
    if not isinstance(signature, dict) or not isinstance(signature.get("value"), str):
        return Proof.UNSIGNED
    key_id = signature.get("key")
    key = keys.get(key_id) if isinstance(key_id, str) else None
    if key is None:
        return Proof.UNKNOWN_KEY
    signed = canonical_json({name: part for name, part in data.items() if name != "signature"})
    ours = {"algorithm": ALGORITHM, "key": key_id, "value": signature["value"]}
    if signature == ours and is_signed(signed, signature["value"], key):
        return Proof.GENUINE
    return Proof.ALTERED


def verify_file(*, file: ReportFile, browser: uuid.UUID | None) -> Finding:
    """What a file is, as far as this browser may know."""
    proof = verify_signature(file.data, public_keys())
    report = _source(file.data, browser)
    if report is None:
        return Finding(WITHOUT_REPORT[proof], file)
    saved, readable = export_of(report), _is_readable(report, browser)
    found = tuple(alterations(file.data, json.loads(saved), readable=readable))
    if proof is Proof.UNKNOWN_KEY and _is_of_another_server(file, json.loads(saved), found):
        return Finding(Verdict.FOREIGN, file)
    issued = IssuedFile.objects.filter(digest=_digest(file.content), report=report).first()
    return Finding(
        verdict=_verdict(proof, file, saved, issued),
        file=file,
        report=report,
        readable=readable,
        alterations=found,
        shown=_entry_shown(issued) if issued else None,
    )


def _is_of_another_server(
    file: ReportFile, saved: Mapping[str, Any], found: tuple[Alteration, ...]
) -> bool:
    """Whether just number and content are the same, as of the same example on two servers.

    Another server has a signature of its own, and saved at a moment of its own.
    """
    parts = {alteration.part for alteration in found}
    own_signature = file.data["signature"]["value"] != saved["signature"]["value"]
    return own_signature and parts <= {PARTS["signature",], PARTS["saved_at",]}


def _entry_shown(issued: IssuedFile) -> RecordEntry:
    """The entry of its record that was the newest when a PDF was given out."""
    entries = issued.report.record.history
    return [entries[0], *(entry for entry in entries if entry.at <= issued.issued_at)][-1]


def _verdict(proof: Proof, file: ReportFile, saved: str, issued: IssuedFile | None) -> Verdict:
    if canonical_json(file.data) != saved:
        return Verdict.CONTRADICTED if proof is Proof.GENUINE else Verdict.ALTERED
    is_issued = file.content == saved.encode() if file.kind == "JSON" else issued is not None
    return Verdict.ISSUED if is_issued else Verdict.GENUINE


def _source(data: Mapping[str, Any], browser: uuid.UUID | None) -> Report | None:
    """The saved report that an export comes from, if its sender shows to have had it.

    A number alone doesn't show that: numbers can be guessed, and what differs would tell a
    stranger what was saved. A signature or a content hash can't be guessed.
    """
    signature = data.get("signature")
    value = signature.get("value") if isinstance(signature, dict) else None
    if isinstance(value, str) and "\0" not in value:
        made = Signature.objects.select_related("report").filter(value=value).first()
        if made:
            return made.report
    report = _numbered(data.get("record"))
    if report and (
        data.get("content_hash") == report.content_hash or _is_readable(report, browser)
    ):
        return report
    return None


def _numbered(reference: Any) -> Report | None:
    match = REFERENCE.fullmatch(reference) if isinstance(reference, str) else None
    if match is None:
        return None
    record = DecisionRecord.objects.filter(year=int(match[1]), serial=int(match[2]))
    return Report.objects.filter(record__in=record).first()


def _is_readable(report: Report, browser: uuid.UUID | None) -> bool:
    return browser is not None and Report.objects.readable_by(browser).filter(pk=report.pk).exists()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
