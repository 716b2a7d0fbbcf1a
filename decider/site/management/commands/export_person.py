"""Write all that is kept of one person into a file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from decider.base.command_line import DatabaseCommand, bad_input
from decider.base.durability import write_private
from decider.site.personal_data import find_subject, personal_data


class Command(DatabaseCommand):
    help = (
        "Write all that is kept of one person into a JSON file: account, teams, assessments,"
        " what they changed, reports, comments, and where decision records name them. Notes that"
        " others wrote are not searched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", help="the e-mail address of an account, or a name")
        parser.add_argument("file", type=Path, help="the file to write")

    def handle(self, *, who: str, file: Path, **_options: Any) -> None:
        if file.exists():
            raise bad_input(f"{file} already exists.")
        data = personal_data(find_subject(who))
        text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        try:
            write_private(file, text.encode() + b"\n")
        except OSError as error:
            raise bad_input(f"{file} can't be written: {error.strerror}") from None
        counts = [f"{len(v)} {k.replace('_', ' ')}" for k, v in data.items() if isinstance(v, list)]
        self.stdout.write(f"{file} holds {', '.join(counts)}.")
