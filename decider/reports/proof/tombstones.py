"""What stays proven of a report that was erased.

Content and names are gone, so the signatures over them can no longer be checked here. When it
erases a report, the server signs its number, its hash and those of all entries of its record, which
whoever holds a file of before can still compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from decider.engine.report.codec import canonical_json
from decider.reports.models import ChainEntry, DecisionRecord
from decider.reports.proof.checking import Keys
from decider.reports.proof.entries import instant
from decider.reports.proof.signing import is_signed

TOMBSTONE_FORMAT: Final = "decider-tombstone/1"


def tombstone_text(record: DecisionRecord, chain: Iterable[ChainEntry], at: datetime) -> str:
    """What is signed of a report that is erased at this moment; the chain has the oldest first."""
    return canonical_json(
        {
            "format": TOMBSTONE_FORMAT,
            "record": str(record),
            "content_hash": record.report.content_hash,
            "saved_at": instant(record.report.saved_at),
            "erased_at": instant(at),
            "entries": [link.digest for link in chain],
        }
    )


def tombstone_problems(
    record: DecisionRecord, chain: Sequence[ChainEntry], keys: Keys
) -> Iterator[str]:
    """What of an erased report is not as it was signed when it was erased."""
    tombstone, at = getattr(record, "tombstone", None), record.report.erased_at
    if tombstone is None or at is None:
        yield "It is marked as erased, and nothing signed says so."
        return
    key = keys.get(tombstone.key)
    if key is None or not is_signed(tombstone.body, tombstone.signature, key):
        yield "The signature does not fit what was signed when it was erased."
    if tombstone.body != tombstone_text(record, chain, at):
        yield "Number, hashes or moments are not those of when it was erased."
    if not _is_chained(record.report.content_hash, chain):
        yield "The entries do not follow each other as they did when it was erased."
    if record.report.content or any(link.body for link in chain):
        yield "It was erased, and something of its content is there."


def _is_chained(content_hash: str, chain: Sequence[ChainEntry]) -> bool:
    before = [content_hash, *(link.digest for link in chain)]
    places = [(link.number, link.previous) for link in chain]
    return places == list(enumerate(before[:-1], start=1))
