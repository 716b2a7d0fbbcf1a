"""What stays of a report that was erased."""

from __future__ import annotations

from django.db import models

from decider.base.frozen import FrozenModel
from decider.reports.models.record import DecisionRecord


class Tombstone(FrozenModel):
    """What the server signed of a report and its record when it erased them.

    `body` is the canonical JSON of `proof.tombstones`, `key` the id of the signing key, `signature`
    the signature in base64.
    """

    record = models.OneToOneField(
        DecisionRecord, on_delete=models.PROTECT, related_name="tombstone"
    )
    body = models.TextField()
    key = models.CharField(max_length=16)
    signature = models.CharField(max_length=88)

    class Meta(FrozenModel.Meta):
        db_table = "decider_tombstone"

    def __str__(self) -> str:
        return f"{self.record}, erased"
