"""What a rendering of a saved report says about the report itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where and when a report document was saved.

    `reference` is what people call the report; `saved_at` an aware moment; `content_hash` the
    SHA-256 of the canonical JSON in hexadecimal; `address` the report's absolute address.
    """

    reference: str
    saved_at: datetime
    content_hash: str
    address: str

    @property
    def check_code(self) -> str:
        """The first twelve digits of the content hash, printed on every page."""
        return self.content_hash[:12]

    @property
    def saved_date(self) -> str:
        """The day, in UTC, as 2026-03-07."""
        return f"{self.saved_at.astimezone(UTC):%Y-%m-%d}"

    @property
    def saved_moment(self) -> str:
        """The second, in UTC, as 2026-03-07T14:05:09Z."""
        return f"{self.saved_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
