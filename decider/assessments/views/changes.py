"""Saving what a form changes in an assessment, unless somebody else changed it first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from decider.assessments.models import Assessment
from decider.assessments.services import StaleAssessment, change_assessment
from decider.people.identity import key_of
from decider.web.forms import RevisedForm

STALE = (
    "Somebody changed this in the meantime. What they saved is shown beside what you entered:"
    " save again to keep yours, or reload the page to keep theirs."
)


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
        form.add_error(None, STALE)
        return False
    return True
