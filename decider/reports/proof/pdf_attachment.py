"""The report inside a PDF that somebody sent: `python -m decider.reports.proof.pdf_attachment`.

A PDF from anywhere is read in a process of its own, which knows no secret and may use little time
and memory. It reads the PDF from its standard input and writes the attached file to its output;
its exit status says what it found. It imports no Django.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

from decider.base.files import FileErrors
from decider.engine.questionnaire.errors import PathError

NAME: Final = "report.json"
MAX_BYTES: Final = 5_000_000
"""Of the attached file."""

CPU_SECONDS: Final = 5
WALL_SECONDS: Final = 15
MEMORY_BYTES: Final = 800_000_000
FOUND, MISSING, LOCKED, BROKEN, TOO_LARGE = 0, 10, 11, 12, 13
MESSAGES: Final = {
    MISSING: f"This PDF holds no report: no file {NAME} is attached to it.",
    LOCKED: "This PDF is protected by a password. Choose the file as it was downloaded.",
    BROKEN: "This PDF is damaged and can't be read.",
    TOO_LARGE: f"The report in this PDF is larger than {MAX_BYTES // 1_000_000} MB.",
}
TOO_MUCH: Final = "Reading this PDF takes more time or memory than it may."
_ROOT: Final = Path(__file__).resolve().parents[3]
_KEPT_VARIABLES: Final = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "VIRTUAL_ENV")


def attached_report(content: bytes) -> bytes:
    """The file report.json of a PDF; raises FileErrors where there is none, or no PDF."""
    try:
        done = subprocess.run(
            (sys.executable, "-m", "decider.reports.proof.pdf_attachment"),
            input=content,
            capture_output=True,
            check=False,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
            timeout=WALL_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise FileErrors([PathError("", TOO_MUCH)]) from None
    if done.returncode != FOUND:
        raise FileErrors([PathError("", MESSAGES.get(done.returncode, TOO_MUCH))])
    return done.stdout


def main() -> int:
    """Write the attached file, and say how that went."""
    _lower(resource.RLIMIT_CPU, CPU_SECONDS)
    _lower(resource.RLIMIT_AS, MEMORY_BYTES)
    _lower(resource.RLIMIT_FSIZE, 0)
    status, attached = read_attachment(sys.stdin.buffer.read())
    sys.stdout.buffer.write(attached)
    return status


def _lower(kind: int, value: int) -> None:
    """Set the limit, within the one that the machine may have set already."""
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def read_attachment(content: bytes) -> tuple[int, bytes]:
    """How reading went, and the attached file; must run within the limits of `main`."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=100,
        parser_max_container_size=1_000_000,
        doc_max_warnings=100,
        max_stream_filters=4,
        flate_max_memory=4 * MAX_BYTES,
        run_length_max_memory=4 * MAX_BYTES,
        png_max_memory=MAX_BYTES,
        tiff_max_memory=MAX_BYTES,
    )
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if NAME not in pdf.attachments:
                return MISSING, b""
            attached = pdf.attachments[NAME].get_file().read_bytes()
    except pikepdf.PasswordError:
        return LOCKED, b""
    except (pikepdf.PdfError, RuntimeError, TypeError, ValueError, KeyError, AttributeError):
        return BROKEN, b""
    return (TOO_LARGE, b"") if len(attached) > MAX_BYTES else (FOUND, attached)


if __name__ == "__main__":
    sys.exit(main())
