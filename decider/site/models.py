"""What this installation remembers of itself."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Installation(models.Model):
    """The one row that says which secret key the data was made with, and that it can be written.

    `key_digest` is a salted hash, from which the key can't be found. `checked_at` is when the
    check of readiness last wrote to the database, `backed_up_at` when the last backup was whole.
    """

    key_salt = models.CharField(max_length=32)
    key_digest = models.CharField(max_length=64)
    checked_at = models.DateTimeField(default=timezone.now)
    backed_up_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "decider_installation"

    def __str__(self) -> str:
        return f"checked at {self.checked_at:%Y-%m-%d %H:%M:%S}"
