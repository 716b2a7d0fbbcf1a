"""Assessments that nobody has gone on with."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from decider.assessments.lifecycle import delete_assessment
from decider.assessments.models import Assessment
from decider.reports.models import Report


def stale_drafts(before: datetime) -> QuerySet[Assessment]:
    """The assessments without a report that nothing was changed in since a moment."""
    reports = Report.objects.filter(assessment=OuterRef("pk"))
    return Assessment.objects.filter(~Exists(reports), updated_at__lt=before)


def delete_stale_drafts(before: datetime) -> int:
    """Delete them, and how many they were; their owners can restore them for 30 days."""
    keys = list(stale_drafts(before).values_list("pk", flat=True))
    return sum(_delete(key, before) for key in keys)


@transaction.atomic
def _delete(key: uuid.UUID, before: datetime) -> bool:
    """Delete one of them, unless it was changed in the meantime."""
    stale = stale_drafts(before).select_for_update(of=("self",)).filter(pk=key).first()
    if stale:
        delete_assessment(assessment=stale)
    return stale is not None
