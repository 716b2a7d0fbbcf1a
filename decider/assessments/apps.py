"""The app of assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "decider.assessments"

    def ready(self) -> None:
        """React to people who get other roles in a team or leave it, and to teams that end."""
        from decider.assessments.departures import end_own_editing, keep_role, pass_on
        from decider.people.teams import editing_ended, role_changed, team_ending

        editing_ended.connect(end_own_editing)
        role_changed.connect(keep_role)
        team_ending.connect(pass_on)
