"""The app of independent answers."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "decider.rounds"
