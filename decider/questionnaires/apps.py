"""The app of questionnaires."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "decider.questionnaires"
