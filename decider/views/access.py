"""Who is asking, and what they may see: object or 404.

A browser is known by a random key in a signed cookie. It may edit the assessments that it began
or whose private edit link it opened, and read their reports.
"""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from decider.models import Assessment, Report, ShareLink

COOKIE = "decider_browser"
COOKIE_AGE = 400 * 24 * 3600  # the longest that browsers keep a cookie


def browser_of(request: HttpRequest) -> uuid.UUID | None:
    """The key of the asking browser, or None for a new one (or a forged cookie)."""
    value = request.get_signed_cookie(COOKIE, default=None)
    try:
        return uuid.UUID(value) if value else None
    except ValueError:
        return None


def remember_browser(request: HttpRequest, response: HttpResponse, browser: uuid.UUID) -> None:
    """Give the browser its key, or keep it for another 400 days."""
    response.set_signed_cookie(
        COOKIE,
        str(browser),
        max_age=COOKIE_AGE,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def assessment_or_404(request: HttpRequest, pk: uuid.UUID) -> Assessment:
    """The assessment with its version, if this browser may edit it."""
    browser = browser_of(request)
    if browser is None:
        raise Http404
    mine = Assessment.objects.editable_by(browser).select_related("version")
    return get_object_or_404(mine, pk=pk)


def report_or_404(request: HttpRequest, pk: uuid.UUID) -> Report:
    """The report, if this browser saved it or edits its assessment."""
    browser = browser_of(request)
    if browser is None:
        raise Http404
    return get_object_or_404(Report.objects.readable_by(browser), pk=pk)


def share_link_or_404(report: Report, pk: int) -> ShareLink:
    """One of the share links of a report."""
    return get_object_or_404(ShareLink, report=report, pk=pk)
