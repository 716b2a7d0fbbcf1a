"""Delete assessments that nobody has gone on with."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.utils import timezone

from decider.assessments.lifecycle import KEPT_AFTER_DELETION
from decider.base.command_line import DatabaseCommand, bad_input
from decider.site.drafts import delete_stale_drafts, stale_drafts


class Command(DatabaseCommand):
    help = (
        "Delete the assessments without a report that were not changed for so many days. Their"
        f" owners can restore them for {KEPT_AFTER_DELETION.days} days; then purge_deleted, or the"
        " next start of the server, removes them for good."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("days", type=int, help="how long nothing may have been changed")
        parser.add_argument("--dry-run", action="store_true", help="only list them")

    def handle(self, *, days: int, dry_run: bool, **_options: Any) -> None:
        if days < 1:
            raise bad_input("Give a number of days from 1.")
        before = timezone.now() - timedelta(days=days)
        if dry_run:
            self._list(before)
        else:
            self.stdout.write(f"{delete_stale_drafts(before)} deleted.")

    def _list(self, before: Any) -> None:
        found = list(stale_drafts(before).order_by("updated_at"))
        for draft in found:
            self.stdout.write(f"{draft.pk}  {draft.updated_at:%Y-%m-%d}  {draft.title}")
        self.stdout.write(f"{len(found)} would be deleted.")
