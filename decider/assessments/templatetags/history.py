"""Who changed what, where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from decider.assessments.last_changes import LastChange, last_change_of
from decider.assessments.step import Step
from decider.people.identity import key_of

register = template.Library()


@register.inclusion_tag("assessments/_last_change.html", takes_context=True)
def last_change(context: dict[str, Any], step: Step) -> dict[str, Any]:
    """When the saved answer of a question was changed last, with the way to its history."""
    if step.question.key not in step.answers:
        return {}
    here = key_of(context["request"])
    change = last_change_of(step.assessment, here, step.question.key)
    return {"step": step, "change": change}


@register.filter
def of_question(changes: Mapping[str, LastChange], key: str) -> LastChange | None:
    """The last change of a question, from `last_changes`."""
    return changes.get(key)
