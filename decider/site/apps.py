"""What stands on top of all apps."""

from django.apps import AppConfig
from django.core import checks


class SiteConfig(AppConfig):
    name = "decider.site"

    def ready(self) -> None:
        """Let a server with a certificate that it can't use say so before it starts."""
        from decider.reports.pdf.pades import check_certificate

        checks.register(check_certificate)
