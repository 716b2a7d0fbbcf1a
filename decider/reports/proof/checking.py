"""What is in a file against the signatures in it: all that can be known without a server.

Nothing here needs a database; `verification` adds what only the server knows that issued a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec.structs import asdict

from decider.base.digests import sha256
from decider.base.plain_text import spelled_out
from decider.engine.report.codec import canonical_json
from decider.reports.proof.entries import DECISION, MOST_ENTRIES, commitment
from decider.reports.proof.pdf_attachment import MARKDOWN_NAME
from decider.reports.proof.report_files import ReportFile
from decider.reports.proof.signing import ALGORITHM, is_signed

Keys = Mapping[str, Ed25519PublicKey]

MOST: Final = 100
"""How many problems of a record are reported."""
SHOWN_LENGTH: Final = 200
TOO_MANY: Final = f"The decision record has more than {MOST_ENTRIES} entries."
OTHER_REPORT: Final = "The decision record is that of another report."
NO_ENTRY: Final = "The decision record has no entry."
OTHER_MARKDOWN: Final = (
    f"{MARKDOWN_NAME} is not the one that was printed with the decision record, or is missing."
)
NOT_WHOLE: Final = (
    "The decision record is not as it was given out: entries at its end, names, comments or files"
    " in it were left out or changed."
)


class Proof(Enum):
    """What the signatures in a file are worth, the best first."""

    GENUINE = "genuine"
    UNKNOWN_KEY = "unknown key"
    UNSIGNED = "unsigned"
    ALTERED = "altered"


WORST_LAST: Final = list(Proof)


class Disclosed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name with the salt of its hash."""

    salt: str
    value: str


class EntrySignature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signature as files have it."""

    algorithm: str
    key: str
    value: str


class SentEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry as files have it; `entry` is what was signed."""

    entry: dict[str, Any]
    hash: str
    personal: dict[str, Disclosed]
    signature: EntrySignature


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is signed of an entry; `proof.entries.signed_fields` makes it."""

    format: Literal["decider-entry/1"]
    record: str
    number: int
    previous: str
    kind: str
    at: str
    content: dict[str, Any]
    personal: dict[str, str]
    signed_later: str = ""


class RecordData(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A decision record: `proof.entries.record_data` makes it."""

    format: Literal["decider-record/1"]
    record: str
    content_hash: str
    entries: list[SentEntry]


class SentRecord(RecordData, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A decision record as files have it, signed as a whole; `files` are those beside it in a PDF,
    by name, each with its SHA-256. `comments` are what was said when the file was given out."""

    signature: EntrySignature
    report: dict[str, Any] | None = None
    files: dict[str, str] = {}
    comments: list[dict[str, Any]] = []


@dataclass(frozen=True)
class RecordCheck:
    """What a decision record in a file is worth.

    `problems` are sentences on what doesn't fit, `remarks` sentences on what is in order and worth
    knowing. `names_known_key` says whether one of the keys is named in it. `record` is unset where
    the file's can't be read.
    """

    proof: Proof
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    names_known_key: bool = False
    record: RecordData | None = None

    @property
    def entries(self) -> list[SentEntry]:
        """The entries, as far as they can be read."""
        return self.record.entries if self.record else []

    @property
    def status(self) -> str:
        """The status of the decision at the last entry that says one, as the file has it."""
        bodies = [body_in(sent) for sent in self.entries]
        said = [body.content.get("status") for body in bodies if body and body.kind == DECISION]
        last = said[-1] if said else None
        return _shown(last) if isinstance(last, str) else ""

    @property
    def last_at(self) -> str:
        """The moment of the last entry, as the file has it."""
        body = body_in(self.entries[-1]) if self.entries else None
        return _shown(body.at) if body else ""


@dataclass(frozen=True)
class FileCheck:
    """What the report in a file is worth, and the decision record; None for what isn't in it."""

    report: Proof | None
    record: RecordCheck | None

    @property
    def proof(self) -> Proof:
        """What the whole is worth: as much as the worse part."""
        proofs = [self.report, self.record.proof if self.record else None]
        return max((proof for proof in proofs if proof), key=WORST_LAST.index)

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences on what doesn't fit in the record."""
        return self.record.problems if self.record else ()

    @property
    def is_by_others(self) -> bool:
        """Whether all in the file claims to be signed, and nothing by one of the keys."""
        return self.report in (None, Proof.UNKNOWN_KEY) and not (
            self.record and self.record.names_known_key
        )


def check_file(file: ReportFile, keys: Keys) -> FileCheck:
    """What a file is worth to someone who trusts these keys."""
    report = verify_signature(file.data, keys) if file.data else None
    if file.record is None:
        return FileCheck(report, None)
    record = check_record(file.record, keys, export=file.data, markdown=file.markdown)
    return FileCheck(report, record)


def verify_signature(data: Mapping[str, Any], keys: Keys) -> Proof:
    """What the signature of an export is worth to someone who trusts these keys."""
    signature = data.get("signature")
    if not isinstance(signature, dict) or not isinstance(signature.get("value"), str):
        return Proof.UNSIGNED
    signed = canonical_json({name: part for name, part in data.items() if name != "signature"})
    return _proof(signed, signature, keys)


def _proof(signed: str, signature: Mapping[str, Any], keys: Keys) -> Proof:
    key_id = signature.get("key")
    key = keys.get(key_id) if isinstance(key_id, str) else None
    if key is None:
        return Proof.UNKNOWN_KEY
    ours = {"algorithm": ALGORITHM, "key": key_id, "value": signature["value"]}
    if signature == ours and is_signed(signed, signature["value"], key):
        return Proof.GENUINE
    return Proof.ALTERED


def check_record(
    data: Mapping[str, Any],
    keys: Keys,
    *,
    export: Mapping[str, Any] | None = None,
    markdown: bytes | None = None,
) -> RecordCheck:
    """What a decision record in a file is worth: its entries, and what it says of other files.

    `export` is the report's, empty or None where there is none. `markdown` is the record for people
    in a PDF, None where there is no PDF.
    """
    try:
        record = msgspec.convert(data, SentRecord)
    except msgspec.ValidationError as error:
        return _unreadable(error)
    if len(record.entries) > MOST_ENTRIES:
        return RecordCheck(Proof.ALTERED, (TOO_MANY,))
    check = check_entries(record, keys)
    unsigned = canonical_json({name: part for name, part in data.items() if name != "signature"})
    proof = _proof(unsigned, asdict(record.signature), keys)
    problems = [*check.problems, *_problems_of_record(record, export, markdown)]
    # Who can check the entries could check the whole, unless another key was put in its place.
    is_other = proof is Proof.UNKNOWN_KEY and check.names_known_key
    if (proof is Proof.ALTERED or is_other) and not problems:
        problems.append(NOT_WHOLE)
    return replace(
        check,
        proof=Proof.ALTERED if problems else max(check.proof, proof, key=WORST_LAST.index),
        problems=tuple(problems[:MOST]),
        names_known_key=check.names_known_key or record.signature.key in keys,
    )


def check_data(data: Mapping[str, Any], keys: Keys) -> RecordCheck:
    """What the data of a decision record is worth that is kept, not in a file."""
    try:
        return check_entries(msgspec.convert(data, RecordData), keys)
    except msgspec.ValidationError as error:
        return _unreadable(error)


def check_entries(record: RecordData, keys: Keys) -> RecordCheck:
    """What the entries of a decision record are worth, and their order."""
    problems = [] if record.entries else [NO_ENTRY]
    remarks: list[str] = []
    proofs = [Proof.GENUINE]
    previous = record.content_hash
    for number, sent in enumerate(record.entries, start=1):
        proofs.append(_proof(canonical_json(sent.entry), asdict(sent.signature), keys))
        found = _problems_of_entry(record, sent, number, previous, proofs[-1])
        problems += [f"Entry {number}: {what}" for what in found]
        remarks += [f"Entry {number}: {what}" for what in _remarks_on(sent)]
        previous = sent.hash
    worst = max(proofs, key=WORST_LAST.index)
    return RecordCheck(
        proof=Proof.ALTERED if problems else worst,
        problems=tuple(problems[:MOST]),
        remarks=tuple(remarks[:MOST]),
        names_known_key=any(sent.signature.key in keys for sent in record.entries),
        record=record,
    )


def _unreadable(error: msgspec.ValidationError) -> RecordCheck:
    message = f"The decision record can’t be read: {_shown(str(error))}."
    return RecordCheck(Proof.ALTERED, (message,))


def _problems_of_record(
    record: SentRecord, export: Mapping[str, Any] | None, markdown: bytes | None
) -> Iterator[str]:
    if export:
        named = export.get("record"), export.get("content_hash")
        if named != (record.record, record.content_hash):
            yield OTHER_REPORT
    if record.report is not None and record.report != export:
        yield "The report in the decision record is not the one that was checked."
    if markdown is not None and record.files != _files(markdown):
        yield OTHER_MARKDOWN


def _files(markdown: bytes) -> dict[str, str]:
    """What a record says of the files beside it in a PDF, where this is the Markdown."""
    return {MARKDOWN_NAME: sha256(markdown)} if markdown else {}


def _problems_of_entry(
    record: RecordData, sent: SentEntry, number: int, previous: str, proof: Proof
) -> Iterator[str]:
    """What doesn't fit in an entry that should have this number and follow this hash."""
    body = body_in(sent)
    if body is None:
        yield "what was signed isn’t an entry of a decision record."
        return
    if proof is Proof.ALTERED:
        yield "the signature does not fit: the entry was changed."
    if sent.hash != sha256(canonical_json(sent.entry)):
        yield "the hash does not fit what it says."
    if body.record != record.record:
        yield f"it belongs to another record, {spelled_out(body.record[:SHOWN_LENGTH])}."
    if body.previous != previous or body.number != number:
        yield "it does not follow the entry before it: one was removed, added or moved."
    for path, name in sent.personal.items():
        signed = body.personal.get(path)
        if signed != commitment(path=path, salt=name.salt, value=name.value):
            yield f"the name in “{_shown(path)}” is not the one that was signed."


def _remarks_on(sent: SentEntry) -> Iterator[str]:
    body = body_in(sent)
    if body is None:
        return
    for path in body.personal:
        if path not in sent.personal:
            yield f"name erased ({_shown(path)})."
    if body.signed_later:
        yield f"made on {_shown(body.at)}, signed only on {_shown(body.signed_later)}."


def body_in(sent: SentEntry) -> Body | None:
    """What was signed of an entry, if it is an entry at all."""
    return read_body(canonical_json(sent.entry))


def read_body(text: str) -> Body | None:
    """What was signed of an entry, if the text is one."""
    try:
        return msgspec.json.decode(text, type=Body)
    except msgspec.DecodeError:
        return None


def _shown(text: str) -> str:
    return spelled_out(text[:SHOWN_LENGTH])
