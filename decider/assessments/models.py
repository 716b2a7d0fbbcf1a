"""An assessment: one application going through one questionnaire version, and who may edit it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from decider.base.access import Role
from decider.base.frozen import FrozenModel
from decider.people.identity import held_by
from decider.questionnaires.answer_files import CONTEXT_LENGTH, NOTE_LENGTH, TITLE_LENGTH
from decider.questionnaires.models import QuestionnaireVersion

BROWSER_NAME_LENGTH = 80


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def open_to(self, browser: uuid.UUID) -> AssessmentQuerySet:
        """The assessments that this browser began or holds the edit link of, and those of teams
        whose member it is."""
        return self.filter(pk__in=Editor.objects.held_by(browser).values("assessment"))

    def owned_by(self, browser: uuid.UUID) -> AssessmentQuerySet:
        """The assessments that this browser, or a team in which it is an owner, owns."""
        owned = Editor.objects.held_by(browser).filter(role=Role.OWNER)
        return self.filter(pk__in=owned.values("assessment"))

    def of_team(self, team: uuid.UUID) -> AssessmentQuerySet:
        """The assessments that belong to this team."""
        return self.filter(editors__holder=team, editors__is_owner=True)


AssessmentManager = models.Manager.from_queryset(AssessmentQuerySet)


class PresentAssessments(AssessmentManager["Assessment"]):
    """The assessments that are not deleted."""

    def get_queryset(self) -> AssessmentQuerySet:
        """All but the deleted ones."""
        return AssessmentQuerySet(self.model, using=self._db).filter(deleted_at=None)


class DeletedAssessments(AssessmentManager["Assessment"]):
    """The assessments that are deleted and can still be restored."""

    def get_queryset(self) -> AssessmentQuerySet:
        """Only the deleted ones."""
        return AssessmentQuerySet(self.model, using=self._db).filter(deleted_at__isnull=False)


class Assessment(models.Model):
    """Answers, notes and weights of one application; they can be changed at any time.

    `weights` maps section keys to swing weights 0..100 and holds only those that were set.
    `revision` grows with each change of title, context or weights, so that a stale form is
    noticed; answers have revisions of their own.
    `edit_link_serial` is part of the signed edit link: raising it revokes the links given out. The
    link never expires where `edit_link_expires_at` is None.
    A deleted assessment keeps its row until `purge_deleted` removes it: until then its owner can
    restore it, and nobody else finds it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE_LENGTH)
    context = models.TextField(max_length=CONTEXT_LENGTH, blank=True)
    weights = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    edit_link_serial = models.PositiveIntegerField(default=1)
    edit_link_expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PresentAssessments()
    deleted = DeletedAssessments()

    class Meta:
        db_table = "decider_assessment"
        ordering = ["-updated_at"]
        indexes = [
            models.Index(
                fields=["deleted_at"],
                condition=models.Q(deleted_at__isnull=False),
                name="assessment_deleted",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resume", args=[self.pk])

    @property
    def edit_link_works(self) -> bool:
        """Whether the private edit link has not expired."""
        return self.edit_link_expires_at is None or self.edit_link_expires_at > timezone.now()


class Browser(models.Model):
    """The name that whoever uses a browser goes by; other editors see it."""

    key = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=BROWSER_NAME_LENGTH)

    class Meta:
        db_table = "decider_browser"

    def __str__(self) -> str:
        return self.name


class LinkOffer(models.TextChoices):
    """When a browser is next offered the private edit link to keep."""

    ANSWERS = "answers", "after the first answers"
    SAVING = "saving", "once a report is saved"
    NEVER = "never", "no more"


class EditorQuerySet(models.QuerySet["Editor"]):
    def held_by(self, browser: uuid.UUID) -> models.QuerySet[Any, Any]:
        """The rows of this browser, and those of teams whose member it is, each with the `role`
        that it gives."""
        own = models.Case(
            models.When(is_owner=True, then=models.Value(Role.OWNER)),
            default=models.Value(Role.EDITOR),
        )
        return held_by(self, browser, own)


class Editor(models.Model):
    """Somebody who may edit an assessment, or a team that owns it.

    `holder` is the key of their browser, or with sign-in that of the person or the team: members of
    a team may do what their role in it allows. `archived_at` hides the assessment from the list
    of this browser, person or team, from no others.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="editors")
    holder = models.UUIDField(db_column="browser", db_index=True)
    since = models.DateTimeField(default=timezone.now, editable=False)
    is_owner = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    link_offer = models.CharField(
        max_length=10, choices=LinkOffer.choices, default=LinkOffer.ANSWERS
    )

    objects = EditorQuerySet.as_manager()

    class Meta:
        db_table = "decider_editor"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "holder"], name="editor_once"),
            models.UniqueConstraint(
                fields=["assessment"], condition=models.Q(is_owner=True), name="owner_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} edits {self.assessment_id}"


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


class ChangeKind(models.TextChoices):
    """What a change was made to."""

    STARTED = "started", "Beginning"
    ANSWER = "answer", "Answer"
    WEIGHTS = "weights", "Weights"
    DETAILS = "details", "Name and context"
    DELETED = "deleted", "Deletion"
    UNDELETED = "undeleted", "Undone deletion"
    JOINED = "joined", "New editor"
    TAKEN_ALONG = "taken-along", "Work taken into an account"
    LEFT = "left", "Editor who left"
    REMOVED = "removed", "Removed editor"
    OWNER = "owner", "New owner"
    ROLE = "role", "Role in the team"
    EDIT_LINK = "edit-link", "Replaced private edit link"
    REPORT = "report", "Saved report"
    SHARED = "shared", "New share link"
    UNSHARED = "unshared", "Revoked share link"
    RESHARED = "reshared", "Share link opened again"
    RECORD = "record", "Decision record"
    SIGN_OFF = "sign-off", "Sign-off"
    ROUND = "round", "Round of independent answers"


class Change(FrozenModel):
    """Something that was changed in an assessment, or around it.

    `actor` is the key of the browser or person who did it, None for the server's administrator;
    names are looked up when they are shown. `question_key` is empty for all but answers.

    `before` is what was replaced; what replaced it is the `before` of the next change of the same
    kind and question, or the present state. Of an answer it has the texts `value` and `note`, of
    weights the weight of each section, of name and context `title` and `context`. It is None for a
    first answer and for other kinds. `details` are texts and numbers that say what else a change
    was made to; `history` lists them by kind.
    """

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="changes", db_index=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.UUIDField(null=True)
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    question_key = models.CharField(max_length=100, blank=True)
    before = models.JSONField(null=True)
    details = models.JSONField(default=dict)

    class Meta(FrozenModel.Meta):
        db_table = "decider_change"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["assessment", "-id"], name="change_of_assessment"),
            models.Index(fields=["assessment", "question_key", "-id"], name="change_of_question"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.question_key}".strip()
