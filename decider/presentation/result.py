"""A result, its analysis and what has to be met, as the templates of pages use them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.presentation.analysis import present_analysis
from decider.presentation.race import present_race
from decider.presentation.report import present_report


def result_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """The result, its analysis and what has to be met, live or saved."""
    view = present_report(document)
    return {
        "view": view,
        "analysis": present_analysis(document, view),
        "race": present_race(document, view),
    }
