"""Who may do what with a report: object, 404 where they may not see it, or 403."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from decider.assessments.models import Editor
from decider.base.access import Can, Role
from decider.people.access import found_or_404
from decider.reports.models import Report, ShareLink


def find_report(*, pk: uuid.UUID, browser: uuid.UUID) -> tuple[Report, Can] | None:
    """The report and what this browser may do; None where that is nothing."""
    editors = Editor.objects.filter(
        assessment=OuterRef("assessment"), browser=browser, assessment__deleted_at=None
    )
    readable = Report.objects.readable_by(browser).annotate(edited=Exists(editors))
    found: Any = readable.filter(pk=pk).first()
    if found is None:
        return None
    role = Role.EDITOR if found.edited else Role.VIEWER
    return found, role.may


def report_and_access(
    request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ
) -> tuple[Report, Can]:
    """The report, and all that this browser may do with it."""
    return found_or_404(request, find_report, pk, needs)


def report_or_404(request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ) -> Report:
    """The report, if this browser may do what it needs to."""
    return report_and_access(request, pk, needs)[0]


def share_link_or_404(report: Report, pk: int) -> ShareLink:
    """One of the share links that lead to a report."""
    return get_object_or_404(ShareLink.objects.leading_to(report), pk=pk)
