"""Check everything that is kept against its hashes and signatures."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import deque
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from decider.base.command_line import DatabaseCommand, bad_input
from decider.base.files import FileErrors, read_path
from decider.reports.models import ChainEntry, IssuedFile, Report, SignedPdf
from decider.reports.proof.audit import audit
from decider.reports.proof.heads import (
    Head,
    Kept,
    NotAHead,
    last_signed,
    losses,
    read_kept,
    running_heads,
    written,
)
from decider.reports.proof.signing import public_keys

MAX_BYTES = 200_000_000
"""Of a file of heads: a million records take half of it."""
COUNTED = {
    Report: "reports",
    ChainEntry: "signed entries",
    IssuedFile: "PDFs that were given out",
    SignedPdf: "kept PDFs",
}


class Command(DatabaseCommand):
    help = (
        "Check every report, every entry of a decision record, their chains and every kept PDF"
        " against hashes and signatures, name what doesn't fit, and print the head of it all, to be"
        " kept elsewhere. Exits with 1 if something doesn't fit. Safe while the server runs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            metavar="HEAD-OR-FILE",
            help="a head that was printed before, or a file of --save: say what is missing since",
        )
        parser.add_argument(
            "--save", type=Path, metavar="FILE", help="write the head and those of all records here"
        )

    def handle(self, *, head: str | None, save: Path | None, **_options: Any) -> None:
        kept = kept_in(head) if head else None
        wrong = self.report_problems(kept)
        if save:
            write_heads(save)
        if wrong:
            raise CommandError(f"{wrong} {'problem' if wrong == 1 else 'problems'}.")

    def report_problems(self, kept: Kept | None) -> int:
        """Print all problems, what was checked, and the head; returns how many problems."""
        last, wrong = last_signed(), 0
        missing = losses(kept, last) if kept else ()
        for problem in chain(audit(public_keys()), missing):
            self.stdout.write(str(problem))
            wrong += 1
        counts = (f"{model._base_manager.count()} {words}" for model, words in COUNTED.items())
        self.stdout.write(f"Checked {', '.join(counts)}: {wrong or 'no'} problems.")
        self.stdout.write(f"Head: {newest_head(last)}")
        return wrong


def newest_head(last: int) -> Head:
    """The head after the entry with the key `last`."""
    return deque(running_heads(last), maxlen=1)[0]


def kept_in(argument: str) -> Kept:
    """The head that is the argument, or in the file of this name; raises CommandError."""
    path = Path(argument)
    try:
        text = read_path(path, MAX_BYTES).decode() if path.is_file() else argument
        return read_kept(text)
    except FileErrors as errors:
        raise bad_input(f"{path} can't be read.", errors) from None
    except (NotAHead, UnicodeDecodeError):
        message = "is neither a head such as 12:9f2c… nor a file that audit --save wrote"
        raise bad_input(f"“{argument}” {message}.") from None


def write_heads(path: Path) -> None:
    """Write the heads of all records; raises CommandError."""
    last = last_signed()
    try:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in written(newest_head(last), last))
    except OSError as error:
        raise bad_input(f"{path} can't be written: {error.strerror}.") from None
