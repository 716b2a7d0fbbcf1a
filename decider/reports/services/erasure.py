"""Names of people in decision records: found, and erased so that everything else stays proven."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.core.cache import caches
from django.db.models import QuerySet

from decider.base.durability import durable
from decider.reports.models import ChainEntry, ImportedReport, RecordEntry, SignedPdf, SignOff
from decider.reports.models.record import ERASED
from decider.reports.proof.entries import Row, names_of

ROWS = 200
PDFS = 5


@dataclass(frozen=True)
class NamedIn:
    """A field of a decision that names somebody: of which record and entry, its path and text."""

    record: str
    entry: int
    path: str
    text: str


def named_in(name: str) -> list[NamedIn]:
    """Every field of a decision that has this name as a whole, in capitals or not."""
    return [
        NamedIn(str(entry.record), entry.number, path, names_of(entry)[path])
        for entry, paths in _entries_naming(name)
        for path in paths
    ]


@durable()
def erase_name(name: str) -> int:
    """Erase every field that has this name, and how many they were.

    Hashes and signatures stay good: of names, only salted hashes are signed, and the salts go too.
    Kept PDFs of these records go with them, as they show the names; they are printed again when
    asked for.
    """
    erased, records = 0, set()
    for entry, paths in list(_entries_naming(name)):
        _erase(entry, paths)
        erased += len(paths)
        records.add(str(entry.record))
    forget_pdfs(records)
    return erased + _erase_in_imports(name)


def forget_pdfs(records: set[str]) -> None:
    """Remove the kept PDFs of these records, and all that can be printed again.

    A PDF has the number of its record in its metadata, which are not compressed.
    """
    if not records:
        return
    marks = [record.encode() for record in records]
    for pdf in SignedPdf.objects.order_by("pk").iterator(PDFS):
        if any(mark in bytes(pdf.content) for mark in marks):
            # Rows never change but for this, so their own managers refuse it.
            QuerySet(SignedPdf).filter(pk=pdf.pk).delete()
    caches["pdf"].clear()


def _entries_naming(name: str) -> Iterator[tuple[Row, list[str]]]:
    """The decisions and sign-offs that name somebody, with the paths of the fields that do."""
    is_named = _pattern(name)
    entries = RecordEntry.objects.select_related("record", "chained").order_by("record", "number")
    sign_offs = SignOff.objects.select_related("record", "chained").order_by("record", "pk")
    rows: Iterator[Row] = chain(entries.iterator(ROWS), sign_offs.iterator(ROWS))
    for entry in rows:
        paths = [path for path, text in names_of(entry).items() if is_named.search(text)]
        if paths:
            yield entry, paths


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _erase(entry: Row, paths: list[str]) -> None:
    changed = {path.partition("/")[0] for path in paths}
    for path in paths:
        part, _, rest = path.partition("/")
        if rest:
            place, key = rest.split("/")
            getattr(entry, part)[int(place)][key] = ERASED
        else:
            setattr(entry, part, ERASED)
    values = {field: getattr(entry, field) for field in changed}
    QuerySet(type(entry)).filter(pk=entry.pk).update(**values)
    if link := entry.chained:
        salts = {path: salt for path, salt in link.salts.items() if path not in paths}
        QuerySet(ChainEntry).filter(pk=link.pk).update(salts=salts)


def _erase_in_imports(name: str) -> int:
    """Erase the name in records that came with imported reports; how many fields they were."""
    is_named, erased = _pattern(name), 0
    for imported in list(ImportedReport.objects.exclude(history=[])):
        before = sum(len(sent["personal"]) for sent in imported.history)
        for sent in imported.history:
            sent["personal"] = {
                path: kept
                for path, kept in sent["personal"].items()
                if not is_named.search(kept["value"])
            }
        gone = before - sum(len(sent["personal"]) for sent in imported.history)
        if gone:
            imported.save(update_fields=["history"])
        erased += gone
    return erased
