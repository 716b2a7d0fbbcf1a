"""The app of assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "decider.assessments"
