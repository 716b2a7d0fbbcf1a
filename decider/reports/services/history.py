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
    """Let the history of a locked assessment, if there still is one, lead to a record.

    What was said or decided stands there.
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
