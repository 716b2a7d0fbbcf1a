"""The PDF of a saved report."""

from __future__ import annotations

from datetime import UTC

from decider.engine.report.codec import canonical_json
from decider.engine.report.document import Document
from decider.reports.exports.file_names import file_name
from decider.reports.exports.madr import render_madr
from decider.reports.metadata import ReportMetadata
from decider.reports.pdf.first_page import Paper
from decider.reports.pdf.pages import report_markup
from decider.reports.pdf.worker.client import worker
from decider.reports.pdf.worker.job import File, Job

__all__ = ["ReportMetadata", "file_name", "pdf_job", "render_pdf"]


def render_pdf(
    document: Document,
    *,
    metadata: ReportMetadata,
    paper: Paper = "A4",
    export: str = "",
    record: str = "",
) -> bytes:
    """A PDF/A-3a and PDF/UA-1 file, the same bytes for the same arguments on any machine.

    It carries the decision record in Markdown, and of a saved report `export` and `record`, the
    signed JSON of report and decision record; of one that is not saved its canonical JSON, whose
    SHA-256 is the content hash. Raises `worker.job.TooMuch` where a document takes more time or
    memory than it may.
    """
    return worker.typeset(
        pdf_job(document, metadata=metadata, paper=paper, export=export, record=record)
    )


def pdf_job(
    document: Document,
    *,
    metadata: ReportMetadata,
    paper: Paper = "A4",
    export: str = "",
    record: str = "",
) -> Job:
    """What the worker needs to print a report: its markup and the files to attach."""
    signed_record = File(
        name="record.json",
        content=record.encode(),
        mime="application/json",
        description="The decision record with its signatures, machine readable",
        relationship="Data",
    )
    files = (
        File(
            name="report.json",
            content=(export or canonical_json(document)).encode(),
            mime="application/json",
            description="The whole report, machine readable",
            relationship="Source",
        ),
        File(
            name="record.md",
            content=render_madr(document, metadata=metadata).encode(),
            mime="text/markdown",
            description="The decision record in Markdown (MADR 4.0)",
            relationship="Alternative",
        ),
        *([signed_record] if record else []),
    )
    return Job(
        markup=report_markup(document, metadata=metadata, paper=paper, files=files),
        files=files,
        moment=metadata.saved_at.astimezone(UTC),
    )
