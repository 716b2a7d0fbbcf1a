"""What the templates of a result need, from a report document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.rendering.analysis_view import view_analysis
from decider.rendering.report_view import view_report


def result_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """The result and its analysis, live or saved."""
    view = view_report(document)
    return {"view": view, "analysis": view_analysis(document, view)}
