"""Print the state of the system."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from decider.base.command_line import DatabaseCommand
from decider.site.system_state import system_state


class Command(DatabaseCommand):
    help = (
        "Print the state of the system: readiness, versions, database, last backup, what is kept,"
        " free space, keys, settings without secrets, and limits."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print it as JSON")

    def handle(self, **options: Any) -> None:
        parts = system_state()
        if options["json"]:
            text = json.dumps({part.title: part.rows for part in parts}, indent=2)
        else:
            lines = [line for part in parts for line in ("", part.title, *_indented(part.rows))]
            text = "\n".join(lines[1:])
        self.stdout.write(text)


def _indented(rows: dict[str, str]) -> list[str]:
    width = max(map(len, rows))
    return [f"  {name:{width}}  {words}" for name, words in rows.items()]
