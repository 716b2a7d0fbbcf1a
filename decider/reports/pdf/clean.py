"""Text that the bundled fonts can set and that layout gets through in linear time.

Works on whole markup: tags and attributes stay as they are, but for characters that have no
business in a document at all.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Container

# Controls, bidirectional controls, invisible separators, variation selectors and tag characters.
_DROPPED = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200d-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e0fff\ud800-\udfff]"
)
_MARK = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARKS = re.compile(f"([{_MARK}]{{3}})[{_MARK}]+")
_LONG = re.compile(r"(\S{30})(?=\S)")
_TAG = re.compile(r"(<[^>]*>)")
# Words in other characters than ASCII, with the white space and the marks between them.
_RUNS = re.compile(r"((?:[^\x00-\x7f]+[ \t\n]*)+)")
RUN_LENGTH = 4
"""From so many letters without a glyph on, only their script and number are printed."""
BREAK = "\u200b"
LINE_LIMIT = 40
"""How many lines of its own a text gets; each costs as much time as forty words."""
_BLANK_LINES = re.compile(r"(?:<br>\s*){3,}")
# Tried behind tags only: from every character on, it would take the square of a text's length.
_MANY_LINES = re.compile(rf"(?<=>)[^<]*(?:<br>[^<]*){{{LINE_LIMIT},}}")


def clean_markup(markup: str, covered: Container[int]) -> str:
    """The markup with every text made fit to print; `covered` are the fonts' code points.

    Text must be escaped, so that every "<" opens a tag. Drops control and bidirectional control
    characters, keeps three combining marks in a row, offers a line break every thirty characters
    of a long token and writes a character without a glyph as [U+1F600], and a text in a script
    without glyphs as what it is. Of blank lines one is
    kept, and what comes after LINE_LIMIT lines is run on.
    """
    markup = _MANY_LINES.sub(_run_on, _BLANK_LINES.sub("<br><br>", markup))
    pieces = _TAG.split(_DROPPED.sub("", unicodedata.normalize("NFC", markup)))
    pieces[::2] = [clean_text(piece, covered) for piece in pieces[::2]]
    return "".join(pieces)


def clean_text(text: str, covered: Container[int]) -> str:
    """One escaped text between two tags, made fit to print."""
    if not text or text.isspace():
        return text
    plain = _MARKS.sub(r"\1", html.unescape(text))
    if not plain.isascii():
        plain = "".join(_without_script(run, covered) for run in _RUNS.split(plain))
    return html.escape(_LONG.sub(rf"\1{BREAK}", plain), quote=False)


def cut_short(text: str, limit: int, attached: str = "report.json") -> str:
    """The beginning of a text longer than this, with the name of the file that has all of it."""
    if len(text) <= limit:
        return text
    return f"{text[:limit].rstrip()} \u2026 [cut; the whole text is in the attached {attached}]"


def _run_on(lines: re.Match[str]) -> str:
    """The first lines as they are, and all others behind the last of them."""
    *first, rest = lines[0].split("<br>", LINE_LIMIT - 1)
    return "<br>".join([*first, " / ".join(line for line in rest.split("<br>") if line.strip())])


def _without_script(run: str, covered: Container[int]) -> str:
    """A run of text, or how much it is of which script where its letters have no glyphs."""
    letters = [char for char in run if ord(char) not in covered and char.isalpha()]
    if len(letters) < RUN_LENGTH:
        return "".join(_printable(char, covered) for char in run)
    script = unicodedata.name(letters[0], "an unknown script").split()[0].capitalize()
    ends = run[: len(run) - len(run.lstrip())], run[len(run.rstrip()) :]
    note = f"[text in {script} script, {len(run.strip())} characters: see report.json]"
    return note.join(ends)


def _printable(char: str, covered: Container[int]) -> str:
    if ord(char) in covered or char in "\n\t":
        return char
    plainer = unicodedata.normalize("NFKC", char)
    if all(ord(part) in covered for part in plainer):
        return plainer
    return f"[U+{ord(char):04X}]"
