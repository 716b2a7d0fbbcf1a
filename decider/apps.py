"""The one Django app of the project."""

from django.apps import AppConfig


class DeciderConfig(AppConfig):
    name = "decider"
    verbose_name = "Decider"
