"""Rounds in which several people answer the questionnaire of an assessment on their own."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from decider.assessments.models import Assessment
from decider.people.models import NAME_LENGTH
from decider.questionnaires.answer_files import NOTE_LENGTH


class Round(models.Model):
    """Independent answers for an assessment; open until its owner closes it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="rounds")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        db_table = "decider_round"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"],
                condition=models.Q(closed_at=None),
                name="open_round_once",
            )
        ]

    def __str__(self) -> str:
        return f"Round of {self.begun_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("one_round", args=[self.assessment_id, self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it can still be joined and answered."""
        return self.closed_at is None

    @property
    def taking_part(self) -> list[Participant]:
        """Those who take part, without those who were removed."""
        return [person for person in self.participants.all() if person.removed_at is None]

    @property
    def unfinished(self) -> list[str]:
        """The names of those who take part and have not finished."""
        return [person.name for person in self.taking_part if not person.finished_at]

    @property
    def removed(self) -> list[Participant]:
        """Those who were removed; as long as the round is open, they can be let back in."""
        return [person for person in self.participants.all() if person.removed_at]


class RoundInvitation(models.Model):
    """A link by which to join a round.

    With a `name` it is for one person and gone once used; without, whoever has it can join. Of its
    secret only the SHA-256 is kept.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "decider_round_invitation"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Invitation of {self.name or 'everybody'}"


class Participant(models.Model):
    """Somebody who answers on their own, in an assessment that belongs to them.

    `joined_by` is the key of the browser, or with sign-in of the person, who joined.
    `sheet` is what they handed in when they had finished, the answers, notes and weights by their
    keys; what they change in their assessment afterwards is no part of the round. `assessment` is
    unset once they removed theirs for good. Whoever the owner removed keeps a row with
    `removed_at`, so that the link by which they came does not let them in again.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participants")
    assessment = models.OneToOneField(
        Assessment, on_delete=models.SET_NULL, null=True, related_name="participant"
    )
    name = models.CharField(max_length=NAME_LENGTH)
    joined_by = models.UUIDField(null=True, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sheet = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "decider_participant"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"],
                condition=models.Q(removed_at=None),
                name="participant_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Settlement(models.Model):
    """The answer that the owner settled a question with after a round, and why."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="settlements")
    question_key = models.CharField(max_length=100)
    value = models.CharField(max_length=100)
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    settled_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "decider_settlement"
        constraints = [
            models.UniqueConstraint(fields=["round", "question_key"], name="settled_once")
        ]

    def __str__(self) -> str:
        return f"{self.question_key}: {self.value}"
