"""Plain text that Markdown shows as it was written; web addresses in it become links."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_AT_START = re.compile(r"^(#{1,6}(?=\s)|[-+=~|](?=[\s=~|-]|$)|-{3,}|\d+(?=[.)]))", re.MULTILINE)
_ADDRESS = re.compile(r"(https?://[^\s<>\\`\"\[\]]*[^\s<>\\`\"\[\].,;:!?)'])")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def inline(text: str) -> str:
    """The text on one line, within a paragraph, a heading or a list item."""
    return _escaped(" ".join(text.split()))


def block(text: str) -> str:
    """The text as paragraphs; its line breaks stay, and none of it starts a block of its own."""
    paragraphs = re.split(r"\n\s*\n", _CONTROLS.sub("", text.replace("\r\n", "\n")).strip())
    return "\n\n".join(
        "  \n".join(_escaped(line.strip()) for line in paragraph.splitlines())
        for paragraph in paragraphs
    )


def _escaped(text: str) -> str:
    parts = _ADDRESS.split(_CONTROLS.sub("", text))
    parts[::2] = [_SPECIAL.sub(r"\\\1", part).replace("&", "&amp;") for part in parts[::2]]
    # CommonMark reads an address in angle brackets as it is, without references such as &amp;.
    parts[1::2] = [f"<{address}>" for address in parts[1::2]]
    return _AT_START.sub(lambda match: _behind_backslash(match[0]), "".join(parts))


def _behind_backslash(mark: str) -> str:
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
