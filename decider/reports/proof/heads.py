"""Heads: what shows later that nothing is missing of what was there.

The chain of a record shows no change of an entry but the loss of its last ones. The head of the
whole goes on with each entry of any record, in the order in which they were signed: the SHA-256 of
the head before, as hexadecimal, with the hash of the entry behind it. Kept elsewhere, it proves
that all entries up to then are still there, whatever was added since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.models import Max

from decider.base.digests import sha256
from decider.reports.models import ChainEntry
from decider.reports.models.record import reference

HEADS_FORMAT: Final = "decider-heads/1"
BATCH: Final = 2000
HEAD: Final = re.compile(r"([0-9]{1,9}):([0-9a-f]{64})")
LINE: Final = re.compile(r"(DR-[0-9]{4}-[0-9]{4,9}) ([0-9]{1,9}) ([0-9a-f]{64})")


class NotAHead(ValueError):
    """What should be a head, or a file of heads, is not one."""


@dataclass(frozen=True)
class Head:
    """The head after so many entries; as text, the two with a colon between them."""

    entries: int = 0
    digest: str = "0" * 64

    def __str__(self) -> str:
        return f"{self.entries}:{self.digest}"

    def after(self, digest: str) -> Head:
        """The head with one more entry, of this hash."""
        return Head(self.entries + 1, sha256(self.digest + digest))


@dataclass(frozen=True)
class RecordHead:
    """The last entry of a record."""

    record: str
    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.record} {self.number} {self.digest}"


@dataclass(frozen=True)
class Kept:
    """A head that was kept, with those of the records if a file has them."""

    head: Head
    records: dict[str, RecordHead]


def last_signed() -> int:
    """The key of the newest signed entry, behind which none can appear later.

    On PostgreSQL a transaction may have got a lower key and not be done yet: it is waited for.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {ChainEntry._meta.db_table} IN SHARE MODE")
        return ChainEntry.objects.aggregate(last=Max("pk"))["last"] or 0


def running_heads(last: int) -> Iterator[Head]:
    """The head after no entry, and after each up to the one with the key `last`."""
    head = Head()
    yield head
    entries = ChainEntry.objects.filter(pk__lte=last).order_by("pk")
    for digest in entries.values_list("digest", flat=True).iterator(BATCH):
        head = head.after(digest)
        yield head


def record_heads(last: int) -> Iterator[RecordHead]:
    """The last entry of each record up to the one with the key `last`, in the order of numbers."""
    before: RecordHead | None = None
    for row in _entries(last):
        if before and before.record != row.record:
            yield before
        before = row
    if before:
        yield before


def read_kept(text: str) -> Kept:
    """A head, or the text of a file of heads; raises NotAHead."""
    first, *lines = text.split("\n") if text.startswith(HEADS_FORMAT) else ["", text]
    head, *records = [line for line in lines if line.strip()] or [""]
    match = HEAD.fullmatch(head.strip())
    rows = [LINE.fullmatch(line.strip()) for line in records]
    if match is None or first.strip() not in ("", HEADS_FORMAT) or not all(rows):
        raise NotAHead("it is neither a head nor a file of heads")
    found = [RecordHead(row[1], int(row[2]), row[3]) for row in rows if row]
    return Kept(Head(int(match[1]), match[2]), {row.record: row for row in found})


def written(head: Head, last: int) -> Iterator[str]:
    """The lines of a file of heads."""
    yield HEADS_FORMAT
    yield str(head)
    yield from map(str, record_heads(last))


def losses(kept: Kept, last: int) -> Iterator[str]:
    """Sentences on what was there when a head was kept, and is not now."""
    found = _head_of(kept.head.entries, last)
    if found.entries < kept.head.entries:
        missing = kept.head.entries - found.entries
        yield f"{missing} of the {kept.head.entries} entries that were there are missing."
    elif found != kept.head:
        yield (
            f"Of the first {found.entries} entries, one was removed, changed or moved since the"
            " head was kept."
        )
    yield from _losses_of_records(dict(kept.records), last)


def _head_of(entries: int, last: int) -> Head:
    """The head after so many entries, or the newest where there are fewer."""
    head = Head()
    for head in running_heads(last):
        if head.entries == entries:
            break
    return head


def _losses_of_records(kept: dict[str, RecordHead], last: int) -> Iterator[str]:
    numbers = dict.fromkeys(kept, 0)
    for row in _entries(last):
        before = kept.get(row.record)
        if before is None:
            continue
        numbers[row.record] = row.number
        if row.number == before.number and row.digest != before.digest:
            yield f"{row.record}: entry {row.number} is not the one that was there."
    for record, number in numbers.items():
        if number < kept[record].number:
            yield f"{record}: it had {kept[record].number} entries, and has {number}."


def _entries(last: int) -> Iterator[RecordHead]:
    """All signed entries by record and number."""
    entries = ChainEntry.objects.filter(pk__lte=last).order_by("record__serial", "number")
    columns = ("record__year", "record__serial", "number", "digest")
    for year, serial, number, digest in entries.values_list(*columns).iterator(BATCH):
        yield RecordHead(reference(year, serial), number, digest)
