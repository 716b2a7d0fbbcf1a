"""Erase a whole report, so that it stays proven that there was one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from decider.base.command_line import DatabaseCommand, bad_input
from decider.base.moments import moment
from decider.reports.models import DecisionRecord
from decider.reports.models.record import numbered
from decider.reports.services.erased_reports import CanNotErase, erase_report


class Command(DatabaseCommand):
    help = (
        "Erase a report with its decision record: answers, notes, decisions, names, comments and"
        " share links go. Its number, its hash and the hashes of its entries stay, signed, so that"
        " audit finds nothing missing and files that were given out can still be checked. The"
        " assessment that it was saved from stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("record", help="the number of its decision record: DR-2026-0007")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *, record: str, dry_run: bool, **_options: Any) -> None:
        found = numbered(record).select_related("report").first()
        if found is None:
            raise bad_input(f"There is no decision record {record!r}.")
        try:
            lines = _contents(found)
            if not dry_run:
                erase_report(record=found)
        except CanNotErase as error:
            raise bad_input(f"Nothing was erased. {error}") from None
        self.stdout.write("\n".join(["Would be erased:" if dry_run else "Erased:", *lines]))


def _contents(record: DecisionRecord) -> list[str]:
    """What goes with a report, and what doesn't."""
    report = record.report
    if report.erased_at:
        raise CanNotErase(f"{record} was erased already, on {report.erased_at:%Y-%m-%d}.")
    counts = {
        "decisions": record.entries,
        "sign-offs": record.sign_offs,
        "comments": report.comments,
        "share links": report.share_links,
    }
    parts = ", ".join(f"{words}: {rows.count()}" for words, rows in counts.items())
    assessment = "The assessment that it was saved from still has its answers and notes."
    return [
        f"{record}, “{report.title}”, saved {moment(report.saved_at)}. {parts}.",
        f"What stays: the number {record}, the hash {report.content_hash}, and those of its"
        " entries.",
        *([assessment] if report.assessment_id else []),
        "Backups, and files that were given out, still hold it.",
    ]
