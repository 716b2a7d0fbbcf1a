"""The bundled fonts of the PDF, and what they can print.

Inter and Source Serif 4 set Latin, Greek and Cyrillic; the others stand in where those have no
glyph: symbols, Hebrew, Arabic, Armenian and Georgian (DejaVu Sans), emoji in one colour (Noto
Emoji), Chinese, Japanese and Korean (Droid Sans Fallback).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"


@cache
def covered() -> frozenset[int]:
    """Every code point that a bundled font has a glyph for.

    Read from a list beside the fonts, a hexadecimal range a line, for opening the fonts
    themselves takes a tenth of a second and memory in every server process.
    """
    points: set[int] = set()
    for line in (ASSETS / "fonts" / "covered.txt").read_text(encoding="ascii").splitlines():
        first, last = (int(end, 16) for end in line.split("-"))
        points.update(range(first, last + 1))
    return frozenset(points)
