"""PDFs of the filled-in example and of a short report: warm, first after a start, kept, memory.

Typst setting the same words with the same fonts, though without tags, charts and attachments, is
the limit that a program of this kind can reach.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from time import perf_counter
from typing import Any

import pypdf
import typst

from benchmarks.measure import line, median_ms
from benchmarks.web import prepare, resident_mb
from decider.engine.report.document import Document, build_document

SHORT_ANSWERS = 4
"""With so many answers the report of the example has eight pages."""
WARM_MS_A_PAGE = 75  # 600 ms for eight pages
FIRST_MS = 1200
KEPT_MS = 10
MEMORY_MB = 130
TYPST_RATIO = 40


def example() -> tuple[Document, Any]:
    """The report document of the example, and a metadata."""
    from decider.base.digests import sha256
    from decider.engine.report.codec import canonical_json
    from decider.questionnaires.example import example_document
    from decider.questionnaires.versions import latest_version
    from decider.reports.metadata import ReportMetadata

    document = example_document(latest_version())
    assert document is not None
    digest = sha256(canonical_json(document))
    moment = datetime(2026, 3, 7, 14, 5, 9, tzinfo=UTC)
    return document, ReportMetadata(
        "DR-2026-0007", moment, digest, "https://decider.example.org/reports/7/"
    )


def shortened(document: Document) -> Document:
    """The report of the same assessment when its first questions only were answered."""
    from decider.questionnaires.versions import latest_version, questionnaire_of

    answered = document.result.visible[:SHORT_ANSWERS]
    return build_document(
        questionnaire=questionnaire_of(version_id=latest_version().pk),
        version=document.questionnaire.version,
        title=document.title,
        context=document.context,
        answers={key: document.answers[key] for key in answered},
        notes={},
        weights=document.weights,
    )


def first_ms(document: Document, metadata: Any) -> float:
    """From no worker at all to a PDF."""
    from decider.reports.pdf.order import Order
    from decider.reports.pdf.render import pdf_job
    from decider.reports.pdf.worker.client import WorkerProcess

    job = pdf_job(Order(document, metadata))
    times = []
    for _ in range(3):
        worker = WorkerProcess()
        start = perf_counter()
        worker.typeset(job)
        times.append((perf_counter() - start) * 1000)
        worker.close()
    return min(times)


def pages_of(content: bytes) -> int:
    """How many pages a PDF has."""
    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


def by_typst(markup: str) -> Callable[[], object]:
    """Sets the words of the markup with Typst, in the fonts of the PDF."""
    from decider.reports.pdf.worker.fonts import ASSETS

    blocks = re.sub(r"(?s)<(svg|style|head).*?</\1>", "", markup)
    words = [
        unescape(re.sub(r"<[^>]+>", "", part)) for part in re.split(r"</(?:p|h\d|td|li)>", blocks)
    ]
    quoted = ('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' for word in words)
    source = '#set text(font: "Source Serif 4", size: 9.6pt)\n' + "\n".join(
        f"#par({word})" for word in quoted if word.strip('" \n')
    )
    fonts = [str(ASSETS / "fonts")]
    return lambda: typst.compile(source.encode(), font_paths=fonts, ignore_system_fonts=True)


def measured(document: Document, metadata: Any) -> list[bool]:
    """Warm, first and against Typst, of one report."""
    from decider.reports.pdf.order import Order
    from decider.reports.pdf.render import pdf_job, render_pdf

    pages = pages_of(render_pdf(Order(document, metadata)))
    warm = median_ms(lambda: render_pdf(Order(document, metadata)), repeat=9, warm_up=2)
    limit = median_ms(by_typst(pdf_job(Order(document, metadata)).markup), repeat=9)
    first_limit = FIRST_MS + max(0, pages - 8) * WARM_MS_A_PAGE
    return [
        line(f"warm PDF of {pages} pages", warm, pages * WARM_MS_A_PAGE, "ms"),
        line(
            f"first PDF after a start, {pages} pages",
            first_ms(document, metadata),
            first_limit,
            "ms",
        ),
        line(f"warm PDF of {pages} pages against Typst", warm / limit, TYPST_RATIO, "x"),
    ]


def main() -> bool:
    """Print the figures; True if all are within their limits."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from decider.reports.pdf.cache import cached_pdf
        from decider.reports.pdf.order import Order
        from decider.reports.pdf.worker.client import worker

        document, metadata = example()
        checks = [*measured(shortened(document), metadata), *measured(document, metadata)]
        kept = median_ms(lambda: cached_pdf(Order(document, metadata)), repeat=50)
        checks.append(line("kept PDF", kept, KEPT_MS, "ms"))
        checks.append(line("worker process", resident_mb(str(worker.start().pid)), MEMORY_MB, "MB"))
    return all(checks)
