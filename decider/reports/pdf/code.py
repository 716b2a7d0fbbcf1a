"""The QR code of an address, for print."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def printed_code(address: str) -> SafeString:
    """The address as an SVG whose title is all that a reader who does not see it gets."""
    code = segno.make_qr(address, error="m")
    picture = code.svg_inline(
        border=4,
        light="#ffffff",
        omitsize=True,
        svgclass="code",
        lineclass=None,
        title=f"QR code of {address}",
    )
    return mark_safe(picture)  # noqa: S308 (segno escapes the title; all else are numbers)
