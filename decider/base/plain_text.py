"""Text as people mean it: line ends in one form, and none of the characters that nobody sees."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"
"""Invisible, but part of words in some scripts and of emoji."""

BLANKS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")
"""Letters and symbols that print as nothing."""


def clean_text(text: str) -> str:
    """Text without control characters, lone surrogates and invisible format characters.

    Browsers send line ends as two characters; they become one, as the length limits count them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(BLANKS)
    return "".join(character for character in lines if _is_visible(character))


def spelled_out(text: str) -> str:
    """Text with each character that `clean_text` would leave out as its code point: [U+202E]."""
    return "".join(c if _is_visible(c) else f"[U+{ord(c):04X}]" for c in text)


def _is_visible(character: str) -> bool:
    special = character in "\n\t" or character in JOINERS
    return special or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
