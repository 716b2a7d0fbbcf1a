"""Files that people send back: a PDF with report and record attached, or the JSON of either."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from decider.base.files import FileErrors, read_yaml
from decider.base.plain_text import clean_text
from decider.engine.questionnaire.errors import PathError
from decider.engine.report.document import FORMAT
from decider.reports.proof.entries import RECORD_FORMAT
from decider.reports.proof.pdf_attachment import MAX_BYTES as MAX_REPORT_BYTES
from decider.reports.proof.pdf_attachment import attached_files
from decider.reports.services.reports import EXPORT_FORMAT

MAX_BYTES = 10_000_000
"""Of a file that is sent."""

MAX_DEPTH = 50
MAX_MARKS = 500_000
"""Commas and opening brackets in JSON: a file of nothing else takes seconds and much memory. The
report on the default questionnaire has 15,000."""
FORMATS = (EXPORT_FORMAT, FORMAT, RECORD_FORMAT)
SHOWN_LENGTH = 200
Kind = Literal["PDF", "JSON", "YAML"]
NOT_OURS = "This file is neither a PDF nor the JSON of a report."
NO_ANSWERS = "This file is neither the PDF nor the JSON of a report, nor an answers file."


@dataclass(frozen=True)
class ReportFile:
    """A file as it was sent, and the JSON in it: an export or a bare document, a decision record,
    or both.

    `data` is the export or document, empty where the file holds a decision record only; `record`
    is the decision record, if there is one. Nothing in them is to be trusted but that they are
    objects and name their formats. `others` are the names of what else is attached to a PDF that
    is not ours, `markdown` is the decision record in it for people; None in JSON.
    """

    content: bytes
    kind: Kind
    data: dict[str, Any]
    record: dict[str, Any] | None = None
    others: tuple[str, ...] = ()
    markdown: bytes | None = None

    @property
    def document(self) -> dict[str, Any]:
        """The report document, as far as it is one."""
        document = self.data.get("report") if self.is_export else self.data
        return document if isinstance(document, dict) else {}

    @property
    def is_export(self) -> bool:
        """Whether the report is in an envelope that can carry a signature."""
        return bool(self.data.get("format") == EXPORT_FORMAT)

    @property
    def reference(self) -> str:
        """The number of the record as the file has it."""
        return _text((self.data or self.record or {}).get("record"))

    @property
    def title(self) -> str:
        """The title as the file has it."""
        return _text(self.document.get("title"))

    @property
    def saved_at(self) -> str:
        """The moment of saving as the file has it."""
        return _text(self.data.get("saved_at"))


def open_report_file(content: bytes) -> ReportFile:
    """Look into a file; what it is shows from its content. Raises FileErrors."""
    if len(content) > MAX_BYTES:
        _refuse(f"The file is larger than {MAX_BYTES // 1_000_000} MB.")
    if b"%PDF-" in content[:1024]:
        return _opened_pdf(content)
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        _refuse(NOT_OURS)
    if len(content) > MAX_REPORT_BYTES:
        _refuse(f"The JSON is larger than {MAX_REPORT_BYTES // 1_000_000} MB.")
    data = _parse(content)
    if data["format"] != RECORD_FORMAT:
        return ReportFile(content, "JSON", data)
    return ReportFile(content, "JSON", _export_in(data), data)


def open_importable_file(content: bytes) -> ReportFile:
    """As `open_report_file`; an answers file, too, whose answers are all that there is of a report.

    What is none of them raises FileErrors.
    """
    if b"%PDF-" in content[:1024] or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return open_report_file(content)
    try:
        data = read_yaml(content)
    except FileErrors:
        _refuse(NO_ANSWERS)
    key = data.get("questionnaire") if isinstance(data, dict) else None
    if not isinstance(key, str) or "answers" not in data:
        _refuse(NO_ANSWERS)
    return ReportFile(content, "YAML", {**data, "questionnaire": {"key": key}, "format": ""})


def _opened_pdf(content: bytes) -> ReportFile:
    attached = attached_files(content)
    report, record = _parse(attached.report), None
    if report["format"] == RECORD_FORMAT:
        _refuse(NOT_OURS)
    if attached.record:
        record = _parse(attached.record)
    shown = tuple(clean_text(name[:SHOWN_LENGTH]) for name in attached.others)
    return ReportFile(content, "PDF", report, record, shown, attached.markdown)


def _export_in(record: Mapping[str, Any]) -> dict[str, Any]:
    """The report's export in a record; empty where there is none."""
    export = record.get("report")
    if isinstance(export, dict) and export.get("format") == EXPORT_FORMAT:
        return export
    return {}


def _parse(text: bytes) -> dict[str, Any]:
    if sum(map(text.count, (b",", b"[", b"{"))) > MAX_MARKS:
        _refuse("The JSON in this file holds too many values.")
    try:
        data = json.loads(
            text.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_constant
        )
        json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        _refuse("The JSON in this file is damaged.")
    if not isinstance(data, dict) or data.get("format") not in FORMATS:
        _refuse(NOT_OURS)
    if _depth(data) > MAX_DEPTH:
        _refuse("The JSON in this file is nested too deeply.")
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are there once: two readers of the file must not see two contents."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _depth(data: Any) -> int:
    """How many containers are inside each other."""
    depth, level = 0, [data]
    while level:
        depth += 1
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, Mapping) else item)
        ]
    return depth


def _text(value: Any) -> str:
    return clean_text(value[:SHOWN_LENGTH]) if isinstance(value, str) else ""


def _refuse(message: str) -> NoReturn:
    raise FileErrors([PathError("", message)]) from None
