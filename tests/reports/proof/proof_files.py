"""Files to check: exports with changes, and small PDFs that carry them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pikepdf

from decider.engine.report.codec import canonical_json
from decider.reports.models import Report
from decider.reports.proof.entries import sealed
from decider.reports.proof.report_files import ReportFile, open_report_file
from decider.reports.services.reports import export_of


def changed(report: Report, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The export of a report after a change of its data."""
    data = json.loads(export_of(report))
    change(data)
    return canonical_json(data).encode()


def resealed(record: dict[str, Any], **changes: Any) -> str:
    """The data of a record as a file that this server signs as a whole."""
    parts = {name: part for name, part in record.items() if name != "signature"}
    return sealed({**parts, **changes})


def opened(content: bytes | str) -> ReportFile:
    """The file as the server reads it."""
    return open_report_file(content if isinstance(content, bytes) else content.encode())


def pdf_with(
    attached: bytes,
    name: str = "report.json",
    record: bytes = b"",
    markdown: bytes = b"",
    other: bytes = b"",
    **options: Any,
) -> bytes:
    """A PDF of one empty page with a file attached, and perhaps a decision record and other.txt."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments[name] = attached
        if record:
            pdf.attachments["record.json"] = record
        if markdown:
            pdf.attachments["record.md"] = markdown
        if other:
            pdf.attachments["other.txt"] = other
        return saved(pdf, **options)


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    """The bytes of a PDF."""
    stream = io.BytesIO()
    pdf.save(stream, **options)
    return stream.getvalue()
