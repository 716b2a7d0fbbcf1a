"""A result, its analysis and what has to be met, as the templates of pages use them."""

from __future__ import annotations

from typing import Any

from decider.engine.report.document import Document
from decider.presentation.analysis import present_analysis
from decider.presentation.report import present_report
from decider.presentation.requirements import present_requirements


def result_context(document: Document) -> dict[str, Any]:
    """The result, its analysis and what has to be met, live or saved."""
    view = present_report(document)
    return {
        "view": view,
        "analysis": present_analysis(document, view),
        "race": present_requirements(document, view),
    }
