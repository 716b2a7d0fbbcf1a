"""Check a PDF or JSON of a report or decision record without the server that issued it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import BaseCommand, CommandError

from decider.base.command_line import bad_input
from decider.base.files import FileErrors, read_path
from decider.reports.proof.checking import FileCheck, Proof, RecordCheck, check_file
from decider.reports.proof.report_files import MAX_BYTES, ReportFile, open_report_file
from decider.reports.proof.signing import NotAKey, public_keys, read_keys

FAILURES = {
    Proof.ALTERED: "Not genuine: what it says does not fit its signatures.",
    Proof.UNKNOWN_KEY: "Not proven: it is signed with a key that is none of these.",
    Proof.UNSIGNED: "Not proven: it carries no signature.",
}
NO_RECORD = (
    "No decision record with signatures is in this file: what was decided is not proven by it."
)
PAGES = (
    "This is proven of the files attached to the PDF. Whether its pages and record.md say the same,"
    " the server that issued it can tell: send the file to its address check-record/."
)


class Command(BaseCommand):
    help = (
        "Check whether a PDF or JSON of a report or decision record is genuine, with public keys in"
        " files. No database and no network are needed. Exits with 0 if it is genuine, with 1 if it"
        " isn't."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a PDF or JSON of a report or decision record")
        parser.add_argument(
            "--key",
            action="append",
            type=Path,
            metavar="FILE",
            help="public keys in PEM, from the address signing-keys/ of the server; by default"
            " those of this server",
        )

    def handle(self, *, file: Path, key: list[Path] | None, **_options: Any) -> None:
        keys = keys_in(key) if key else public_keys()
        try:
            report = open_report_file(read_path(file, MAX_BYTES))
        except FileErrors as errors:
            raise bad_input(f"{file} can't be checked.", errors) from None
        check = check_file(report, keys)
        if check.proof is not Proof.GENUINE:
            failure = f"{FAILURES[check.proof]} Keys: {', '.join(keys) or 'none'}."
            raise CommandError("\n".join([failure, *faults(check), *others(report)]))
        self.stdout.write("\n".join(in_words(report, check)))


def keys_in(paths: list[Path]) -> dict[str, Ed25519PublicKey]:
    """All public keys in these files; raises CommandError for a file without one."""
    keys: dict[str, Ed25519PublicKey] = {}
    for path in paths:
        try:
            keys |= read_keys(read_path(path))
        except FileErrors as errors:
            raise bad_input(f"{path} can't be read.", errors) from None
        except NotAKey as error:
            raise bad_input(f"{path} can't be used: {error}.") from None
    return keys


def faults(check: FileCheck) -> list[str]:
    """What doesn't fit, each on a line of its own."""
    lines = ["The report was changed."] if check.report is Proof.ALTERED else []
    return [f"  {line}" for line in (*lines, *check.problems)]


def in_words(file: ReportFile, check: FileCheck) -> list[str]:
    """What is proven, and what isn't."""
    lines = [f"Genuine: {file.reference}{of_report(file)}."]
    lines += of_record(check.record) if check.record else [NO_RECORD]
    return [*lines, *others(file), *([PAGES] if file.kind == "PDF" else [])]


def of_report(file: ReportFile) -> str:
    """Title, moment and key of the report in a file, if there is one."""
    if not file.data:
        return ", without its report"
    return f" “{file.title}”, saved {file.saved_at}, signed by {file.data['signature']['key']}"


def of_record(check: RecordCheck) -> list[str]:
    """The state of the decision that a file shows."""
    number = len(check.entries)
    state = (
        f"Decision: {check.status}, as of entry {number}, {check.last_at}. Whether there are later"
        " entries, the server can tell."
    )
    return [state, *(f"  {remark}" for remark in check.remarks)]


def others(file: ReportFile) -> list[str]:
    """The names of attachments that are none of ours."""
    return [f"Also attached to it, by somebody else: {', '.join(file.others)}."] * bool(file.others)
