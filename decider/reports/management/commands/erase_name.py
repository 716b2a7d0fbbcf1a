"""Erase the name of a person from decision records."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.db import DatabaseError

from decider.base.command_line import database_failure
from decider.reports.pdf.cache import forget_pdfs
from decider.reports.services.erasing import erase_name, find_name


class Command(BaseCommand):
    help = (
        "List where decision records name a person: who made an entry, deciders, consulted and"
        " informed people, owners of risks, and who confirms conditions. With --erase, erase these"
        " names for good, and the kept PDFs with them. Numbers, hashes and signatures stay valid."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name as it was entered; case does not matter")
        parser.add_argument("--erase", action="store_true", help="erase what is listed")

    def handle(self, *, name: str, erase: bool, **_options: Any) -> None:
        try:
            found = erase_name(name) if erase else find_name(name)
            if erase:
                forget_pdfs({field.record for field in found})
        except DatabaseError as error:
            raise database_failure(error) from None
        for field in found:
            self.stdout.write(str(field))
        self.stdout.write(f"{'Erased' if erase else 'Found'}: {len(found)}.")
        if found and not erase:
            self.stdout.write("Nothing was changed. Add --erase to erase them for good.")
