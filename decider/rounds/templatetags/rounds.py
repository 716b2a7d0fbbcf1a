"""The way to a round, on the pages of an assessment that has to do with one."""

from __future__ import annotations

from typing import Any

from django import template

from decider.assessments.models import Assessment
from decider.rounds.models import Participant
from decider.rounds.results import rounds_of

register = template.Library()


@register.inclusion_tag("rounds/_way.html")
def way_to_round(assessment: Assessment) -> dict[str, Any]:
    """Offer to finish one's part in a round, or say how many have finished an open one."""
    parts = Participant.objects.select_related("round__assessment")
    taking_part = parts.filter(assessment=assessment, round__assessment__deleted_at=None)
    asked = rounds_of(assessment).first()
    return {"assessment": assessment, "participant": taking_part.first(), "asked": asked}
