"""Comments in templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from decider.assessments.models import Assessment
from decider.presentation.report import PresentedReport
from decider.reports.models import Flag
from decider.reports.views.place import Place

register = template.Library()


@register.filter
def at_question(counts: Mapping[str, int], key: str) -> int:
    """How many comments there are on the question with this key."""
    return counts.get(key, 0)


@register.simple_tag
def discussion_url(place: Place, name: str, **more: object) -> str:
    """The address with this name where a report is discussed."""
    return place.url(name, **more)


@register.inclusion_tag("reports/_to_look_at_again.html")
def to_look_at_again(
    assessment: Assessment, view: PresentedReport, *, only_reads: bool
) -> dict[str, Any]:
    """The questions of an assessment that are marked in one of its reports, each with the mark in
    the newest of these."""
    flags = Flag.objects.filter(report__assessment=assessment).select_related("report")
    ordered = flags.defer("report__content").order_by("report__number")
    marked = {flag.question_key: flag for flag in ordered}
    rows = [(answer, marked[answer.key]) for answer in view.answers if answer.key in marked]
    return {"assessment": assessment, "rows": rows, "only_reads": only_reads}
