"""The app of reports."""

from django.apps import AppConfig
from django.db.models.signals import pre_delete


class ReportsConfig(AppConfig):
    name = "decider.reports"

    def ready(self) -> None:
        """React to assessments that are deleted and to teams that end: they know nothing of
        reports."""
        from decider.assessments.models import Assessment
        from decider.people.teams import team_ending
        from decider.reports.readers import keep_readers, pass_on

        team_ending.connect(pass_on)
        pre_delete.connect(keep_readers, sender=Assessment)
