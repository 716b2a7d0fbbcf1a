"""What templates that several pages use need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.models import DecisionRecord
from decider.rendering.analysis_view import view_analysis
from decider.rendering.decision_view import view_decision
from decider.rendering.report_parts import ReportView
from decider.rendering.report_view import view_report
from decider.rendering.stamp import decision_of


def result_context(document: Mapping[str, Any]) -> dict[str, Any]:
    """The result and its analysis, live or saved."""
    view = view_report(document)
    return {"view": view, "analysis": view_analysis(document, view)}


def record_context(view: ReportView, record: DecisionRecord) -> dict[str, Any]:
    """What is recorded on the strength of a report, and the choice in few words."""
    recorded = decision_of(record)
    return {"record": record, "recorded": recorded, "decision": view_decision(view, recorded)}
