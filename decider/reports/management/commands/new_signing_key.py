"""Make a new key, which signs reports from now on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from decider.reports.proof.signing import rotate_keys


class Command(BaseCommand):
    help = (
        "Make a new key that signs reports from now on. The public key of the old one is kept, so"
        " that what it signed stays valid. Nothing has to be started again."
    )

    def handle(self, **_options: Any) -> None:
        key = rotate_keys()
        self.stdout.write(f"Key {key} signs from now on. Keys are in {settings.SIGNING_KEY_DIR}.")
