"""What templates that several pages use need."""

from __future__ import annotations

from typing import Any

from decider.presentation.report import PresentedReport
from decider.reports.decision import present_decision
from decider.reports.metadata import decision_of
from decider.reports.models import DecisionRecord


def record_context(view: PresentedReport, record: DecisionRecord) -> dict[str, Any]:
    """What is recorded on the strength of a report, and the choice in few words."""
    recorded = decision_of(record)
    return {"record": record, "recorded": recorded, "decision": present_decision(view, recorded)}
