"""The one Django app of the project."""

from django.apps import AppConfig
from django.core import checks


class DeciderConfig(AppConfig):
    name = "decider"
    verbose_name = "Decider"

    def ready(self) -> None:
        """Let a server with a certificate that it can't use say so before it starts."""
        from decider.rendering.pades import check_certificate

        checks.register(check_certificate)
