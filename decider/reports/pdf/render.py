"""The PDF of a saved report."""

from __future__ import annotations

from datetime import UTC

from decider.engine.report.codec import canonical_json
from decider.reports.exports.madr import render_madr
from decider.reports.pdf.order import Order
from decider.reports.pdf.pages import report_markup
from decider.reports.pdf.worker.client import worker
from decider.reports.pdf.worker.job import File, Job
from decider.reports.proof.entries import sealed_with_files


def render_pdf(order: Order) -> bytes:
    """A PDF/A-3a and PDF/UA-1 file, the same bytes for the same order on any machine.

    It carries the decision record in Markdown, and of a saved report the signed JSON of report and
    decision record; of one that is not saved its canonical JSON, whose SHA-256 is the content hash.
    Raises `worker.job.TooMuch` where a document takes more time or memory than it may.
    """
    return worker.typeset(pdf_job(order))


def pdf_job(order: Order) -> Job:
    """What the worker needs to print a report: its markup and the files to attach."""
    document, metadata = order.document, order.metadata
    files = [
        File(
            name="report.json",
            content=(order.export or canonical_json(document)).encode(),
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
    ]
    if order.record:
        files.append(_record_file(order.record, markdown=files[1]))
    markup = report_markup(
        document,
        metadata=metadata,
        paper=order.paper,
        files=tuple(files),
        with_code=order.with_code,
    )
    return Job(
        markup=markup,
        files=tuple(files),
        moment=metadata.saved_at.astimezone(UTC),
    )


def _record_file(record: str, *, markdown: File) -> File:
    """The signed record, which also vouches for its Markdown."""
    return File(
        name="record.json",
        content=sealed_with_files(record, {markdown.name: markdown.content}).encode(),
        mime="application/json",
        description="The decision record with its signatures, machine readable",
        relationship="Data",
    )
