"""The words of a PDF, for tests."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path


def folded(text: str) -> str:
    """Text without white space and soft breaks, so that line ends don't matter."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page of a PDF, folded, without the marks of its directions."""
    # Each page ends with a form feed.
    return [folded(re.sub("[\u202a-\u202e]", "", page)) for page in _text(content).split("\f")[:-1]]


def pdf_text(path: Path) -> str:
    """All text of a PDF, folded."""
    return folded(_text(path.read_bytes()))


def _text(content: bytes) -> str:
    command = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
