"""PDFs that were printed are kept, so that each is printed once.

One that can be printed again with the same bytes is kept in a cache, which may lose it. One that
is signed with a certificate can't: it is kept in the database, like the report that it is of.

One that names a secret address is always kept in the cache, and encrypted with that secret: neither
disk nor database gives the address away.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import caches
from django.core.files import locks

from decider.base import metrics
from decider.reports.models import SignedPdf
from decider.reports.pdf.order import Order
from decider.reports.pdf.pades import BadCertificate, with_signature
from decider.reports.pdf.render import render_pdf
from decider.reports.pdf.worker.job import TooMuch
from decider.reports.proof.issued import kept_statement
from decider.reports.proof.signing import sign

TOO_MUCH: Final = "too much"
"""Kept in place of a PDF that takes more than it may."""
TOO_MUCH_SECONDS: Final = 24 * 3600
"""How long that is remembered: another day the machine may be faster."""

log = logging.getLogger(__name__)


def cached_pdf(order: Order) -> bytes:
    """The PDF that is ordered, the kept one if it was printed before.

    Raises what `render_pdf` raises. With a certificate the PDF is signed, which never gives the
    same bytes twice: those of the first time are kept.
    """
    key = order.key
    if content := found_pdf(order):
        return content
    with _alone(key):
        if content := found_pdf(order):
            return content
        started = time.monotonic()
        try:
            content = render_pdf(order)
        except TooMuch:
            metrics.count("pdfs", outcome="too much")
            _cache(key, TOO_MUCH, TOO_MUCH_SECONDS)
            raise
        metrics.count("pdfs", outcome="printed")
        metrics.took("pdf", time.monotonic() - started)
        return _kept(order, content)


def found_pdf(order: Order) -> bytes | None:
    """The PDF that was kept for this order; raises TooMuch where printing it was too much."""
    if settings.SIGNING_CERTIFICATE and not order.secret:
        signed = SignedPdf.objects.filter(key=order.key).values_list("content", flat=True).first()
        if signed is not None:
            metrics.count("pdfs", outcome="kept")
            return bytes(signed)
    cached: bytes | str | None = None
    # A full or read-only disk must not keep anybody from a PDF.
    with suppress(OSError):
        cached = caches["pdf"].get(order.key)
    if isinstance(cached, str):
        raise TooMuch
    if not cached:
        return None
    metrics.count("pdfs", outcome="kept")
    return _cipher(order).decrypt(cached) if order.secret else cached


def _kept(order: Order, content: bytes) -> bytes:
    """The PDF, signed and in the database where there is a certificate, or else cached."""
    if settings.SIGNING_CERTIFICATE:
        try:
            content = with_signature(content)
        except BadCertificate as error:
            log.error("A PDF went out without PAdES signature and was not kept: %s", error)
            return content
        if not order.secret:
            return _kept_for_good(order.key, content)
    _cache(order.key, _cipher(order).encrypt(content) if order.secret else content, None)
    return content


def _cipher(order: Order) -> Fernet:
    """What encrypts a PDF for those who have the secret of its address."""
    digest = hashlib.sha256(f"kept PDF {order.secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _kept_for_good(key: str, signed: bytes) -> bytes:
    """The PDF in the database: the one of whoever signed it first."""
    kept = SignedPdf(key=key, content=signed)
    kept.signed_by, kept.signature = sign(kept_statement(kept))
    SignedPdf.objects.bulk_create([kept], ignore_conflicts=True)
    return bytes(SignedPdf.objects.get(key=key).content)


def _cache(key: str, value: bytes | str, seconds: int | None) -> None:
    with suppress(OSError):
        caches["pdf"].set(key, value, seconds)


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
