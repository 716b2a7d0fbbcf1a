"""What is signed of an entry of a decision record.

The body of an entry holds its content in the clear, but of the names of people only a hash with a
random salt. Names and salts stand beside it: where they are erased, what was signed is the same.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from decider.base.digests import sha256
from decider.engine.report.codec import canonical_json
from decider.reports.discussion import Topic, comments_data
from decider.reports.models import ChainEntry, DecisionRecord, RecordEntry, SignOff
from decider.reports.models.record import ERASED, reference
from decider.reports.proof.signing import ALGORITHM, sign

ENTRY_FORMAT: Final = "decider-entry/1"
RECORD_FORMAT: Final = "decider-record/1"
DECISION: Final = "decision"
"""The kind of an entry that says how the decision stands."""
SIGN_OFF: Final = "sign-off"
"""The kind of an entry that says what somebody says to it."""

NAMES: Final = ("by", "deciders", "consulted", "informed")
"""The fields of a decision that name people; owners of risks and who confirms are the others."""
TEXTS: Final = (
    *("status", "alternative", "reason", "consequences", "costs", "confirmation", "why"),
)
SALT_BYTES: Final = 16
MOST_ENTRIES: Final = 500
"""A record can have this many entries: each takes time to check, also in files of others."""


@dataclass(frozen=True)
class Statement:
    """What an entry of any kind says, to be signed.

    `record` is the number of the record, `names` are the personal fields by their paths.
    `signed_at` is for what is signed only later than it was made.
    """

    record: str
    kind: str
    at: datetime
    content: Mapping[str, Any]
    names: Mapping[str, str]
    signed_at: datetime | None = None


def signed_fields(statement: Statement, *, number: int, previous: str) -> dict[str, Any]:
    """The fields of the `ChainEntry` of a statement, signed now, but for the record itself."""
    salts = {path: secrets.token_hex(SALT_BYTES) for path in statement.names}
    later = {"signed_later": instant(statement.signed_at)} if statement.signed_at else {}
    body = canonical_json(
        {
            "format": ENTRY_FORMAT,
            "record": statement.record,
            "number": number,
            "previous": previous,
            "kind": statement.kind,
            "at": instant(statement.at),
            "content": statement.content,
            "personal": {
                path: commitment(path=path, salt=salts[path], value=name)
                for path, name in statement.names.items()
            },
            **later,
        }
    )
    key, signature = sign(body)
    return {
        "number": number,
        "previous": previous,
        "body": body,
        "digest": sha256(body),
        "key": key,
        "signature": signature,
        "salts": salts,
    }


Row = RecordEntry | SignOff
"""What an entry is about."""


def row_of(link: ChainEntry) -> Row | None:
    """The row that a signed entry is about; None where it is missing."""
    return getattr(link, "decision", None) or getattr(link, "sign_off", None)


def statement_of(entry: Row, signed_at: datetime | None = None) -> Statement:
    """What a decision or a sign-off says."""
    return Statement(
        record=_reference(entry.record),
        kind=SIGN_OFF if isinstance(entry, SignOff) else DECISION,
        at=entry.at,
        content=content_of(entry),
        names=names_of(entry),
        signed_at=signed_at,
    )


def content_of(entry: Row) -> dict[str, Any]:
    """What a decision or a sign-off says, without the names of people."""
    if isinstance(entry, SignOff):
        return {
            "position": str(entry.position),
            "reason": entry.reason,
            "revision": entry.revision,
            "by_link": entry.by_link,
        }
    return {
        "revision": entry.number,
        **{name: getattr(entry, name) for name in TEXTS},
        "review_on": f"{entry.review_on:%Y-%m-%d}" if entry.review_on else "",
        "supersedes": _reference(entry.supersedes) if entry.supersedes else "",
        "risks": [_without(row, "owner") for row in entry.risks],
        "confirmations": [_without(row, "who") for row in entry.confirmations],
    }


def names_of(entry: Row) -> dict[str, str]:
    """The names of people in a decision or sign-off by their paths, such as `by` or
    `risks/0/owner`."""
    return {path: name for path, name in _fields(entry) if name not in ("", ERASED)}


def erased_in(entry: Row) -> set[str]:
    """The paths of the names that were erased."""
    return {path for path, name in _fields(entry) if name == ERASED}


def _fields(entry: Row) -> Iterable[tuple[str, str]]:
    """Each field for the names of people with its path."""
    if isinstance(entry, SignOff):
        return [("by", entry.by)]
    names = {name: getattr(entry, name) for name in NAMES}
    for part, key in (("risks", "owner"), ("confirmations", "who")):
        rows = enumerate(getattr(entry, part))
        names |= {f"{part}/{place}/{key}": row.get(key, "") for place, row in rows}
    return names.items()


def commitment(*, path: str, salt: str, value: str) -> str:
    """The hash that stands for a personal field in what is signed, in hexadecimal.

    It is the SHA-256 of salt, path and value as a canonical JSON list. Without the salt nobody can
    find the value by trying names.
    """
    return sha256(canonical_json([salt, path, value]))


def record_file(
    record: DecisionRecord,
    *,
    report: Mapping[str, Any] | None = None,
    discussion: Iterable[Topic] = (),
) -> str:
    """A record as a file that proves itself; with the report's export if that is given."""
    embedded = {"report": report} if report is not None else {}
    return sealed({**record_and_comments(record, discussion), **embedded})


def sealed(data: Mapping[str, Any]) -> str:
    """The data of a record as a file: canonical JSON, signed as a whole.

    The signature is of the same JSON without the key `signature`. So nothing can be left out of a
    file either, be it the last entry or a name.
    """
    key, value = sign(canonical_json(data))
    signature = {"algorithm": ALGORITHM, "key": key, "value": value}
    return canonical_json({**data, "signature": signature})


def sealed_with_files(record: str, files: Mapping[str, bytes]) -> str:
    """The canonical JSON of a record's data as a file that names others, with their SHA-256."""
    digests = {name: sha256(content) for name, content in files.items()}
    return sealed({**json.loads(record), "files": digests})


def record_data(
    record: DecisionRecord, chain: Iterable[ChainEntry] | None = None
) -> dict[str, Any]:
    """A record with the signed entries of its chain, the oldest first; reads them if need be."""
    if chain is None:
        chain = record.chain.select_related("decision", "sign_off").order_by("number")
    return {
        "format": RECORD_FORMAT,
        "record": str(record),
        "content_hash": record.report.content_hash,
        "entries": [sent_entry(link) for link in chain],
    }


def record_and_comments(record: DecisionRecord, discussion: Iterable[Topic]) -> dict[str, Any]:
    """A record with its entries, and with what was said about the report, if anything was."""
    comments = comments_data(discussion)
    return {**record_data(record), **({"comments": comments} if comments else {})}


def sent_entry(link: ChainEntry) -> dict[str, Any]:
    """A signed entry as files have it, with the names that were not erased."""
    row = row_of(link)
    names = names_of(row) if row else {}
    return {
        "entry": _read(link.body),
        "hash": link.digest,
        "personal": {
            path: {"salt": salt, "value": names.get(path, "")} for path, salt in link.salts.items()
        },
        "signature": {"algorithm": ALGORITHM, "key": link.key, "value": link.signature},
    }


def _reference(record: DecisionRecord) -> str:
    # Migrations know rows by their fields alone.
    return reference(record.year, record.serial)


def _read(body: str) -> Any:
    """What was signed; empty where a text in the database is no JSON any more."""
    try:
        return json.loads(body)
    except ValueError:
        return {}


def instant(at: datetime) -> str:
    """A moment to the microsecond, in UTC, as 2026-03-07T14:05:09.000000Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _without(row: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != key}
