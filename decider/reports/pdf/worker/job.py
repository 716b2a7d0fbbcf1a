"""What is asked of the worker, and how it answers.

A message is its length and as many bytes. An answer begins with one of the three marks; PDF
bytes follow the first, a traceback the last.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

LENGTH: Final = struct.Struct("!Q")
PRINTED: Final = b"P"
TOO_MUCH: Final = b"M"
FAILED: Final = b"F"


@dataclass(frozen=True, slots=True)
class File:
    """A file to attach. `relationship` is PDF's word for what it is to the pages: "Source" ..."""

    name: str
    content: bytes
    mime: str
    description: str
    relationship: str


@dataclass(frozen=True, slots=True)
class Job:
    """A document to print. `moment`, in UTC, dates the attached files."""

    markup: str
    files: tuple[File, ...]
    moment: datetime


class TooMuch(Exception):
    """A document takes more time or memory than a PDF may; its report is none the worse."""


class Interrupted(Exception):
    """Printing was ended from outside, or not done in time on a busy machine: it may work later."""


class WorkerFailed(Exception):
    """The worker could not print a document for a reason that is not its size."""
