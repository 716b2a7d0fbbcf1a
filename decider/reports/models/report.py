"""A report: an assessment frozen at a moment. Nothing in it ever changes."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from decider.assessments.models import Assessment, Editor
from decider.base.access import Role
from decider.base.frozen import FrozenModel, FrozenQuerySet
from decider.engine.report.codec import decode
from decider.engine.report.document import Document
from decider.people.identity import held_by
from decider.people.models import Team
from decider.questionnaires.answer_files import TITLE_LENGTH


class ReportQuerySet(FrozenQuerySet["Report"]):
    def readable_by(self, browser: uuid.UUID) -> ReportQuerySet:
        """The reports this browser saved, and those of assessments that it edits or edited until
        they were deleted. What belongs to a team, only its members read, whoever saved it."""
        edited = Editor.objects.held_by(browser).values("assessment")
        kept = Reader.objects.held_by(browser).values("report")
        saved = models.Q(saved_by=browser)
        if settings.SIGN_IN:
            saved &= ~self._of_teams()
        return self.filter(saved | models.Q(assessment__in=edited) | models.Q(pk__in=kept))

    @staticmethod
    def _of_teams() -> models.Q:
        """Reports of assessments that belong to a team, or did until they were deleted."""
        teams = Team.objects.values("pk")
        owned = Editor.objects.filter(holder__in=teams, assessment=models.OuterRef("assessment"))
        kept = Reader.objects.filter(holder__in=teams, report=models.OuterRef("pk"))
        return models.Q(models.Exists(owned)) | models.Q(models.Exists(kept))


ReportManager = models.Manager.from_queryset(ReportQuerySet)


class PresentReports(ReportManager["Report"]):
    """The reports that were not erased."""

    def get_queryset(self) -> ReportQuerySet:
        """All but the erased ones."""
        return ReportQuerySet(self.model, using=self._db).filter(erased_at=None)


class Report(FrozenModel):
    """A report document and its hash.

    `content` is the canonical JSON of the document (sorted keys, no white space, UTF-8) and
    `content_hash` its SHA-256 in hexadecimal. `number` counts the reports of one assessment
    from 1. `saved_by` is the browser that saved it, and keeps access if the assessment goes.
    `recommendation` (the key of an alternative, or empty) and `certainty` (the words for how sure
    it is) stand in the document too; lists show them without reading it. Of a report that was
    erased at `erased_at`, a `Tombstone` is kept, and of this row only number, hash and moments.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.SET_NULL, null=True, related_name="reports"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE_LENGTH)
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=40)
    recommendation = models.CharField(max_length=100, blank=True)
    certainty = models.CharField(max_length=100, blank=True)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.UUIDField(db_index=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = PresentReports()
    with_erased = ReportManager["Report"]()

    class Meta(FrozenModel.Meta):
        db_table = "decider_report"
        ordering = ["-saved_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="report_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}, report {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.pk])

    @cached_property
    def document(self) -> Document:
        """The report document as saved."""
        return decode(self.content)


class ReaderQuerySet(models.QuerySet["Reader"]):
    def held_by(self, browser: uuid.UUID) -> models.QuerySet[Any, Any]:
        """The rows of this browser, and those of teams whose member it is, each with the `role`
        that it gives."""
        editor, viewer = models.Value(Role.EDITOR), models.Value(Role.VIEWER)
        own = models.Case(models.When(reads_comments=True, then=editor), default=viewer)
        return held_by(self, browser, own)


class Reader(models.Model):
    """A browser, person or team that edited an assessment when it was deleted, and still reads its
    report; `holder` is the key of it.

    Without `reads_comments` it is a person who saved the report in a browser that had left the
    assessment before, and took it along into an account.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="readers")
    holder = models.UUIDField(db_column="browser", db_index=True)
    reads_comments = models.BooleanField(default=True, db_default=True)

    objects = ReaderQuerySet.as_manager()

    class Meta:
        db_table = "decider_reader"
        constraints = [models.UniqueConstraint(fields=["report", "holder"], name="reader_once")]

    def __str__(self) -> str:
        return f"{self.holder} reads {self.report_id}"
