"""The chain of a decision record: what was signed of each of its entries."""

from __future__ import annotations

from django.db import models

from decider.base.frozen import FrozenModel
from decider.reports.models.record import DecisionRecord


class ChainEntry(FrozenModel):
    """What was signed of an entry of a record, bound to the entry before it.

    `number` counts the entries of a record from 1, whatever they are: `proof.entries` says what
    stands in a `body`, the canonical JSON that is signed. `digest` is its SHA-256 in hexadecimal,
    `previous` that of the entry before, of the first one the content hash of the report. `key` is
    the id of the signing key, `signature` the signature in base64. `salts` are those of the
    personal fields, by their paths; the values are in the row that the entry is about. A field
    that was erased has neither.
    """

    record = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="chain")
    number = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    body = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=16)
    signature = models.CharField(max_length=88)
    salts = models.JSONField(default=dict)

    class Meta(FrozenModel.Meta):
        db_table = "decider_chainentry"
        ordering = ["record", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="chain_number_once"),
            models.UniqueConstraint(fields=["record", "previous"], name="chain_never_forks"),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.number}: {self.digest}"
