"""Names of downloaded files: they sort by day and say what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from decider.rendering.stamp import Stamp

TITLE_LENGTH = 60


def file_name(document: Mapping[str, Any], stamp: Stamp, suffix: str = "pdf") -> str:
    """Day, title and reference in plain ASCII: 2026-03-07-payments-platform-report-2.pdf."""
    title = slugify(document["title"])[:TITLE_LENGTH].strip("-")
    parts = (stamp.saved_date, title, slugify(stamp.reference))
    return f"{'-'.join(part for part in parts if part)}.{suffix}"
