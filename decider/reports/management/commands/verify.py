"""Check a PDF or JSON of a report or decision record without the server that issued it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import CommandError

from decider.base.command_line import DatabaseCommand, bad_input
from decider.base.files import FileErrors, read_path
from decider.base.moments import moment
from decider.reports.proof.checking import FileCheck, Proof, RecordCheck, check_file
from decider.reports.proof.report_files import MAX_BYTES, ReportFile, open_report_file
from decider.reports.proof.signing import NotAKey, public_keys, read_keys
from decider.reports.proof.verification import Finding, Verdict, verify_file

FAILURES = {
    Proof.ALTERED: "Not genuine: what it says does not fit its signatures.",
    Proof.UNKNOWN_KEY: "Not proven: it is signed with a key that is none of these.",
    Proof.UNSIGNED: "Not proven: it carries no signature.",
}
NO_RECORD = (
    "No decision record with signatures is in this file: what was decided is not proven by it."
)
PAGES = (
    "This is proven of the files attached to the PDF. Whether its pages say the same, the"
    " server that issued it can tell: send the file to its address check-record/."
)


VERDICTS = {
    Verdict.ISSUED: "Unchanged: this server gave out this very file.",
    Verdict.GENUINE: "Genuine: its data is as it was saved; its pages or its layout may not be.",
    Verdict.CONTRADICTED: "What is kept here is not what was signed: run audit.",
    Verdict.NOT_KEPT: "Genuine, but no longer kept here.",
    Verdict.ALTERED: "Altered: it comes from a report that is kept here, and differs.",
    Verdict.FORGED: "Not genuine: what it says does not fit its signatures.",
    Verdict.FOREIGN: "Not from this server: it is signed with another key.",
    Verdict.UNSIGNED: "Not proven: it carries no signature.",
}


class Command(DatabaseCommand):
    help = (
        "Check whether a PDF or JSON of a report or decision record is genuine, with public keys in"
        " files. No database and no network are needed, but for --kept. Exits with 0 if it is"
        " genuine, with 1 if it isn't."
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
        parser.add_argument(
            "--kept",
            action="store_true",
            help="compare it with what this server keeps, too, as its page Check a record does: say"
            " whether the decision has changed since",
        )

    def handle(self, *, file: Path, key: list[Path] | None, kept: bool, **_options: Any) -> None:
        if key and kept:
            raise bad_input("Choose --key or --kept: this server knows its own keys.")
        keys = keys_in(key) if key else public_keys()
        try:
            report = open_report_file(read_path(file, MAX_BYTES))
        except FileErrors as errors:
            raise bad_input(f"{file} can't be checked.", errors) from None
        if kept:
            self.compare(report)
            return
        check = check_file(report, keys)
        if check.proof is not Proof.GENUINE:
            failure = f"{FAILURES[check.proof]} Keys: {', '.join(keys) or 'none'}."
            raise CommandError("\n".join([failure, *faults(check), *others(report)]))
        self.stdout.write("\n".join(in_words(report, check)))

    def compare(self, report: ReportFile) -> None:
        """Print what a file is, next to what is kept; raises CommandError unless it is ours."""
        finding = verify_file(file=report, browser=None)
        lines = [VERDICTS[finding.verdict], *state_of(finding)]
        details = [*finding.check.problems, *differences(finding), *others(report)]
        text = "\n".join([*lines, *(f"  {line}" for line in details)])
        if finding.verdict not in (Verdict.ISSUED, Verdict.GENUINE):
            raise CommandError(text)
        self.stdout.write(text)


def state_of(finding: Finding) -> list[str]:
    """How the decision stood when a file was made, and what became of it."""
    if erased := finding.erased:
        return [f"{erased.record} was erased on {erased.erased_at:%Y-%m-%d}."]
    if not finding.report:
        return []
    now, later = finding.report.record.state, finding.later_entries
    added = [f"Entries added to its record since: {later}."] if later else []
    if not finding.shown or not finding.is_outdated:
        return [f"{finding.report.record} is {now.status}.", *added]
    return [
        f"This copy of {finding.report.record} says {finding.shown.status}, as of entry"
        f" {finding.shown.number}; it is {now.status} since, by entry {now.number} on"
        f" {moment(now.at)}.",
        *added,
    ]


def differences(finding: Finding) -> list[str]:
    """Where a file differs from what is kept; whoever asks here can look up what that is."""
    rows = finding.alterations
    return [f"{row.part}{f' ({row.name})' if row.name else ''}: {row.sent}" for row in rows]


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
    """The names of attachments that are not ours."""
    return [f"Also attached to it, by somebody else: {', '.join(file.others)}."] * bool(file.others)
