"""What is printed: a report in the present state of its record."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from functools import cache, cached_property
from importlib.metadata import version
from typing import Final

from django.conf import settings

from decider.base.digests import sha256
from decider.engine.report.codec import canonical_json
from decider.engine.report.document import Document
from decider.reports.metadata import ReportMetadata
from decider.reports.models import Report
from decider.reports.pdf.first_page import Paper
from decider.reports.pdf.pades import certificate_digest
from decider.reports.proof.entries import record_and_comments
from decider.reports.services.chain import sign_unsigned
from decider.reports.services.reports import export_of

PACKAGES: Final = ("weasyprint", "pydyf", "fonttools", "Django")
"""Packages whose versions can change the bytes of a PDF."""


@dataclass(frozen=True)
class Order:
    """A PDF to print. Of a saved report, `export` and `record` are the JSON of report and decision
    record with the comments, which it carries. With `with_code` it has a QR code of its address.
    Where that address is secret, `secret` is what makes it so.
    """

    document: Document
    metadata: ReportMetadata
    paper: Paper = "A4"
    export: str = ""
    record: str = ""
    with_code: bool = False
    secret: str = ""

    @cached_property
    def key(self) -> str:
        """The name under which the PDF is kept: it changes with all that the bytes depend on."""
        given = (*astuple(self.metadata), self.paper, self.export, self.record, self.with_code)
        parts = (*given, certificate_digest(), _edition())
        return sha256("\n".join(map(str, parts)))


def order_of(
    report: Report,
    metadata: ReportMetadata,
    paper: Paper = "A4",
    *,
    with_code: bool = False,
    secret: str = "",
) -> Order:
    """The order for the PDF of a saved report in the present state of its record."""
    record = sign_unsigned(report.record)
    record_json = canonical_json(record_and_comments(record, metadata.discussion))
    export = export_of(report)
    return Order(report.document, metadata, paper, export, record_json, with_code, secret)


@cache
def _edition() -> str:
    """The state of templates, styles, fonts, code and packages that make a PDF."""
    code, templates = settings.BASE_DIR / "decider", settings.BASE_DIR / "templates"
    rooms = (code / name for name in ("engine", "presentation", "reports"))
    folders = (*rooms, templates / "reports" / "pdf")
    digest = hashlib.sha256(" ".join(version(name) for name in PACKAGES).encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()
