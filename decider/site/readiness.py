"""Whether a server process can do all that people ask of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db import DatabaseError

from decider.reports.pdf.worker.client import worker
from decider.site.installation import (
    has_unapplied_migrations,
    write_to_data_folder,
    write_to_database,
)

OK: Final = "ok"


def readiness() -> dict[str, str]:
    """What each part says: "ok", or what is wrong with it."""
    return {part: check() for part, check in CHECKS.items()}


def _database() -> str:
    try:
        write_to_database()
    except DatabaseError:
        return "can't be written"
    return OK


def _migrations() -> str:
    try:
        return "unapplied" if has_unapplied_migrations() else OK
    except DatabaseError:
        return "unknown"


def _storage() -> str:
    try:
        write_to_data_folder()
    except OSError:
        return "can't be written"
    return OK


def _pdf_worker() -> str:
    return OK if worker.is_fit() else "failed"


CHECKS: Final[dict[str, Callable[[], str]]] = {
    "migrations": _migrations,
    "database": _database,
    "storage": _storage,
    "pdf_worker": _pdf_worker,
}
