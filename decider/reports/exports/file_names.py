"""Names of downloaded files: they sort, and say what they hold."""

from __future__ import annotations

import re
import unicodedata

from django.utils.text import slugify

from decider.engine.report.document import Document
from decider.reports.metadata import ReportMetadata

TITLE_LENGTH = 60


def file_name(document: Document, metadata: ReportMetadata, ending: str = ".pdf") -> str:
    """Day, title and reference: 2026-03-07-payments-platform-dr-2026-0007.pdf."""
    parts = (metadata.saved_date, _slug(document.title), slugify(metadata.reference))
    return "-".join(parts) + ending


def state_of(metadata: ReportMetadata) -> str:
    """The end of a name that tells the states of a record apart: -entry-3-accepted.

    Empty for a record as it was opened.
    """
    decision = metadata.decision
    if decision is None or decision.entry == 1:
        return ""
    return f"-entry-{decision.entry}-{decision.status}"


def madr_file_name(title: str, reference: str) -> str:
    """The record's number in four digits and the title, as folders of decision records have it."""
    numbers = re.findall(r"\d+", reference)
    number = int(numbers[-1]) if numbers else 0
    return f"{number:04}-{_slug(title)}.md"


def _slug(title: str) -> str:
    """A title in plain ASCII if some of it is; else in its own script, or just "decision"."""
    slug: str = slugify(title) or _own_script(title)
    return slug[:TITLE_LENGTH].strip("-") or "decision"


def _own_script(title: str) -> str:
    """The letters, their marks and the digits of a title, joined by hyphens."""
    text = unicodedata.normalize("NFKC", title).lower()
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return "-".join("".join(kept).split())
