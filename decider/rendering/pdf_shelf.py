"""PDFs that were printed are kept, so that each is printed once."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import astuple
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.core.files import locks

from decider.rendering.pades import BadCertificate, certificate_digest, with_signature
from decider.rendering.pdf import render_pdf
from decider.rendering.pdf_first_page import Paper
from decider.rendering.press.job import Busy
from decider.rendering.stamp import Stamp

PLACES: Final = 3
"""One document in print and two waiting, so that PDFs can't take all threads of a server."""
_places = threading.BoundedSemaphore(PLACES)

log = logging.getLogger(__name__)

MAKERS = ("weasyprint", "pydyf", "fonttools", "Django")
"""Packages whose versions can change the bytes of a PDF."""


def kept_pdf(
    document: Mapping[str, Any], *, stamp: Stamp, paper: Paper = "A4", export: str = ""
) -> bytes:
    """The PDF of a report, from the shelf if it was printed before.

    `export` is as for `render_pdf`, and so is what it raises; Busy as well, where too many wait
    already. With a certificate the PDF is signed, which never gives the same bytes twice: those of
    the first time are kept.
    """
    key = pdf_key(stamp, paper, export)
    if content := _on_shelf(key):
        return content
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        with _alone(key):
            return _on_shelf(key) or _put_on_shelf(
                key, render_pdf(document, stamp=stamp, paper=paper, export=export)
            )
    finally:
        _places.release()


def _on_shelf(key: str) -> bytes | None:
    # A full or read-only disk must not keep anybody from a PDF.
    with suppress(OSError):
        content: bytes | None = caches["pdf"].get(key)
        return content
    return None


def _put_on_shelf(key: str, content: bytes) -> bytes:
    try:
        content = with_signature(content)
    except BadCertificate as error:
        log.error("A PDF went out without PAdES signature and was not kept: %s", error)
        return content
    with suppress(OSError):
        caches["pdf"].set(key, content)
    return content


@contextmanager
def _alone(key: str) -> Iterator[None]:
    """Wait until no other thread or process of this machine prints the PDF of that key."""
    with ExitStack() as stack:
        # On a disk that can't be written to a PDF may be printed twice; that does no harm.
        with suppress(OSError):
            path = settings.DATA_DIR / "printing" / f"{key[:2]}.lock"
            path.parent.mkdir(exist_ok=True)
            locks.lock(stack.enter_context(path.open("w")), locks.LOCK_EX)
        yield


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
