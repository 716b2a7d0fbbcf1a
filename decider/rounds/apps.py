"""The app of independent answers."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "decider.rounds"

    def ready(self) -> None:
        """Name those who take part in rounds."""
        from decider.assessments.signals import names_wanted
        from decider.rounds.names import names_in_rounds

        names_wanted.connect(names_in_rounds)
