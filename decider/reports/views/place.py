"""Where a report is read and discussed."""

from __future__ import annotations

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

    def url(self, name: str, **more: Any) -> str:
        """The address with this name here."""
        if self.link:
            return reverse(f"shared_{name}", kwargs={"link_id": self.link.public_id, **more})
        return reverse(name, kwargs={"pk": self.report.pk, **more})

    @property
    def _address(self) -> str:
        """Where its reader opens the report; with its secret, a share link opens in any browser."""
        if self.secret:
            return reverse("open_share_link", args=[self.secret])
        return self.url("report")

    @property
    def metadata(self) -> ReportMetadata:
        """What the files of the report say of it to this reader; read anew each time."""
        return metadata_of(
            self.report,
            address=absolute(self._address),
            discussion=topics_of(self.report) if Can.READ_COMMENTS in self.can else (),
        )
