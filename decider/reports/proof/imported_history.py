"""The decision record of a report that was imported: its entries are kept as they were signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from decider.base.plain_text import clean_text
from decider.engine.report.codec import canonical_json
from decider.reports.proof.checking import Body, FileCheck, Proof, SentEntry, body_in
from decider.reports.proof.entries import MOST_ENTRIES

SHOWN_LENGTH: Final = 4000
TOO_MANY: Final = f"it has more than {MOST_ENTRIES} entries"
UNFIT: Final = "it holds characters that can’t be kept"
ERASED: Final = "name erased"


@dataclass(frozen=True)
class ImportedEntry:
    """A decision in the record of another report; each text may be empty."""

    number: int
    at: str
    status: str
    chosen: str
    by: str
    why: str
    reason: str


def kept_entries(check: FileCheck) -> tuple[list[dict[str, Any]], list[str]]:
    """The entries of a file to keep, and else the reasons not to, in words.

    Only a record without a fault is kept, whoever signed it.
    """
    if check.record is None:
        return [], []
    if check.record.proof is Proof.ALTERED:
        return [], list(check.record.problems)
    if len(check.record.entries) > MOST_ENTRIES:
        return [], [TOO_MANY]
    entries = msgspec.to_builtins(check.record.entries)
    # PostgreSQL takes no NUL in JSON.
    return ([], [UNFIT]) if "\\u0000" in canonical_json(entries) else (entries, [])


def history_of(
    entries: list[dict[str, Any]], alternatives: Mapping[str, str]
) -> Iterator[ImportedEntry]:
    """The decisions in entries that were kept; `alternatives` are names by keys."""
    for sent in msgspec.convert(entries, list[SentEntry]):
        body = body_in(sent)
        if body and "status" in body.content:
            yield _entry(sent, body, alternatives)


def _entry(sent: SentEntry, body: Body, alternatives: Mapping[str, str]) -> ImportedEntry:
    texts = {name: _text(part) for name, part in body.content.items()}
    chosen = texts.get("alternative", "")
    name = sent.personal.get("by")
    return ImportedEntry(
        number=body.number,
        at=_text(body.at),
        status=texts["status"],
        chosen=alternatives.get(chosen, chosen),
        by=_text(name.value) if name else ERASED if "by" in body.personal else "",
        why=texts.get("why", ""),
        reason=texts.get("reason", ""),
    )


def _text(value: object) -> str:
    return clean_text(value[:SHOWN_LENGTH]) if isinstance(value, str) else ""
