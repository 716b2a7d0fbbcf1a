"""Transactions that outlive a power cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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
