"""Who may do what with a report: object, 404 where they may not see it, or 403."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from decider.assessments.models import Editor
from decider.base.access import Can, Role, all_that
from decider.people.access import found_or_404
from decider.reports.models import Reader, Report, ShareLink


def find_report(*, pk: uuid.UUID, browser: uuid.UUID) -> tuple[Report, Can] | None:
    """The report and what this browser may do; None where that is nothing."""
    report = Report.objects.readable_by(browser).filter(pk=pk).first()
    if report is None:
        return None
    return report, Role.VIEWER.may | _more_than_reading(report, browser)


def erased_report(*, pk: uuid.UUID, browser: uuid.UUID | None) -> Report | None:
    """The report, if it was erased and this browser could read it before."""
    if browser is None:
        return None
    erased = Report.with_erased.readable_by(browser).filter(pk=pk, erased_at__isnull=False)
    return erased.select_related("record").first()


def _more_than_reading(report: Report, browser: uuid.UUID) -> Can:
    """What this browser may do with a report by its role; where the assessment is deleted, those
    who could comment still read the comments."""
    if report.assessment_id is None:
        kept = Reader.objects.held_by(browser).filter(report=report)
        return all_that(kept.values_list("role", flat=True)) & Can.READ_COMMENTS
    rows = Editor.objects.held_by(browser).filter(assessment=report.assessment_id)
    present = rows.filter(assessment__deleted_at=None).values_list("role", flat=True)
    deleted = rows.exclude(assessment__deleted_at=None).values_list("role", flat=True)
    return all_that(present) or all_that(deleted) & Can.READ_COMMENTS


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
