"""Who may do what with an assessment: object, 404 where they may not see it, or 403."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from decider.assessments.models import Assessment, Editor
from decider.base.access import Can, Role
from decider.people.access import found_or_404
from decider.people.identity import key_of


def find_assessment(*, pk: uuid.UUID, browser: uuid.UUID) -> tuple[Assessment, Can] | None:
    """The assessment with its version and what this browser may do; None where that is nothing."""
    rights = Editor.objects.select_related("assessment__version")
    found = rights.filter(assessment=pk, browser=browser, assessment__deleted_at=None).first()
    if found is None:
        return None
    role = Role.OWNER if found.is_owner else Role.EDITOR
    return found.assessment, role.may


def assessment_and_access(
    request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ
) -> tuple[Assessment, Can]:
    """The assessment with its version, and all that this browser may do with it."""
    return found_or_404(request, find_assessment, pk, needs)


def assessment_or_404(request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ) -> Assessment:
    """The assessment with its version, if this browser may do what it needs to."""
    return assessment_and_access(request, pk, needs)[0]


def assessment_and_browser(request: HttpRequest, pk: uuid.UUID) -> tuple[Assessment, uuid.UUID]:
    """The assessment with its version, and the key of the browser that may edit it."""
    assessment = assessment_or_404(request, pk)
    browser = key_of(request)
    assert browser is not None, "only an editor gets here"
    return assessment, browser


def deleted_assessment_or_404(request: HttpRequest, pk: uuid.UUID) -> Assessment:
    """A deleted assessment that can still be restored, for its owner."""
    browser = key_of(request)
    owned = Assessment.deleted.owned_by(browser) if browser else Assessment.deleted.none()
    return get_object_or_404(owned, pk=pk)
