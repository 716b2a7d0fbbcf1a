"""The way to a round, on the pages of an assessment that has to do with one."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Count, Q

from decider.assessments.models import Assessment
from decider.rounds.models import Participant, Round

register = template.Library()


@register.inclusion_tag("rounds/_way.html")
def way_to_round(assessment: Assessment) -> dict[str, Any]:
    """Offer to finish one's part in a round, or say how many have finished an open one."""
    parts = Participant.objects.select_related("round__assessment")
    taking_part = parts.filter(assessment=assessment, round__assessment__deleted_at=None)
    present = Q(participants__removed_at=None)
    has_finished = Q(participants__finished_at__isnull=False)
    counts = {
        "joined": Count("participants", filter=present),
        "finished": Count("participants", filter=present & has_finished),
    }
    begun = Round.objects.filter(assessment=assessment).annotate(**counts)
    return {"assessment": assessment, "participant": taking_part.first(), "asked": begun.first()}
