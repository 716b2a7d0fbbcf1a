"""What stands on top of all apps."""

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


class SiteConfig(AppConfig):
    name = "decider.site"

    def ready(self) -> None:
        """Let a server with a certificate that it can't use say so before it starts, and send
        errors and traces where settings say so."""
        from decider.reports.pdf.pades import check_certificate

        checks.register(check_certificate)
        if settings.SENTRY_DSN:
            from decider.web.error_reports import report_errors

            report_errors(settings.SENTRY_DSN, environment=settings.ADDRESS)
        if settings.TRACES_ENDPOINT:
            from decider.web.tracing import trace_requests

            trace_requests(settings.TRACES_ENDPOINT)
