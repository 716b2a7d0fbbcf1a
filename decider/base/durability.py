"""What outlives a power cut: transactions, and names in folders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction


@contextmanager
def durable() -> Iterator[None]:
    """A transaction that is on the disk once it is over.

    Of what else is written to SQLite, a power cut may undo the last moments: waiting for the disk
    at every step of the wizard would halve its speed. PostgreSQL waits for the disk always.
    """
    outermost = connection.vendor == "sqlite" and not connection.in_atomic_block
    if outermost:
        _synchronous("FULL")
    try:
        with transaction.atomic():
            yield
    finally:
        if outermost:
            _synchronous("NORMAL")


def _synchronous(level: str) -> None:
    """Takes effect between transactions only."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={level}")


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, of files that were made, renamed or linked there."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
