"""Notify the owners of decisions whose review date has come."""

from __future__ import annotations

from typing import Any

from decider.base.command_line import DatabaseCommand
from decider.people.notices import are_sent
from decider.reports.services.reviews import send_due_reviews


class Command(DatabaseCommand):
    help = (
        "Send e-mails to the owners of decisions whose review date has come, once for each date."
        " Run it once a day; it takes sign-in and a mail server."
    )

    def handle(self, **_options: Any) -> None:
        if not are_sent():
            self.stdout.write(
                "No e-mails can be sent: they take DECIDER_SIGN_IN and DECIDER_MAIL_URL."
            )
            return
        number = send_due_reviews()
        noun = "decision that is" if number == 1 else "decisions that are"
        self.stdout.write(f"E-mails sent on {number} {noun} due for review.")
