"""Where a report is read and discussed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from decider.base.access import Can
from decider.base.addresses import absolute
from decider.reports.discussion import topics_of
from decider.reports.metadata import ReportMetadata, metadata_of
from decider.reports.models import Report, ShareLink


@dataclass(frozen=True)
class Place:
    """A report at its own address or at that of a share link, and what its reader may do there.

    `secret` is that of the share link, where the browser still has it.
    """

    report: Report
    can: Can
    link: ShareLink | None = None
    secret: str = ""

    @property
    def key(self) -> uuid.UUID:
        """What the addresses here have of report or link."""
        return self.link.public_id if self.link else self.report.pk

    def url(self, name: str, **more: Any) -> str:
        """The address with this name here."""
        name, key = (f"shared_{name}", "link_id") if self.link else (name, "pk")
        return reverse(name, kwargs={key: self.key, **more})

    @property
    def _address(self) -> str:
        """Where its reader opens the report; with its secret, a share link opens in any browser."""
        if self.secret:
            return reverse("open_share_link", args=[self.secret])
        return self.url("report")

    @property
    def metadata(self) -> ReportMetadata:
        """What the files of the report say of it to this reader; read again each time."""
        return metadata_of(
            self.report,
            address=absolute(self._address),
            discussion=topics_of(self.report) if Can.READ_COMMENTS in self.can else (),
        )
