"""What an installation needs before it starts, and whether it is fit to serve."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files import locks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from decider.base.durability import write_private
from decider.site.models import Installation

LOCK_NUMBER: Final = 7_243_001
"""Of the advisory lock in PostgreSQL; any number that nothing else in the database uses."""
OTHERS: Final = 0o007


class WrongSecretKey(Exception):
    """The secret key in use isn't the one that the data was made with."""


def make_data_folder() -> None:
    """The data folder, closed to others; a new one is for its owner only."""
    folder: Path = settings.DATA_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (mode := folder.stat().st_mode) & OTHERS:
        folder.chmod(mode & ~OTHERS)


def has_secret_key() -> bool:
    """Whether a secret key is set, or was made."""
    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:  # Django lets nobody read an empty one
        return False


def new_secret_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_urlsafe(50)


def make_secret_key(path: Path) -> str:
    """The key in this file, made where there is none; its owner alone may read it."""
    if not path.exists():
        write_private(path, new_secret_key().encode(), replace=False)
    return path.read_text(encoding="utf-8").strip()


def close_database_to_others() -> None:
    """Let nobody else on this machine read an SQLite database, which is made here if need be."""
    if connection.vendor != "sqlite":
        return
    path = Path(connection.settings_dict["NAME"])
    path.touch(mode=0o600)
    for part in (path, *path.parent.glob(f"{path.name}-*")):
        part.chmod(part.stat().st_mode & ~OTHERS)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process prepares or migrates this installation, on any machine.

    May be entered again inside of itself.
    """
    if _is_alone.get():
        yield
        return
    token = _is_alone.set(True)
    try:
        with _locked():
            yield
    finally:
        _is_alone.reset(token)


_is_alone: ContextVar[bool] = ContextVar("is_alone", default=False)


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    with (settings.DATA_DIR / "prepare.lock").open("w") as file:
        locks.lock(file, locks.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])


def remember_secret_key(*, accept: bool = False) -> None:
    """Note which secret key the data belongs to; raises WrongSecretKey for another one.

    A new key is fine where the old one is among SECRET_KEY_FALLBACKS, or with `accept`.
    """
    known = Installation.objects.first()
    if known and _fits(known, settings.SECRET_KEY):
        return
    if known and not accept and not any(_fits(known, k) for k in settings.SECRET_KEY_FALLBACKS):
        raise WrongSecretKey
    installation = known or Installation()
    installation.key_salt = secrets.token_hex(16)
    installation.key_digest = _digest(installation.key_salt, settings.SECRET_KEY)
    installation.save()


def _fits(known: Installation, key: str) -> bool:
    return constant_time_compare(known.key_digest, _digest(known.key_salt, key))


def _digest(salt: str, key: str) -> str:
    return salted_hmac(salt, "decider", secret=key, algorithm="sha256").hexdigest()


def has_unapplied_migrations() -> bool:
    """Whether the database is older than the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def write_to_database() -> None:
    """Raises DatabaseError where nothing can be saved."""
    Installation.objects.update(checked_at=timezone.now())


def remember_backup() -> None:
    """Note that a backup was just made, where that can be written."""
    with contextlib.suppress(DatabaseError):
        Installation.objects.update(backed_up_at=timezone.now())


def write_to_data_folder() -> None:
    """Raises OSError where no file can be written."""
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        file.write(b"x")
