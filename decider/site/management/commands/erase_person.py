"""Forget who somebody is."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.db import transaction

from decider.base.command_line import DatabaseCommand, bad_input
from decider.people.erasure import erase_account
from decider.people.teams import LastOwner
from decider.reports.services.erasure import named_in
from decider.site.personal_data import Subject, erase_personal_data, find_subject


class Command(DatabaseCommand):
    help = (
        "Erase one person: their account, the name that others see, also at what they commented,"
        " and every field of a decision record that has their name, with whoever else it names."
        " Reports, records, the texts of comments, numbers, hashes and signatures stay. Search"
        " notes and reports for the name yourself: they never change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", help="the e-mail address of an account, or a whole name")
        parser.add_argument("--dry-run", action="store_true", help="only list what would go")

    def handle(self, *, who: str, dry_run: bool, **_options: Any) -> None:
        if not who.strip():
            raise bad_input("Say who.")
        try:
            subject = find_subject(who)
            if dry_run:
                self._list(subject)
                return
            erased = erase_personal_data(subject)
        except LastOwner as team:
            raise bad_input(f"Nothing was erased: “{team}” would lose its only owner.") from None
        self.stdout.write(
            f"Erased: {_what(subject)}, fields of records: {erased}. Backups still have them."
        )

    def _list(self, subject: Subject) -> None:
        with transaction.atomic():
            if subject.account:
                erase_account(subject.account)  # it may be refused
            transaction.set_rollback(True)
        found = named_in(subject.name)
        for field in found:
            self.stdout.write(f"{field.record}, entry {field.entry}, {field.path}: {field.text}")
        self.stdout.write(f"Would be erased: {_what(subject)}, fields of records: {len(found)}.")


def _what(subject: Subject) -> str:
    account = "an account" if subject.account else "no account"
    return f"{account}, names of browsers: {0 if subject.account else len(subject.keys)}"
