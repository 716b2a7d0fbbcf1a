"""What people say to a decision with their name."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from decider.base.frozen import FrozenModel
from decider.reports.models.chain import ChainEntry
from decider.reports.models.record import NAME_LENGTH, TEXT_LENGTH, DecisionRecord


class Position(models.TextChoices):
    """Whether somebody stands behind a report and the decision on it."""

    AGREE = "agree", "Agree"
    RESERVATIONS = "reservations", "Agree with reservations"
    OBJECTION = "objection", "Object"


class SignOff(FrozenModel):
    """A named sign-off: what one person says, once and for all. A later one of theirs counts from
    then on.

    `signer` is the key of the browser or person, `by` the name given then, which nobody vouches for
    where it came by a share link. `revision` is the number of the decision's newest entry, as the
    signer saw it. `chained` is what was signed of it.
    """

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="sign_offs")
    signer = models.UUIDField()
    by = models.CharField(max_length=NAME_LENGTH, blank=True)
    by_link = models.BooleanField(default=False)
    position = models.CharField(max_length=20, choices=Position.choices)
    reason = models.TextField(max_length=TEXT_LENGTH, blank=True)
    revision = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    chained = models.OneToOneField(
        ChainEntry, on_delete=models.PROTECT, editable=False, related_name="sign_off"
    )

    class Meta(FrozenModel.Meta):
        db_table = "decider_signoff"
        ordering = ["record", "pk"]

    def __str__(self) -> str:
        return f"{self.record}: {self.get_position_display()}"

    @property
    def number(self) -> int:
        """The place in the chain of the record."""
        return self.chained.number
