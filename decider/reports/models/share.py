"""A share link: a secret address that lets whoever holds it read one report."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone

from decider.reports.models.report import Report

LABEL_LENGTH = 80


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def open_at(self, moment: datetime) -> ShareLinkQuerySet:
        """The links that are neither expired nor revoked."""
        return self.filter(revoked_at=None, expires_at__gt=moment)


class ShareLink(models.Model):
    """Who may read a report without an account, and until when.

    `token_hash` is the SHA-256 of the secret in the address; the secret itself isn't kept.
    `public_id` names the link in the addresses that whoever opened it goes on at: no secret.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="share_links")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.CharField(max_length=LABEL_LENGTH, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        db_table = "decider_sharelink"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.label or f"Share link {self.pk}"

    @property
    def state(self) -> str:
        """ "open", "expired" or "revoked"."""
        if self.revoked_at:
            return "revoked"
        return "open" if self.expires_at > timezone.now() else "expired"
