"""What differs between an export that somebody sent and the report as it was saved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from decider.base.plain_text import spelled_out
from decider.engine.questionnaire.errors import path_of
from decider.reports.proof.labels import Labels

MOST = 100
"""How many differences are reported."""

SHOWN_LENGTH = 300
ABSENT = object()

Path = tuple[str | int, ...]

OTHER = "Something else"
RECORD_PART = "Decision record"
OF_THE_FILE = ("signature", "files", "comments")
"""What a file says beside the record itself."""
PARTS: dict[Path, str] = {
    ("record",): "Number of the record",
    ("saved_at",): "Moment of saving",
    ("content_hash",): "Check code",
    ("signature",): "Signature",
    ("report", "title"): "Title",
    ("report", "context"): "Context",
    ("report", "answers"): "Answer",
    ("report", "notes"): "Note",
    ("report", "weights"): "Weight",
    ("report", "questionnaire"): "Questionnaire",
    ("report", "result"): "Result",
    ("report", "round"): "Independent answers",
    ("report", "method"): "Method",
}


@dataclass(frozen=True)
class Alteration:
    """A difference: in which part, of what, and how it reads in the file and as saved.

    A text is empty where there is nothing; `saved` is None for whoever may not read the report.
    """

    part: str
    name: str
    sent: str
    saved: str | None


def alterations(
    sent: Mapping[str, Any], saved: Mapping[str, Any], *, readable: bool
) -> list[Alteration]:
    """How the export that was sent differs from the saved one, at most MOST differences.

    Keys are put into words by the file that was sent, so that no more of the saved one is shown.
    """
    document = sent.get("report")
    labels = Labels(document if isinstance(document, dict) else {})
    found = islice(_differences(sent, saved, ()), MOST)
    return [_alteration(labels, *difference, readable=readable) for difference in found]


def record_alterations(
    sent: Mapping[str, Any], saved: Mapping[str, Any], *, readable: bool
) -> list[Alteration]:
    """How a decision record that was sent differs from the saved one, at most MOST differences.

    Entries that only the saved one has at its end are no difference: the file is older. Nor is
    a name that was erased since.
    """
    theirs, ours = _by_number(sent.get("entries")), _by_number(saved["entries"])
    theirs = {number: _known(row, ours.get(number)) for number, row in theirs.items()}
    ours = {number: row for number, row in ours.items() if number in theirs}
    parts = {name: part for name, part in sent.items() if name not in ("report", *OF_THE_FILE)}
    found = _differences({**parts, "entries": theirs}, {**saved, "entries": ours}, ())
    labels = Labels({})
    return [_of_record(labels, *row, readable=readable) for row in islice(found, MOST)]


def _by_number(entries: Any) -> dict[int, Any]:
    return dict(enumerate(entries, start=1)) if isinstance(entries, list) else {}


def _known(sent: Any, saved: Mapping[str, Any] | None) -> Any:
    """An entry without the names that were erased here."""
    if saved is None or not isinstance(sent, dict) or not isinstance(sent.get("personal"), dict):
        return sent
    kept = {path: name for path, name in sent["personal"].items() if path in saved["personal"]}
    return {**sent, "personal": kept}


def _of_record(labels: Labels, path: Path, sent: Any, saved: Any, *, readable: bool) -> Alteration:
    part, rest = RECORD_PART, path
    if path[0] == "entries":
        part, rest = f"{RECORD_PART}, entry {path[1]}", path[2:]
    while rest and rest[0] in ("entry", "content", "personal"):
        rest = rest[1:]
    return Alteration(
        part=part,
        name=spelled_out(path_of(rest)[:SHOWN_LENGTH]),
        sent=_shown(labels, None, sent),
        saved=_shown(labels, None, saved) if readable else None,
    )


def _differences(sent: Any, saved: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """The smallest parts that differ; never deeper than the saved side goes."""
    if isinstance(sent, dict) and isinstance(saved, dict):
        for key in [*saved, *(key for key in sent if key not in saved)]:
            yield from _differences(sent.get(key, ABSENT), saved.get(key, ABSENT), (*path, key))
    elif isinstance(sent, list) and isinstance(saved, list) and len(sent) == len(saved):
        for position, pair in enumerate(zip(sent, saved, strict=True)):
            yield from _differences(*pair, (*path, position))
    elif type(sent) is not type(saved) or sent != saved:
        yield path, sent, saved


def _alteration(labels: Labels, path: Path, sent: Any, saved: Any, *, readable: bool) -> Alteration:
    depth = 2 if path[0] == "report" else 1
    part = PARTS.get(path[:depth], OTHER)
    rest = path if part == OTHER else path[depth:]
    key = str(rest[0]) if rest else ""
    name = path_of(rest)
    if part in ("Answer", "Note") and key:
        name = labels.question(key)
    elif part == "Weight" and key:
        name = labels.section(key)
    question = key if part == "Answer" else None
    return Alteration(
        part=part,
        name=spelled_out(name[:SHOWN_LENGTH]),
        sent=_shown(labels, question, sent),
        saved=_shown(labels, question, saved) if readable else None,
    )


def _shown(labels: Labels, question: str | None, value: Any) -> str:
    if value is ABSENT:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if question is not None:
        text = labels.answer(question, text)
    return spelled_out(text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]} …")
