"""What outlives a power cut: transactions, and files that are there whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

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


@contextmanager
def private_file(path: Path, *, replace: bool = True) -> Iterator[IO[bytes]]:
    """A file for its owner only, which gets its name once it is whole and on the disk.

    Without `replace`, one that has the name already stays: of processes that write at the same
    moment, one wins.
    """
    draft = path.with_name(f".{path.name}.{uuid.uuid4()}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.replace(path)
        else:
            with suppress(FileExistsError):
                path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def write_private(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Write a `private_file`."""
    with private_file(path, replace=replace) as file:
        file.write(content)


def _sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, of files that were made, renamed or linked there."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
