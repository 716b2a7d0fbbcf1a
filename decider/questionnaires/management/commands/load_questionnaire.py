"""Load a questionnaire file."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from decider.base.command_line import DatabaseCommand, bad_input, read_argument
from decider.base.files import FileErrors
from decider.engine.questionnaire.errors import PathErrors
from decider.questionnaires.example import read_example
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import default_path, load_questionnaire, vanished_keys


class Command(DatabaseCommand):
    help = (
        "Load a questionnaire file: changed content becomes a new version, content that is loaded"
        " already changes nothing. A file with errors is refused as a whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default=str(default_path()), help="- reads stdin")
        parser.add_argument(
            "--if-missing",
            action="store_true",
            help="do nothing where the questionnaire that the server starts with is loaded",
        )

    def handle(self, *, file: str, if_missing: bool, verbosity: int, **_options: Any) -> None:
        try:
            if if_missing and is_loaded():
                return
            version, created = load_questionnaire(text=read_argument(file))
        except PathErrors as errors:
            raise bad_input(f"{file}: nothing was loaded.", errors) from None
        if verbosity:
            state = "loaded" if created else "was loaded before"
            self.stdout.write(f"{version.key}, version {version.number}: {state}.")
        if created:
            self._warn(version)

    def _warn(self, version: QuestionnaireVersion) -> None:
        """Say what the new version leaves behind."""
        if vanished := vanished_keys(version=version):
            self.stderr.write(
                "Warning: answers, weights and decisions under these keys of the version before"
                f" don't carry over: {', '.join(vanished)}."
            )
        try:
            read_example(version)
        except FileErrors as errors:
            lines = "\n".join(f"  {error}" for error in errors.errors)
            self.stderr.write(f"Warning: the example on the home page no longer fits.\n{lines}")


def is_loaded() -> bool:
    """Whether the questionnaire that the home page starts has a version."""
    return QuestionnaireVersion.objects.filter(
        key=settings.DECIDER_QUESTIONNAIRE, published_at__isnull=False
    ).exists()
