"""The report inside a PDF that somebody sent: `python -m decider.reports.proof.pdf_attachment`.

A PDF from anywhere is read in a process of its own, which knows no secret and may use little time
and memory. It reads the PDF from its standard input and writes to its output a line of JSON, with
the names of what else is attached and the lengths of report, decision record and its Markdown, and
behind it these three, as far as they are there; its exit status says what it found. It imports no
Django.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from decider.base.files import FileErrors
from decider.engine.questionnaire.errors import PathError

if TYPE_CHECKING:
    import pikepdf

NAME: Final = "report.json"
RECORD_NAME: Final = "record.json"
MARKDOWN_NAME: Final = "record.md"
MAX_BYTES: Final = 5_000_000
"""Of an attached file."""

CPU_SECONDS: Final = 2
WALL_SECONDS: Final = 15
MEMORY_BYTES: Final = 800_000_000
FOUND, MISSING, LOCKED, BROKEN, TOO_LARGE, TWICE = 0, 10, 11, 12, 13, 14
OURS: Final = (NAME, RECORD_NAME, MARKDOWN_NAME)
MOST_SHOWN: Final = 10
"""How many other attachments are named."""
MESSAGES: Final = {
    MISSING: f"This PDF holds no report: no file {NAME} is attached to it.",
    LOCKED: "This PDF is protected by a password. Choose the file as it was downloaded.",
    BROKEN: "This PDF is damaged and can't be read.",
    TWICE: f"More than one file {NAME}, {RECORD_NAME} or record.md is attached to this PDF: which"
    " one is meant can't be told.",
    TOO_LARGE: f"A file attached to this PDF is larger than {MAX_BYTES // 1_000_000} MB.",
}
TOO_MUCH: Final = "Reading this PDF takes more time or memory than it may."
_ROOT: Final = Path(__file__).resolve().parents[3]
_KEPT_VARIABLES: Final = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Attached:
    """What is attached to a PDF: the report, the decision record and its Markdown, each empty where
    it isn't there, and the names of files that are not ours."""

    report: bytes
    record: bytes
    markdown: bytes
    others: tuple[str, ...]


NOTHING: Final = Attached(b"", b"", b"", ())


def attached_files(content: bytes) -> Attached:
    """What is attached to a PDF.

    Raises FileErrors where there is no report, two of one of our files, or no PDF.
    """
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
    head, _, rest = done.stdout.partition(b"\n")
    names, *lengths = json.loads(head)
    files = io.BytesIO(rest)
    report, record, markdown = (files.read(length) for length in lengths)
    return Attached(report, record, markdown, tuple(names))


def main() -> int:
    """Write the attached file, and say how that went."""
    _lower(resource.RLIMIT_CPU, CPU_SECONDS)
    _lower(resource.RLIMIT_AS, MEMORY_BYTES)
    _lower(resource.RLIMIT_FSIZE, 0)
    status, found = read_attachments(sys.stdin.buffer.read())
    files = (found.report, found.record, found.markdown)
    head = json.dumps([found.others[:MOST_SHOWN], *map(len, files)])
    sys.stdout.buffer.write(b"\n".join([head.encode(), b"".join(files)]))
    return status


def _lower(kind: int, value: int) -> None:
    """Set the limit, within the one that the machine may have set already."""
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def read_attachments(content: bytes) -> tuple[int, Attached]:
    """How reading went, and what is attached.

    Must run within the limits of `main`.
    """
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
            return _read(pdf)
    except pikepdf.PasswordError:
        return LOCKED, NOTHING
    except (pikepdf.PdfError, RuntimeError, TypeError, ValueError, KeyError, AttributeError):
        return BROKEN, NOTHING


def _read(pdf: pikepdf.Pdf) -> tuple[int, Attached]:
    found = list(_attached(pdf))
    if any(sum(ours in names for names in found) > 1 for ours in OURS):
        return TWICE, NOTHING
    if NAME not in pdf.attachments:
        return MISSING, NOTHING
    report, record, markdown = (_content(pdf, name) for name in OURS)
    if max(map(len, (report, record, markdown))) > MAX_BYTES:
        return TOO_LARGE, NOTHING
    others = (next(iter(names), "") for names in found if not set(names) & set(OURS))
    return FOUND, Attached(report, record, markdown, tuple(others))


def _content(pdf: pikepdf.Pdf, name: str) -> bytes:
    """An attached file; empty where there is none."""
    return pdf.attachments[name].get_file().read_bytes() if name in pdf.attachments else b""


def _attached(pdf: pikepdf.Pdf) -> Iterator[tuple[str, ...]]:
    """Every attached file with all names that it has: in the tree of names, and on pages."""
    names = pdf.Root.get("/Names")
    nodes = [names.EmbeddedFiles] if names is not None and "/EmbeddedFiles" in names else []
    while nodes:
        node = nodes.pop()
        nodes += list(node.get("/Kids", ()))
        pairs = list(node.get("/Names", ()))
        for name, file in zip(pairs[::2], pairs[1::2], strict=True):
            yield (str(name), *_names(file))
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            if annotation.get("/Subtype") == "/FileAttachment":
                yield _names(annotation.FS)


def _names(file: pikepdf.Object) -> tuple[str, ...]:
    return tuple(str(file[key]) for key in ("/UF", "/F") if key in file)


if __name__ == "__main__":
    sys.exit(main())
