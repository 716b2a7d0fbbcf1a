"""What is done with a report, in the history of its assessment."""

from __future__ import annotations

import uuid

from decider.assessments.history import add_change
from decider.assessments.models import Assessment, ChangeKind
from decider.reports.models import DecisionRecord


def add_to_history(
    assessment: Assessment | None,
    record: DecisionRecord,
    actor: uuid.UUID | None,
    kind: ChangeKind,
    **details: str | int,
) -> None:
    """Add what was done with a record to the history of its locked assessment, if there is one.

    What was said or decided is in the record.
    """
    if assessment:
        add_change(
            assessment=assessment,
            actor=actor,
            kind=kind,
            report=str(record.report_id),
            record=str(record),
            **details,
        )
