"""Small SVG drawings with a text alternative, for print.

Everything is drawn by presentation attributes, for no stylesheet reaches into a drawing of the PDF.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from xml.etree import ElementTree

from django.utils.safestring import SafeString

INK = "#1b2329"
MUTED = "#56626b"
LINE = "#dde2e6"
LINE_FIRM = "#84919a"
ACCENT = "#0b5c6b"
ACCENT_SOFT = "#9fbac0"
NEGATIVE = "#b4532a"
PAPER = "#ffffff"

FONT_SIZE = 11.4
_EM = 0.54


@dataclass(frozen=True, slots=True)
class Picture:
    """Finished SVG markup and its height in the drawing's units."""

    markup: SafeString
    height: float


class Drawing:
    """An SVG image that is built from the top left, in units of about a CSS pixel."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._parts = ElementTree.Element("g")

    def text(self, x: float, y: float, text: str, *, anchor: str = "start", **marks: str) -> None:
        """Text whose baseline is at y; `marks` are fill, font_weight and font_size."""
        part = self._add("text", {"x": x, "y": y}, marks)
        part.set("text-anchor", anchor)
        part.text = text

    def rect(self, x: float, y: float, width: float, height: float, **marks: str) -> None:
        """A rectangle; `marks` are fill and the attributes of its stroke."""
        self._add("rect", {"x": x, "y": y, "width": width, "height": height}, marks)

    def line(self, x1: float, y1: float, x2: float, y2: float, **marks: str) -> None:
        """A straight line; `marks` are the attributes of its stroke."""
        self._add("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2}, marks)

    def finish(self, height: float, title: str) -> Picture:
        """The image; its title is all that a reader who does not see it gets."""
        root = ElementTree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "class": "chart",
                "viewBox": f"0 0 {self.width:g} {height:g}",
                "font-family": "Inter, Symbols, Emoji, Han",
                "font-size": f"{FONT_SIZE:g}",
                "fill": INK,
            },
        )
        ElementTree.SubElement(root, "title").text = title
        root.append(self._parts)
        return Picture(SafeString(ElementTree.tostring(root, encoding="unicode")), height)

    def _add(
        self, tag: str, numbers: dict[str, float], marks: dict[str, str]
    ) -> ElementTree.Element:
        part = ElementTree.SubElement(self._parts, tag)
        for name, number in numbers.items():
            part.set(name, f"{number:.1f}".removesuffix(".0"))
        for name, mark in marks.items():
            part.set(name.replace("_", "-"), mark)
        return part


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """About how wide a text is set; wide East Asian characters count a full em."""
    ems = sum(1.0 if unicodedata.east_asian_width(char) in "WF" else _EM for char in text)
    return ems * size


def fold(text: str, width: float, lines: int = 2, *, size: float = FONT_SIZE) -> list[str]:
    """The text on at most so many lines of that width; the last ends in an ellipsis if cut."""
    rows = [""]
    for word in text.split():
        joined = f"{rows[-1]} {word}".strip()
        if rows[-1] and text_width(joined, size) > width:
            rows.append(word)
        else:
            rows[-1] = joined
    if len(rows) > lines:
        rows[lines - 1] = " ".join(rows[lines - 1 :])
    return [_cut(row, width, size) for row in rows[:lines]]


def _cut(text: str, width: float, size: float) -> str:
    if text_width(text, size) <= width:
        return text
    room = round(width / (_EM * size))
    text = text[:room]
    while text and text_width(f"{text}\u2026", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}\u2026"
