"""Tell the owners of decisions that their review date has come."""

from __future__ import annotations

from typing import Any

from decider.base.command_line import DatabaseCommand
from decider.reports.services.reviews import send_due_reviews


class Command(DatabaseCommand):
    help = (
        "Send e-mails to the owners of decisions whose review date has come, once for each date."
        " Run it once a day; it takes sign-in and a mail server."
    )

    def handle(self, **_options: Any) -> None:
        number = send_due_reviews()
        self.stdout.write(f"E-mails sent on {number} decisions that are due for review.")
