"""Remove assessments that were deleted long ago."""

from __future__ import annotations

from typing import Any

from decider.assessments.lifecycle import KEPT_AFTER_DELETION, purge_expired
from decider.base.command_line import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        f"Remove, for good, the assessments that were deleted more than {KEPT_AFTER_DELETION.days}"
        " days ago. Their saved reports are kept. Each start of the server does this too."
    )

    def handle(self, **options: Any) -> None:
        purged = purge_expired()
        if options["verbosity"]:
            self.stdout.write(f"{purged} removed.")
