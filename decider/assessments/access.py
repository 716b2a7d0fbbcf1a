"""Who may do what with an assessment: object, 404 where they may not see it, or 403."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest

from decider.assessments.models import Assessment, Editor
from decider.base.access import EDITOR, OWNER, Can
from decider.web.access import allowed
from decider.web.cookies import browser_of


def find_assessment(*, pk: uuid.UUID, browser: uuid.UUID) -> tuple[Assessment, Can] | None:
    """The assessment with its version and what this browser may do; None where that is nothing."""
    editors = Editor.objects.filter(assessment=OuterRef("pk")).order_by("pk")
    mine = Assessment.objects.editable_by(browser).select_related("version")
    found: Any = mine.annotate(owner=Subquery(editors.values("browser")[:1])).filter(pk=pk).first()
    if found is None:
        return None
    return found, OWNER if found.owner == browser else EDITOR


def assessment_and_access(
    request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ
) -> tuple[Assessment, Can]:
    """The assessment with its version, and all that this browser may do with it."""
    browser = browser_of(request)
    found = find_assessment(pk=pk, browser=browser) if browser else None
    if found is None:
        raise Http404
    return allowed(found, needs)


def assessment_or_404(request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ) -> Assessment:
    """The assessment with its version, if this browser may do what it needs to."""
    return assessment_and_access(request, pk, needs)[0]
