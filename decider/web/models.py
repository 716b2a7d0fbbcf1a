"""How often things were done lately."""

from __future__ import annotations

from django.db import models


class Use(models.Model):
    """How often somebody did something since a moment, in seconds of the Unix epoch.

    `key` is a keyed hash of what was done and by whom: nobody can be found from it.
    """

    key = models.CharField(max_length=64, primary_key=True)
    since = models.BigIntegerField(db_index=True)
    times = models.PositiveIntegerField()

    class Meta:
        db_table = "decider_use"

    def __str__(self) -> str:
        return f"{self.times} times since {self.since}"
