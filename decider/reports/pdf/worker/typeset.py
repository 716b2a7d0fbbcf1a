"""Markup to PDF bytes by WeasyPrint, with the bundled fonts and nothing else.

Fontconfig is pointed at an empty configuration before WeasyPrint loads it, so that no font of
the system is ever used. Nothing is fetched but the stylesheet's own fonts.
"""

from __future__ import annotations

import os
import warnings
from contextlib import nullcontext
from io import BytesIO

from decider.reports.pdf.worker.fonts import ASSETS
from decider.reports.pdf.worker.job import File, Job

os.environ["FONTCONFIG_FILE"] = str(ASSETS / "fontconfig.xml")
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from decider.reports.pdf.worker.finish import finish

VARIANT = "pdf/a-3a"


class BundledOnly(URLFetcher):  # type: ignore[misc]
    """Fetches the bundled fonts, which the stylesheet names, and refuses everything else."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """The font of that address; raises ValueError for any other address."""
        for path in (ASSETS / "fonts").glob("*.ttf"):
            if url == path.as_uri():
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
        raise ValueError(f"Not a bundled font: {url}")


class Typesetter:
    """The fonts and the parsed stylesheet, ready for one document after the other.

    A typesetter belongs to one thread: WeasyPrint's font configuration can't be shared.
    """

    def __init__(self) -> None:
        self._fetcher = BundledOnly()
        self._fonts = FontConfiguration()
        self._sheet = CSS(
            filename=str(ASSETS / "report.css"), font_config=self._fonts, url_fetcher=self._fetcher
        )

    def print(self, job: Job) -> bytes:
        """A PDF that is PDF/A-3a and PDF/UA-1, the same bytes for the same job."""
        document = HTML(string=job.markup, url_fetcher=self._fetcher).render(
            stylesheets=[self._sheet],
            font_config=self._fonts,
            pdf_variant=VARIANT,
            pdf_tags=True,
        )
        content: bytes = document.write_pdf(
            pdf_variant=VARIANT,
            pdf_tags=True,
            attachments=[_attachment(file, job) for file in job.files],
            finisher=finish,
        )
        return content


def _attachment(file: File, job: Job) -> Attachment:
    attachment = Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        relationship=file.relationship,
        created=job.moment,
        modified=job.moment,
    )
    # WeasyPrint would guess the type from the system's tables, which differ between machines.
    attachment.source = nullcontext((BytesIO(file.content), None, None, file.mime))
    return attachment
