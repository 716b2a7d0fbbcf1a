"""Write everything that an installation keeps into one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from decider.base.command_line import DatabaseCommand, bad_input
from decider.site.backup.report import summary
from decider.site.backup.services import NotReady, write_backup


class Command(DatabaseCommand):
    help = (
        "Write everything that this installation keeps into one new file: all rows of the database,"
        " signed PDFs among them, and the keys of the data folder. The server may go on running."
        " Left out are sessions, and printed PDFs that can be printed again with the same bytes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write; none may be there")
        parser.add_argument(
            "--without-keys",
            action="store_true",
            help="leave out the secret key and the private key that signs reports",
        )

    def handle(self, *, file: Path, without_keys: bool, **_options: Any) -> None:
        try:
            manifest = write_backup(file, with_private_keys=not without_keys)
        except FileExistsError:
            raise bad_input(f"{file} already exists.") from None
        except OSError as error:
            raise CommandError(f"{file} can't be written: {error.strerror}") from None
        except NotReady as error:
            raise bad_input(str(error)) from None
        self.stdout.write(f"{file} holds {summary(manifest)}")
