"""QR codes of links, to open them on a phone."""

from __future__ import annotations

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """The address as an SVG of dark modules on a light ground, whatever the colour scheme."""
    code = segno.make_qr(address, error="m")
    picture = code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True)
    return format_html(
        '<span class="qr" role="img" aria-label="QR code of the link">{}</span>',
        mark_safe(picture),  # noqa: S308 (made of numbers by segno)
    )
