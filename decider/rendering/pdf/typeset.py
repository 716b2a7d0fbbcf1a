"""Markup to PDF bytes by WeasyPrint, with the bundled fonts and nothing else.

Fontconfig is pointed at an empty configuration before WeasyPrint loads it, so that no font of
the system is ever used. Nothing is fetched but the stylesheet's own fonts.
"""

from __future__ import annotations

import os
import threading
import warnings
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from decider.rendering.pdf.fonts import ASSETS

os.environ["FONTCONFIG_FILE"] = str(ASSETS / "fontconfig.xml")
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from decider.rendering.pdf.finish import Metadata, finish

VARIANT = "pdf/a-3a"


@dataclass(frozen=True, slots=True)
class File:
    """A file to attach. `relationship` is how it relates to the pages: "Source" ..."""

    name: str
    content: bytes
    mime: str
    description: str
    relationship: str


class BundledOnly(URLFetcher):  # type: ignore[misc]
    """Fetches the bundled fonts, which the stylesheet names, and refuses everything else."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """The font of that address; raises ValueError for any other address."""
        for path in (ASSETS / "fonts").glob("*.ttf"):
            if url == path.as_uri():
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
        raise ValueError(f"Not a bundled font: {url}")


class _Press(threading.local):
    """The fonts and the parsed stylesheet of one thread: FontConfiguration bears no sharing."""

    def __init__(self) -> None:
        self.fetcher = BundledOnly()
        self.fonts = FontConfiguration()
        self.sheet = CSS(
            filename=str(ASSETS / "report.css"),
            font_config=self.fonts,
            url_fetcher=self.fetcher,
        )


_press = _Press()


def typeset(markup: str, *, files: tuple[File, ...], moment: datetime) -> bytes:
    """A PDF that is PDF/A-3a and PDF/UA-1, the same bytes for the same arguments.

    `moment` dates the attached files.
    """
    document = HTML(string=markup, url_fetcher=_press.fetcher).render(
        stylesheets=[_press.sheet],
        font_config=_press.fonts,
        pdf_variant=VARIANT,
        pdf_tags=True,
    )
    document.metadata.__class__ = Metadata
    content: bytes = document.write_pdf(
        pdf_variant=VARIANT,
        pdf_tags=True,
        attachments=[_attachment(file, moment) for file in files],
        finisher=finish,
    )
    return content


def _attachment(file: File, moment: datetime) -> Attachment:
    attachment = Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        relationship=file.relationship,
        created=moment,
        modified=moment,
    )
    # WeasyPrint would guess the type from the system's tables, which differ between machines.
    attachment.source = nullcontext((BytesIO(file.content), None, None, file.mime))
    return attachment
