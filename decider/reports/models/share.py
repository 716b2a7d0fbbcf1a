"""A share link: a secret address that lets whoever holds it read a report."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import cached_property

from django.db import models
from django.utils import timezone

from decider.base.access import Can, Role
from decider.reports.models.report import Report

LABEL_LENGTH = 80
UNDO_TIME = timedelta(minutes=5)
"""How long after its revocation a link can be opened again."""


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def leading_to(self, report: Report) -> ShareLinkQuerySet:
        """The links to this very report, and those to the newest one of its assessment."""
        follows = models.Q(follows_newest=True, report__assessment__isnull=False)
        of_series = follows & models.Q(report__assessment=report.assessment_id)
        found = self.filter(models.Q(report=report) | of_series)
        return found.select_related("report__assessment").defer("report__content")


class ShareLink(models.Model):
    """Who may read a report without an account, and until when.

    `token_hash` is the SHA-256 of the secret in the address; the secret itself isn't kept.
    `public_id` names the link in the addresses that whoever opened it goes on at: no secret.
    With `follows_newest` it shows the newest report of the assessment that `report` is one of. It
    never expires where `expires_at` is None, but ends with the assessment. `openings` counts how
    often the page of the report was shown; who opened it isn't kept.
    `passphrase_hash` is that of Django's password hashers, empty where none is asked for.
    With `may_comment` its readers may comment, and see the comments of others.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="share_links")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.CharField(max_length=LABEL_LENGTH, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    follows_newest = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    openings = models.PositiveIntegerField(default=0)
    passphrase_hash = models.CharField(max_length=128, blank=True)
    may_comment = models.BooleanField(default=False, db_default=False)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        db_table = "decider_sharelink"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.label or f"Share link {self.pk}"

    @property
    def state(self) -> str:
        """ "open", "expired", "revoked", or "ended" where the assessment was deleted."""
        if self.revoked_at:
            return "revoked"
        if self.report.assessment is None or self.report.assessment.deleted_at:
            return "ended"
        expired = self.expires_at is not None and self.expires_at <= timezone.now()
        return "expired" if expired else "open"

    @property
    def can(self) -> Can:
        """What its readers may do."""
        return (Role.COMMENTER if self.may_comment else Role.VIEWER).may

    @property
    def can_be_restored(self) -> bool:
        """Whether it was revoked so recently that this can be undone."""
        return self.revoked_at is not None and timezone.now() - self.revoked_at < UNDO_TIME

    @cached_property
    def shown_report(self) -> Report:
        """The report that the link shows now."""
        if not self.follows_newest:
            return self.report
        series = Report.objects.filter(assessment=self.report.assessment_id)
        return series.order_by("-number")[0]
