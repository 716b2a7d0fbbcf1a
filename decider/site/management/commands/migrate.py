"""Django's command, one process at a time."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from decider.site.installation import alone, make_data_folder


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        """Wait until no other process migrates this installation, on any machine; then migrate."""
        make_data_folder()
        with alone():
            return super().handle(*args, **options)
