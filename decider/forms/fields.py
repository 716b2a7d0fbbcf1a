"""Text as people mean it: line ends in one form, and none of the characters that nobody sees."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms

JOINERS = "\u200c\u200d"
"""Invisible, but part of words in some scripts and of emoji."""

BLANKS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")
"""Letters and symbols that print as nothing."""


def seen(text: str) -> str:
    """Text without control characters, lone surrogates and invisible format characters.

    Browsers send line ends as two characters; they become one, as the length limits count them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(BLANKS)
    return "".join(
        character
        for character in lines
        if character in "\n\t"
        or character in JOINERS
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )


class TextField(forms.CharField):
    """Text of several lines."""

    def to_python(self, value: Any) -> str | None:
        """The text, cleaned, then stripped."""
        return super().to_python(seen(value) if isinstance(value, str) else value)


class LineField(TextField):
    """Text of one line."""

    def to_python(self, value: Any) -> str | None:
        """The text, cleaned, with white space folded."""
        return super().to_python(" ".join(value.split()) if isinstance(value, str) else value)


class RevisionField(forms.IntegerField):
    """The revision of what the reader of a form saw. A damaged one asks for a new page."""

    MESSAGE = "This page is damaged or very old. Open it anew; copy your text first."

    def __init__(self, *, first: int = 0) -> None:
        super().__init__(
            min_value=first,
            max_value=2**31 - 1,
            widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
            error_messages=dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), self.MESSAGE
            ),
        )
