"""Find what is legal but poor in a questionnaire file."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management import BaseCommand, CommandError

from decider.base.command_line import bad_input, read_argument
from decider.base.files import read_content
from decider.engine.analysis.lint import lint
from decider.engine.analysis.lint_rules import Finding
from decider.engine.questionnaire.errors import PathError, PathErrors
from decider.engine.questionnaire.parse import parse
from decider.questionnaires.versions import default_path


class Command(BaseCommand):
    help = "Find what is legal but poor in a questionnaire file. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default=str(default_path()), help="- reads stdin")

    def handle(self, *, file: str, **_options: Any) -> None:
        try:
            content = read_content(read_argument(file))
            findings = lint(content.read_as(parse))
        except PathErrors as errors:
            raise bad_input(f"{file}: not a valid questionnaire.", errors) from None
        for line in content.located(as_errors(findings)):
            self.stdout.write(str(line))
        notes = sum(finding.is_note for finding in findings)
        if len(findings) > notes:
            raise CommandError(f"{file}: {len(findings)} findings.")
        result = f"only notes, {notes} of them" if notes else "no problems found"
        self.stdout.write(f"{file}: {result}.")


def as_errors(findings: Iterable[Finding]) -> Iterable[PathError]:
    """Findings in the form that takes a line number."""
    return (PathError(f.path, f"{f.message} [{f.code}]") for f in findings)
