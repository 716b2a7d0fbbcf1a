"""Who may do what with an assessment: object, 404 where they may not see it, or 403."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from decider.assessments.models import Assessment, Editor
from decider.base.access import Can, all_that
from decider.people.access import found_or_404
from decider.people.identity import key_of


def find_assessment(*, pk: uuid.UUID, browser: uuid.UUID) -> tuple[Assessment, Can] | None:
    """The assessment and what this browser may do; None where that is nothing."""
    rows = Editor.objects.held_by(browser).select_related("assessment")
    found: list[Any] = list(rows.filter(assessment=pk, assessment__deleted_at=None))
    return (found[0].assessment, all_that(row.role for row in found)) if found else None


def may_answer(assessment: Assessment, browser: uuid.UUID) -> bool:
    """Whether this browser may change the answers."""
    found = find_assessment(pk=assessment.pk, browser=browser)
    return found is not None and Can.ANSWER in found[1]


def assessment_and_access(
    request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ
) -> tuple[Assessment, Can]:
    """The assessment, and all that this browser may do with it."""
    return found_or_404(request, find_assessment, pk, needs)


def assessment_or_404(request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ) -> Assessment:
    """The assessment, if this browser may do what it needs to."""
    return assessment_and_access(request, pk, needs)[0]


def assessment_and_browser(
    request: HttpRequest, pk: uuid.UUID, needs: Can = Can.ANSWER
) -> tuple[Assessment, uuid.UUID]:
    """The assessment, and the key of the browser that may edit it."""
    assessment = assessment_or_404(request, pk, needs)
    browser = key_of(request)
    assert browser is not None, "only an editor gets here"
    return assessment, browser


def deleted_assessment_or_404(request: HttpRequest, pk: uuid.UUID) -> Assessment:
    """A deleted assessment that can still be restored, for its owner."""
    browser = key_of(request)
    owned = Assessment.deleted.owned_by(browser) if browser else Assessment.deleted.none()
    return get_object_or_404(owned, pk=pk)
