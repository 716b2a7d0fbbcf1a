"""An installation into a file and back, on any database."""

from __future__ import annotations

import zipfile
from pathlib import Path

import django
from django.core.management import call_command
from django.db import DataError, IntegrityError, connection
from django.utils import timezone

from decider.base.durability import durable, private_file
from decider.base.snapshots import snapshot
from decider.site.backup import keys, rows
from decider.site.backup.archive import (
    FORMAT,
    BackupReader,
    BackupWriter,
    BadBackup,
    Manifest,
    open_backup,
)
from decider.site.installation import (
    alone,
    close_database_to_others,
    has_unapplied_migrations,
    make_data_folder,
    remember_backup,
    remember_secret_key,
)

ROWS = "rows"


class NotReady(Exception):
    """The database isn't as a backup or a restoration needs it; the message says why."""


def write_backup(path: Path, *, with_private_keys: bool) -> Manifest:
    """Write everything that an installation keeps into a new file; what it holds.

    Others may go on saving: the file has the state of one moment. Raises FileExistsError, and
    NotReady where the database is older than the code.
    """
    if has_unapplied_migrations():
        raise NotReady("The database is older than this version: ./dev manage prepare")
    if path.exists():
        raise FileExistsError
    with private_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        writer = BackupWriter(archive, _manifest(with_private_keys))
        with snapshot():
            for label, model in rows.backed_up_models().items():
                with writer.part(_part(label)) as part:
                    rows.write_rows(model, part)
        # After the rows: each signature among them was made with a key that is there by now.
        keys.write_keys(writer)
        writer.finish()
    remember_backup()
    return writer.manifest


def _manifest(with_private_keys: bool) -> Manifest:
    migrations = rows.last_migrations()
    labels = {model._meta.app_label for model in rows.backed_up_models().values()}
    return Manifest(
        format=FORMAT,
        made_at=timezone.now().isoformat(),
        database=connection.vendor,
        django=django.get_version(),
        migrations={app: name for app, name in migrations.items() if app in labels},
        has_private_keys=with_private_keys,
    )


def restore_backup(path: Path, *, replace: bool, accept_new_key: bool = False) -> Manifest:
    """Make this installation what a backup holds, all of it or nothing; what it holds.

    Raises BadBackup for a file that doesn't fit, NotReady where the database is in use, unless it
    is to be replaced, and WrongSecretKey where the backup was made with another secret key.
    """
    with open_backup(path) as backup:
        keeps_key = keys.use_secret_key(backup)  # before migrations are looked at: they need one
        _check(backup)
        make_data_folder()
        with alone():
            close_database_to_others()
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
            if not replace and (used := rows.used_tables()):
                raise NotReady(f"The database already has rows of: {', '.join(used)}.")
            with durable():
                _load(backup)
                remember_secret_key(accept=accept_new_key)
                keys.install_keys(backup, keeps_secret_key=keeps_key)
        return backup.manifest


def _check(backup: BackupReader) -> None:
    """Raise BadBackup where the parts of a whole backup are not those that this version knows."""
    known = {_part(label) for label in rows.backed_up_models()}
    if unknown := sorted(set(backup.names(ROWS)) - known):
        raise BadBackup(f"This server has no place for {unknown[0]}; is DECIDER_SIGN_IN off here?")
    here = rows.last_migrations()
    for app, name in backup.manifest.migrations.items():
        if here.get(app) != name:
            raise BadBackup(
                f"It is of another version, with {app} {name} instead of {here.get(app)}: restore"
                " it with the version that made it, then upgrade."
            )
    keys.check_keys(backup)


def _load(backup: BackupReader) -> None:
    """Put the rows of a backup in the place of those that are there; raises BadBackup."""
    rows.remove_all_rows()
    present = {
        name: model
        for label, model in rows.backed_up_models().items()
        if (name := _part(label)) in backup.manifest.parts
    }
    try:
        for name, model in present.items():
            with backup.open(name) as lines:
                rows.read_rows(model, lines)
        rows.settle_tables(present.values())
    except (IntegrityError, DataError) as error:
        raise BadBackup(f"Its rows don't fit together: {error}") from None


def _part(label: str) -> str:
    return f"{ROWS}/{label}.jsonl"
