"""Moments and days as files and pages have them: in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(at: datetime) -> str:
    """A moment to the second, in UTC, as 2026-03-07T14:05:09Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def minute_of(moment: str) -> str:
    """The minute of such a moment, as 2026-03-07 14:05 UTC."""
    return f"{moment[:10]} {moment[11:16]} UTC"


def day(at: datetime) -> str:
    """The day of a moment, in UTC, as 2026-03-07."""
    return f"{at.astimezone(UTC):%Y-%m-%d}"
