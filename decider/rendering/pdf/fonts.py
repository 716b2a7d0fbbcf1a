"""The bundled fonts: the only ones a PDF can use.

Inter and Source Serif 4 set Latin, Greek and Cyrillic; the others stand in where those have no
glyph: symbols, Hebrew, Arabic, Armenian and Georgian (DejaVu Sans), emoji in one colour (Noto
Emoji), Chinese, Japanese and Korean (Droid Sans Fallback).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

ASSETS = Path(__file__).parent / "assets"


@cache
def covered() -> frozenset[int]:
    """Every code point that a bundled font has a glyph for."""
    points: set[int] = set()
    for path in sorted((ASSETS / "fonts").glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)
