"""What commands share: files named on the command line, and failures in words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from decider.base.files import read_limited, read_path
from decider.engine.questionnaire.errors import PathErrors

BAD_INPUT = 2
"""The exit code for input that can't be used; nothing was done then."""


def read_argument(name: str) -> bytes:
    """The content of the file with this name, "-" being standard input; raises FileErrors."""
    return read_limited(sys.stdin.buffer) if name == "-" else read_path(Path(name))


def bad_input(what: str, errors: PathErrors | None = None) -> CommandError:
    """The failure to raise; every error has a line of its own."""
    lines = [what, *(f"  {error}" for error in (errors.errors if errors else ()))]
    return CommandError("\n".join(lines), returncode=BAD_INPUT)


class DatabaseCommand(BaseCommand):
    """A command that says in words where the database can't be used."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run; a failure of the database, usually because it is empty, is the command's failure."""
        try:
            return super().execute(*args, **options)
        except DatabaseError as error:
            raise CommandError(
                f"The database can't be used: {error}\n"
                "  ./dev manage prepare sets it up and brings it up to date.",
                returncode=BAD_INPUT,
            ) from None
