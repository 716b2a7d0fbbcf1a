"""Make this installation what a backup holds."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from decider.base.command_line import DatabaseCommand, bad_input
from decider.site.backup.archive import BadBackup
from decider.site.backup.report import summary
from decider.site.backup.services import NotReady, restore_backup
from decider.site.installation import WrongSecretKey

WRONG_KEY = """\
The backup was made with another secret key than this server has, and doesn't hold it. Nothing was \
changed.
Set that key in DECIDER_SECRET_KEY and run this again. If it is lost for good: --accept-new-key; \
browsers then lose access to their assessments, and edit links end."""


class Command(DatabaseCommand):
    help = (
        "Make this installation what a backup holds, on whichever database it uses: all of it, or"
        " nothing where the file is damaged or doesn't fit. Stop the server first."
    )

    requires_system_checks = ()  # some of them need the secret key

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file that the command backup wrote")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="remove everything that is in the database now; without it, that has to be empty",
        )
        parser.add_argument(
            "--accept-new-key",
            action="store_true",
            help="go on without the secret key of the backup: browsers lose access",
        )

    def handle(self, *, file: Path, replace: bool, accept_new_key: bool, **_options: Any) -> None:
        try:
            manifest = restore_backup(file, replace=replace, accept_new_key=accept_new_key)
        except BadBackup as error:
            raise bad_input(f"{file} was not restored, and nothing was changed. {error}") from None
        except NotReady as error:
            raise bad_input(f"{error} Nothing was changed. --replace removes all of it.") from None
        except WrongSecretKey:
            raise bad_input(WRONG_KEY) from None
        except OSError as error:
            raise bad_input(f"{error.filename}: {error.strerror}") from None
        self.stdout.write(f"Restored {summary(manifest)}")
