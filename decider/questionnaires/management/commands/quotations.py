"""Print the quotations of a questionnaire file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management import BaseCommand

from decider.base.command_line import bad_input, read_argument
from decider.engine.questionnaire.errors import PathErrors
from decider.questionnaires.versions import default_path, parse_file


class Command(BaseCommand):
    help = "Print every quotation of a questionnaire file as a JSON list. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default=str(default_path()), help="- reads stdin")

    def handle(self, *, file: str, **_options: Any) -> None:
        try:
            questionnaire = parse_file(text=read_argument(file))
        except PathErrors as errors:
            raise bad_input(f"{file}: not a valid questionnaire.", errors) from None
        rows = [asdict(quotation) for quotation in questionnaire.quotations]
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
