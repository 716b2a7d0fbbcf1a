"""The words of a PDF, for tests."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path


def folded(text: str) -> str:
    """Text without white space and soft breaks, so that line ends don't matter."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def pdf_text(path: Path) -> str:
    """All text of a PDF, folded."""
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    return folded(done.stdout.decode())
