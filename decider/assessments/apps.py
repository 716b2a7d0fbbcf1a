"""The app of assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "decider.assessments"

    def ready(self) -> None:
        """Hear of people who leave a team, and of teams that end."""
        from decider.assessments.departures import end_own_editing, pass_on
        from decider.people.teams import editing_ended, team_ending

        editing_ended.connect(end_own_editing)
        team_ending.connect(pass_on)
