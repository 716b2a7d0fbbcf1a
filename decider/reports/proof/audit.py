"""Whether everything that is kept is what was signed: a look at each row, few of them at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from django.db.models import Prefetch

from decider.base.digests import sha256
from decider.reports.models import ChainEntry, DecisionRecord, IssuedFile, Report, SignedPdf
from decider.reports.proof.checking import Keys, Proof, check_data, read_body
from decider.reports.proof.entries import (
    erased_in,
    instant,
    names_of,
    record_data,
    row_of,
    statement_of,
)
from decider.reports.proof.issued import is_issued, is_kept
from decider.reports.proof.signing import is_signed
from decider.reports.proof.tombstones import tombstone_problems
from decider.reports.services.reports import signed_text

RECORDS: Final = 20
"""How many records are in memory at once, each with a report of some 100 kB."""
PDFS: Final = 5
FILES: Final = 2000
BY_UNKNOWN_KEY: Final = "It is signed with a key that is none of the public keys of this server."


@dataclass(frozen=True)
class Problem:
    """Something that is not what was signed: of what, and a sentence."""

    of: str
    what: str

    def __str__(self) -> str:
        return f"{self.of}: {self.what}"


class _Wording(msgspec.Struct):
    words: str


class _Result(msgspec.Struct):
    wording: _Wording
    recommendation: str | None = None


class _Document(msgspec.Struct):
    """What of a report document stands in columns of its row, too."""

    title: str
    method: str
    result: _Result


def audit(keys: Keys) -> Iterator[Problem]:
    """Everything that is kept and is not what one of these keys signed."""
    expected = 1
    for record in _records().iterator(chunk_size=RECORDS):
        for serial in range(expected, record.serial):
            yield Problem(f"Record number {serial}", "It is missing.")
        expected = record.serial + 1
        for what in problems_of(record, keys):
            yield Problem(str(record), what)
        # Rows that refer to each other stay in memory for a while: without the report they may.
        del record.report.content
    for pk in Report.with_erased.filter(record=None).values_list("pk", flat=True):
        yield Problem(f"Report {pk}", "Its decision record is missing.")
    yield from _of_files(keys)


def problems_of(record: DecisionRecord, keys: Keys) -> Iterator[str]:
    """What of a record and its report is not what one of these keys signed."""
    if record.report.erased_at:
        yield from tombstone_problems(record, list(record.chain.order_by("number")), keys)
        return
    yield from _of_report(record.report, keys)
    yield from _of_record(record, keys)


def _records() -> Any:
    links = ChainEntry.objects.order_by("number").select_related(
        "decision__record", "decision__supersedes", "sign_off__record"
    )
    return (
        DecisionRecord.objects.order_by("serial")
        .select_related("report__signature")
        .prefetch_related(Prefetch("chain", links), "entries")
    )


def _of_report(report: Report, keys: Keys) -> Iterator[str]:
    if sha256(report.content) != report.content_hash:
        yield "The report was changed: its hash does not fit."
    made = getattr(report, "signature", None)
    key = keys.get(made.key) if made else None
    if made is None:
        yield "The signature of the report is missing."
    elif key is None:
        yield f"Report: {BY_UNKNOWN_KEY}"
    elif not is_signed(signed_text(report), made.value, key):
        yield "The signature does not fit the report: report, number or moment were changed."
    if _columns(report) != _shown(report):
        yield "Title, method, recommendation or certainty in lists are not those of the report."


def _columns(report: Report) -> tuple[str, ...]:
    return report.title, report.method, report.recommendation, report.certainty


def _shown(report: Report) -> tuple[str, ...] | None:
    """What the columns should hold; None where the report can't be read."""
    try:
        found = msgspec.json.decode(report.content, type=_Document)
    except msgspec.DecodeError:
        return None
    result = found.result
    return found.title, found.method, result.recommendation or "", result.wording.words


def _of_record(record: DecisionRecord, keys: Keys) -> Iterator[str]:
    chain = list(record.chain.all())
    check = check_data(record_data(record, chain), keys)
    yield from check.problems
    if check.proof is Proof.UNKNOWN_KEY:
        yield f"Decision record: {BY_UNKNOWN_KEY}"
    for place, link in enumerate(chain, start=1):
        yield from (f"Entry {place}: {what}" for what in _of_link(record, link, place))
    for entry in record.entries.all():
        if entry.chained_id is None:
            yield f"Entry {entry.number} of the history is not signed."


def _of_link(record: DecisionRecord, link: ChainEntry, place: int) -> Iterator[str]:
    """What of a signed entry is not so in the row that it is about."""
    body = read_body(link.body)
    if body is None:
        return  # that was found already
    if sha256(link.body) != link.digest or (link.number, link.previous) != (place, body.previous):
        yield "the columns beside what was signed do not fit it."
    row = row_of(link)
    if row is None:
        yield "what it says is missing from the history."
        return
    said = statement_of(row)
    signed = body.record, body.kind, body.at, body.content
    if (said.record, said.kind, instant(said.at), said.content) != signed or row.record != record:
        yield "the row in the history does not say what was signed."
    unsigned = names_of(row).keys() - link.salts.keys()
    for path in sorted(unsigned | (erased_in(row) - body.personal.keys())):
        yield f"the name in “{path}” was never signed."


def _of_files(keys: Keys) -> Iterator[Problem]:
    for file in IssuedFile.objects.order_by("pk").iterator(FILES):
        if not is_issued(file, keys):
            what = "This server never signed that it was given out."
            yield Problem(f"PDF with the SHA-256 {file.digest}", what)
    for pdf in SignedPdf.objects.order_by("pk").iterator(PDFS):
        if not is_kept(pdf, keys):
            yield Problem(f"Kept PDF {pdf.key}", "It is not what was signed when it was kept.")
