"""Tell the owners of decisions that their review date has come."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.db import DatabaseError

from decider.base.command_line import database_failure
from decider.reports.services.reviews import send_due_reviews


class Command(BaseCommand):
    help = (
        "Send e-mails to the owners of decisions whose review date has come, once for each date."
        " Run it once a day; it takes sign-in and a mail server."
    )

    def handle(self, **_options: Any) -> None:
        try:
            number = send_due_reviews()
        except DatabaseError as error:
            raise database_failure(error) from None
        self.stdout.write(f"E-mails sent on {number} decisions that are due for review.")
