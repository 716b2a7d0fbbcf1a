"""An assessment: one application going through one questionnaire version, and who may edit it."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone

from decider.questionnaires.answer_files import CONTEXT_LENGTH, NOTE_LENGTH, TITLE_LENGTH
from decider.questionnaires.models import QuestionnaireVersion


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def editable_by(self, browser: uuid.UUID) -> AssessmentQuerySet:
        """The assessments that this browser began or holds the edit link of."""
        return self.filter(editors__browser=browser)


class Assessment(models.Model):
    """Answers, notes and weights of one application; they can be changed at any time.

    `weights` maps section keys to swing weights 0..100 and holds only those that were set.
    `revision` grows with each change of title, context or weights, so that a stale form is
    noticed; answers have revisions of their own.
    `edit_link_serial` is part of the signed edit link: raising it revokes the links given out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE_LENGTH)
    context = models.TextField(max_length=CONTEXT_LENGTH, blank=True)
    weights = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    edit_link_serial = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        db_table = "decider_assessment"
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resume", args=[self.pk])


class Editor(models.Model):
    """A browser that may edit an assessment. An account or a team can take its place later."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="editors")
    browser = models.UUIDField(db_index=True)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "decider_editor"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "browser"], name="editor_once")
        ]

    def __str__(self) -> str:
        return f"{self.browser} edits {self.assessment_id}"


class Answer(models.Model):
    """The answer to one question, kept by the question's key.

    `value` is a choice key, "unknown" or "n/a". `revision` starts at 1 and grows with each
    change: whoever saves says which revision they saw.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question_key = models.CharField(max_length=100)
    value = models.CharField(max_length=100)
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "decider_answer"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question_key"], name="answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.question_key}: {self.value}"
