"""Comments in templates."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

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
