"""Saving what a form changes in an assessment, unless somebody else changed it first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from decider.assessments.last_changes import changed_meanwhile
from decider.assessments.models import Assessment, ChangeKind
from decider.assessments.services import StaleAssessment, change_assessment
from decider.people.identity import key_of
from decider.web.forms import RevisedForm

STALE = (
    "{who} changed this in the meantime. What was saved is shown beside what you entered:"
    " save again to keep what you entered, or reload the page to keep what was saved."
)


def whoever_changed(
    request: HttpRequest,
    assessment: Assessment,
    *more: ChangeKind,
) -> str:
    """Who changed title, context or weights last, or one of these `more`, to begin a sentence."""
    kinds = ChangeKind.WEIGHTS, ChangeKind.DETAILS, *more
    change = changed_meanwhile(assessment, key_of(request), *kinds)
    name = change.actor if change else ""
    return "You" if name == "you" else name or "Somebody"


def change_or_ask_again(
    request: HttpRequest, assessment: Assessment, form: RevisedForm, **fields: Any
) -> bool:
    """Save these fields of a valid form; False where it is stale and must be sent once more.

    `assessment` then has what was saved in the meantime.
    """
    revision = form.cleaned_data["revision"]
    try:
        change_assessment(assessment=assessment, revision=revision, actor=key_of(request), **fields)
    except StaleAssessment:
        form.ask_again(assessment.revision)
        form.add_error(None, STALE.format(who=whoever_changed(request, assessment)))
        return False
    return True
