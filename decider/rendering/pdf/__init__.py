"""The PDF of a saved report: the only part of Decider that knows WeasyPrint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.rendering.pdf.page import Paper, report_markup
from decider.rendering.pdf.typeset import File, typeset
from decider.rendering.stamp import Stamp
from decider.services.reports import canonical_json


def render_pdf(document: Mapping[str, Any], *, stamp: Stamp, paper: Paper = "A4") -> bytes:
    """A PDF/A-3a and PDF/UA-1 file, the same bytes for the same arguments on any machine.

    It carries the report's canonical JSON, whose SHA-256 is the content hash.
    """
    files = (
        File(
            name="report.json",
            content=canonical_json(document).encode(),
            mime="application/json",
            description="The whole report, machine readable",
            relationship="Source",
        ),
    )
    markup = report_markup(
        document, stamp=stamp, paper=paper, files=tuple(file.name for file in files)
    )
    return typeset(markup, files=files, moment=stamp.saved_at)
