"""Who is asking, and what they may do: object, 404 where they may not see it, or 403 where they
may only see it."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from decider.models import Assessment, Report, ShareLink
from decider.services.access import Can, find_assessment, find_report
from decider.views.cookies import browser_of

Found = TypeVar("Found", Assessment, Report)


def assessment_and_access(
    request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ
) -> tuple[Assessment, Can]:
    """The assessment with its version, and all that this browser may do with it."""
    browser = browser_of(request)
    found = find_assessment(pk=pk, browser=browser) if browser else None
    if found is None:
        raise Http404
    return _allowed(found, needs)


def assessment_or_404(request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ) -> Assessment:
    """The assessment with its version, if this browser may do what it needs to."""
    return assessment_and_access(request, pk, needs)[0]


def report_and_access(
    request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ
) -> tuple[Report, Can]:
    """The report, and all that this browser may do with it."""
    browser = browser_of(request)
    found = find_report(pk=pk, browser=browser) if browser else None
    if found is None:
        raise Http404
    return _allowed(found, needs)


def report_or_404(request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ) -> Report:
    """The report, if this browser may do what it needs to."""
    return report_and_access(request, pk, needs)[0]


def _allowed(found: tuple[Found, Can], needs: Can) -> tuple[Found, Can]:
    if needs not in found[1]:
        raise PermissionDenied
    return found


def share_link_or_404(report: Report, pk: int) -> ShareLink:
    """One of the share links of a report."""
    return get_object_or_404(ShareLink, report=report, pk=pk)
