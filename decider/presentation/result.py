"""A result and its analysis, as the templates of pages use them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.presentation.analysis import present_analysis
from decider.presentation.report import present_report


def result_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """The result and its analysis, live or saved."""
    view = present_report(document)
    return {"view": view, "analysis": present_analysis(document, view)}
