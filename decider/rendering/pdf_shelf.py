"""PDFs that were printed are kept, so that each is printed once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches

from decider.rendering.pades import BadCertificate, certificate_digest, with_signature
from decider.rendering.pdf import render_pdf
from decider.rendering.pdf_first_page import Paper
from decider.rendering.stamp import Stamp

log = logging.getLogger(__name__)

MAKERS = ("weasyprint", "pydyf", "fonttools", "Django")
"""Packages whose versions can change the bytes of a PDF."""


def kept_pdf(
    document: Mapping[str, Any], *, stamp: Stamp, paper: Paper = "A4", export: str = ""
) -> bytes:
    """The PDF of a report, from the shelf if it was printed before.

    `export` is as for `render_pdf`, and so is what it raises. With a certificate the PDF is signed,
    which never gives the same bytes twice: those of the first time are kept.
    """
    key = pdf_key(stamp, paper, export)
    content: bytes | None = None
    # A full or read-only disk must not keep anybody from a PDF.
    with suppress(OSError):
        content = caches["pdf"].get(key)
    if content is None:
        content = render_pdf(document, stamp=stamp, paper=paper, export=export)
        try:
            content = with_signature(content)
        except BadCertificate as error:
            log.error("A PDF went out without PAdES signature and was not kept: %s", error)
            return content
        with suppress(OSError):
            caches["pdf"].set(key, content)
    return content


def pdf_key(stamp: Stamp, paper: Paper = "A4", export: str = "") -> str:
    """A name that changes with everything that the bytes depend on."""
    parts = (*astuple(stamp), paper, export, certificate_digest(), _edition())
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


@cache
def _edition() -> str:
    """The state of templates, styles, fonts, code and packages that make a PDF."""
    rendering = Path(__file__).parent
    folders = (rendering, settings.BASE_DIR / "templates" / "pdf")
    digest = hashlib.sha256(" ".join(version(name) for name in MAKERS).encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()
