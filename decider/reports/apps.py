"""The app of reports."""

from django.apps import AppConfig
from django.db.models.signals import pre_delete


class ReportsConfig(AppConfig):
    name = "decider.reports"

    def ready(self) -> None:
        """Hear of assessments that are deleted, which know nothing of reports."""
        from decider.assessments.models import Assessment
        from decider.reports.readers import keep_readers

        pre_delete.connect(keep_readers, sender=Assessment)
