"""A decision record: what the team decided on the strength of a report."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from django.db import models
from django.db.models import Value
from django.urls import reverse
from django.utils import timezone

from decider.base.frozen import FrozenModel
from decider.reports.models.report import Report

NAME_LENGTH = 200
TEXT_LENGTH = 4000
ERASED = "(name erased)"
"""Stands in place of names of people that were erased."""


class Status(models.TextChoices):
    """Where a decision stands, in MADR's words."""

    PROPOSED = "proposed", "Proposed"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    DEPRECATED = "deprecated", "Deprecated"
    SUPERSEDED = "superseded", "Superseded"

    @property
    def following(self) -> tuple[Status, ...]:
        """What people may make of it, itself included: what was accepted stays a decision.

        Superseded is what an accepted successor makes of a record.
        """
        return {
            Status.PROPOSED: (Status.PROPOSED, Status.ACCEPTED, Status.REJECTED),
            Status.REJECTED: (Status.REJECTED, Status.PROPOSED),
            Status.ACCEPTED: (Status.ACCEPTED, Status.DEPRECATED),
        }.get(self, (self,))


class Severity(models.TextChoices):
    """How much a risk would cost if it came true."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


REFERENCE: Final = re.compile(r"DR-([0-9]{4})-([0-9]{4,9})")


def reference(year: int, serial: int) -> str:
    """The number of a record as people say it: DR-2026-0007."""
    return f"DR-{year}-{serial:04}"


class DecisionRecord(FrozenModel):
    """The number of a decision that people can say, like DR-2026-0007. What was decided, and
    when, is in its entries.

    `serial` runs on over the years: folders of decision records know files by it alone.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="record")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()

    class Meta(FrozenModel.Meta):
        db_table = "decider_decisionrecord"
        ordering = ["-year", "-serial"]
        constraints = [models.UniqueConstraint(fields=["serial"], name="record_once")]

    def __str__(self) -> str:
        return reference(self.year, self.serial)

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.report_id])

    @cached_property
    def state(self) -> RecordEntry:
        """The newest entry: how the decision stands."""
        return self.history[-1]

    @cached_property
    def superseded_by(self) -> DecisionRecord | None:
        """The record that took this one's place when it was accepted."""
        accepted = self.superseding.filter(status=Status.ACCEPTED)
        entry = accepted.select_related("record").order_by("at").first()
        return entry.record if entry else None

    @cached_property
    def history(self) -> list[RecordEntry]:
        """All entries, the oldest first."""
        return sorted(self.entries.all(), key=lambda entry: entry.number)


def numbered(text: str) -> models.QuerySet[DecisionRecord]:
    """The record with a number such as DR-2026-0007, or none."""
    match = REFERENCE.fullmatch(text)
    if match is None:
        return DecisionRecord.objects.none()
    return DecisionRecord.objects.filter(year=int(match[1]), serial=int(match[2]))


class RecordEntry(FrozenModel):
    """One entry of a record's history: the whole state of the decision from then on.

    `number` counts from 1 and serves as the revision that a form was based on. `alternative` is
    the key of the chosen alternative, empty while nothing is chosen. `risks` are objects with the
    texts `text`, `severity` (a value of `Severity`, or empty) and `owner`; `confirmations` are the
    conditions of the chosen alternative, objects with the texts `requirement`, `condition`, `who`
    (who confirms it, or empty) and `by` (a day as 2027-03-31, or empty). `chained` is what was
    signed of it, None only for entries of versions that signed none, until they are signed later.
    """

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.CharField(max_length=NAME_LENGTH, blank=True)
    why = models.TextField(max_length=TEXT_LENGTH, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices)
    alternative = models.CharField(max_length=100, blank=True)
    reason = models.TextField(max_length=TEXT_LENGTH, blank=True)
    deciders = models.CharField(max_length=NAME_LENGTH, blank=True)
    consulted = models.CharField(max_length=NAME_LENGTH, blank=True)
    informed = models.CharField(max_length=NAME_LENGTH, blank=True)
    consequences = models.TextField(max_length=TEXT_LENGTH, blank=True)
    risks = models.JSONField(default=list, db_default=Value([], models.JSONField()), blank=True)
    costs = models.TextField(max_length=TEXT_LENGTH, default="", db_default="", blank=True)
    confirmations = models.JSONField(
        default=list, db_default=Value([], models.JSONField()), blank=True
    )
    confirmation = models.TextField(max_length=TEXT_LENGTH, blank=True)
    review_on = models.DateField(null=True, blank=True)
    supersedes = models.ForeignKey(
        DecisionRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="superseding"
    )
    chained = models.OneToOneField(
        "ChainEntry", on_delete=models.PROTECT, null=True, editable=False, related_name="decision"
    )

    class Meta(FrozenModel.Meta):
        db_table = "decider_recordentry"
        ordering = ["record", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.status}"

    @property
    def is_settled(self) -> bool:
        """Whether what the record supersedes can no longer change: the other record names it."""
        ended = self.status in (Status.DEPRECATED, Status.SUPERSEDED)
        return ended or (self.status == Status.ACCEPTED and self.supersedes_id is not None)

    @property
    def is_due(self) -> bool:
        """Whether the day to look at the decision again has come."""
        return self.review_on is not None and self.review_on <= timezone.localdate()


class ReviewNotice(models.Model):
    """A review date of a record on which e-mails were sent."""

    record = models.ForeignKey(
        DecisionRecord, on_delete=models.CASCADE, related_name="review_notices"
    )
    review_on = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "decider_reviewnotice"
        constraints = [
            models.UniqueConstraint(fields=["record", "review_on"], name="review_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.review_on}"
