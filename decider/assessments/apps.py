"""The app of assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "decider.assessments"

    def ready(self) -> None:
        """Hear of people who leave a team, which knows nothing of assessments."""
        from decider.assessments.departures import end_own_editing
        from decider.people.teams import editing_ended

        editing_ended.connect(end_own_editing)
