"""What people say about a report. The report itself never changes by it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from decider.people.models import Person
from decider.reports.models.report import Report
from decider.reports.models.share import ShareLink

COMMENT_LENGTH = 4000
AUTHOR_LENGTH = 100


class Comment(models.Model):
    """A comment on a report or on one of its questions, or a reply to such a comment.

    `question_key` is empty for the report as a whole; a reply has that of its `thread`.
    `author` is the key of the browser or person that wrote it, `author_name` the name given then,
    which nobody vouches for where it came by a share `link`. A removed comment keeps its place
    without its text; `removed_by` names who removed it where that was not its author. `revision`
    grows with each change of the text. A thread is resolved by whoever `resolved_by` names.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="comments")
    thread = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    question_key = models.CharField(max_length=100, blank=True)
    author = models.UUIDField(db_index=True)
    author_name = models.CharField(max_length=AUTHOR_LENGTH)
    link = models.ForeignKey(
        ShareLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    by_link = models.BooleanField(default=False)
    text = models.TextField(max_length=COMMENT_LENGTH)
    mentions = models.ManyToManyField(Person, db_table="decider_mention", related_name="+")
    revision = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=AUTHOR_LENGTH, blank=True, db_default="")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=AUTHOR_LENGTH, blank=True)

    class Meta:
        db_table = "decider_comment"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.author_name} on {self.report_id}"


class Flag(models.Model):
    """A question of a report to look at again, and who says so."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="flags")
    question_key = models.CharField(max_length=100)
    by = models.CharField(max_length=AUTHOR_LENGTH)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "decider_flag"
        constraints = [models.UniqueConstraint(fields=["report", "question_key"], name="flag_once")]

    def __str__(self) -> str:
        return f"{self.question_key} of {self.report_id}"
