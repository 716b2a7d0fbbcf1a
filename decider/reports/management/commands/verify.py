"""Check a PDF or JSON of a report without the server that issued it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import BaseCommand, CommandError

from decider.base.command_line import bad_input
from decider.base.files import FileErrors, read_path
from decider.reports.proof.report_files import MAX_BYTES, ReportFile, open_report_file
from decider.reports.proof.signing import NotAKey, public_keys, read_keys
from decider.reports.proof.verification import Proof, verify_signature

FAILURES = {
    Proof.ALTERED: "Not genuine: one of these keys is named, and the signature does not fit.",
    Proof.UNKNOWN_KEY: "Not proven: it is signed with a key that is none of these.",
    Proof.UNSIGNED: "Not proven: it carries no signature.",
}


class Command(BaseCommand):
    help = (
        "Check whether a PDF or JSON of a report is genuine, with public keys in files. No"
        " database and no network are needed. Exits with 0 if it is genuine, with 1 if it isn't."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a PDF or JSON of a report")
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
        proof = verify_signature(report.data, keys)
        if proof is not Proof.GENUINE:
            raise CommandError(f"{FAILURES[proof]} Keys: {', '.join(keys) or 'none'}.")
        self.stdout.write(in_words(report))


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


def in_words(report: ReportFile) -> str:
    """What is proven, and of a PDF what isn't."""
    key = report.data["signature"]["key"]
    text = (
        f"Genuine: {report.reference} “{report.title}”, saved {report.saved_at}, signed by {key}."
    )
    if report.kind == "PDF":
        text += (
            "\nThis is proven of the report attached to the PDF. Whether its pages say the same,"
            " the server that issued it can tell: send the file to its address check-record/."
        )
    return text
