"""Erasing the name of a person from decision records.

What was signed holds only hashes of names. Where a name and its salt are gone nobody can find it
again, while number, hashes, signatures and chain stay valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from decider.base.durability import durable
from decider.reports.models import ChainEntry, ImportedReport, RecordEntry
from decider.reports.models.record import ERASED
from decider.reports.proof.entries import names_of

BATCH: Final = 500
SEPARATOR: Final = re.compile(r"[,;/&\n]|\s+and\s+")


@dataclass(frozen=True)
class Named:
    """A field that names a person: of which record and entry, by its path, with its text."""

    record: str
    entry: int
    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.record}, entry {self.entry}, {self.path}: {self.text}"


def find_name(name: str) -> list[Named]:
    """Every field of a decision record, here or imported, that names this person."""
    found = [row for entry in _entries() for row in _in_entry(entry, name)]
    return found + [row for made in _imported() for row in _in_import(made, name)]


@durable()
def erase_name(name: str) -> list[Named]:
    """Erase every such field, and return what they were.

    A field that names others, too, is erased as a whole: its hash is that of the whole text.
    """
    erased: list[Named] = []
    for entry in _entries():
        fields = list(_in_entry(entry, name))
        if fields:
            _erase(entry, [field.path for field in fields])
        erased += fields
    for made in _imported():
        fields = list(_in_import(made, name))
        if fields:
            _erase_import(made, fields)
        erased += fields
    return erased


def _entries() -> Iterator[RecordEntry]:
    entries = RecordEntry.objects.select_related("record", "chained").order_by("record", "number")
    return entries.iterator(BATCH)


def _imported() -> Iterator[ImportedReport]:
    return ImportedReport.objects.exclude(history=[]).order_by("pk").iterator(BATCH)


def _in_entry(entry: RecordEntry, name: str) -> Iterator[Named]:
    for path, text in names_of(entry).items():
        if is_named(name, text):
            yield Named(str(entry.record), entry.number, path, text)


def _in_import(made: ImportedReport, name: str) -> Iterator[Named]:
    for number, row in enumerate(made.history, start=1):
        for path, field in row["personal"].items():
            if is_named(name, field["value"]):
                yield Named(f"Imported {made.record}", number, path, field["value"])


def is_named(name: str, text: str) -> bool:
    """Whether a text is this name, or a list of names with it."""
    parts = (text, *SEPARATOR.split(text))
    return _plain(name) in map(_plain, parts)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _erase(entry: RecordEntry, paths: Iterable[str]) -> None:
    """Take names and salts out of the rows; nothing else of an entry ever changes."""
    changed: dict[str, Any] = {}
    for path in paths:
        part, *place = path.split("/")
        if place:
            changed[part] = changed.get(part) or deepcopy(getattr(entry, part))
            changed[part][int(place[0])][place[1]] = ERASED
        else:
            changed[part] = ERASED
    QuerySet(RecordEntry).filter(pk=entry.pk).update(**changed)
    if link := entry.chained:
        salts = {path: salt for path, salt in link.salts.items() if path not in set(paths)}
        QuerySet(ChainEntry).filter(pk=link.pk).update(salts=salts)


def _erase_import(made: ImportedReport, fields: Iterable[Named]) -> None:
    for field in fields:
        del made.history[field.entry - 1]["personal"][field.path]
    made.save(update_fields=["history"])
