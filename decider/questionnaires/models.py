"""The versions of questionnaires. None ever changes."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from decider.base.frozen import FrozenModel

KEY_LENGTH = 60
LINE_LENGTH = 200


class QuestionnaireVersion(FrozenModel):
    """One state of a questionnaire file.

    `number` counts the versions of a key from 1. `digest` is the SHA-256 of the content in
    hexadecimal.
    """

    key = models.CharField(max_length=KEY_LENGTH)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=LINE_LENGTH)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(FrozenModel.Meta):
        db_table = "decider_questionnaireversion"
        ordering = ["key", "number"]
        constraints = [models.UniqueConstraint(fields=["key", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class QuestionnaireContent(FrozenModel):
    """What a version asks, as JSON in the shape of its file.

    It is large and only ever read whole, so it is not a column of the version, which many queries
    read along with an assessment.
    """

    version = models.OneToOneField(
        QuestionnaireVersion, on_delete=models.PROTECT, primary_key=True, related_name="content"
    )
    text = models.TextField()

    class Meta(FrozenModel.Meta):
        db_table = "decider_questionnairecontent"

    def __str__(self) -> str:
        return f"Content of {self.version}"
