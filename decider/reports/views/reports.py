"""Saved reports, and saving them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from decider.assessments.access import assessment_and_access, assessment_or_404
from decider.base.access import Can
from decider.people.identity import key_of
from decider.people.limits import SAVING, limited
from decider.presentation.chapters import Chapter
from decider.presentation.result import points_context, result_context
from decider.reports.access import erased_report
from decider.reports.models import DecisionRecord
from decider.reports.services.reports import EXPORT_FORMAT, TooEarly, freeze_once
from decider.reports.services.sharing import note_opening
from decider.reports.views.context import record_context
from decider.reports.views.discussion import discussion_of
from decider.reports.views.exports import EXPORTS
from decider.reports.views.guards import at_report
from decider.reports.views.pdf import print_ahead
from decider.reports.views.place import Place


@never_cache
@require_safe
def own_report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A saved report at its own address, or that it was erased."""
    try:
        return at_report(report, Can.READ)(request, pk=pk)
    except Http404:
        if erased := erased_report(pk=pk, browser=key_of(request)):
            return render(request, "reports/erased.html", {"report": erased}, status=410)
        raise


@never_cache
def report(request: HttpRequest, place: Place) -> HttpResponse:
    """The page of a saved report: from what was saved, never from the assessment."""
    saved, link = place.report, place.link
    if link and request.method == "GET":
        note_opening(link=link)
    result = result_context(saved.document)
    discussion = discussion_of(place)
    context = {
        "report": saved,
        "shared": link is not None,
        "follows_newest": link is not None and link.follows_newest,
        "asks_passphrase": link is not None and bool(link.passphrase_hash),
        "page_url": place.url("report"),
        "page_key": place.key,
        "points_name": "shared_report_points" if link else "report_points",
        "can_edit": Can.ANSWER in place.can,
        "can_record": Can.RECORD in place.can,
        "can_share": Can.SHARE in place.can,
        "pdf_url": place.url("report_pdf"),
        "letter_url": place.url("report_pdf_letter"),
        "exports": [
            (export.label, place.url("report_export", kind=kind))
            for kind, export in EXPORTS.items()
        ],
        "schema_url": reverse("schema", args=[EXPORT_FORMAT]),
        **discussion,
        **result,
        "chapters": (*result["chapters"], *chapters_of(saved.record, discussion)),
        **record_context(result["view"], saved.record),
    }
    return render(request, "reports/report.html", context)


@never_cache
def report_points(request: HttpRequest, place: Place, alternative: str) -> HttpResponse:
    """Where the points of an alternative of a saved report come from."""
    try:
        shown = points_context(place.report.document, alternative)
    except KeyError:
        raise Http404 from None
    context = {
        **shown,
        "report": place.report,
        "assessment": place.report.assessment,
        "tab": "reports" if Can.ANSWER in place.can else "",
        "page_url": place.url("report"),
    }
    return render(request, "presentation/points.html", context)


def chapters_of(record: DecisionRecord, discussion: dict[str, Any]) -> tuple[Chapter, ...]:
    """The chapters that a saved report has in addition to those of its result."""
    return (
        Chapter("record", "Decision record", "reports/_record.html", str(record)),
        *_chapter_of_comments(discussion),
        Chapter("about", "About this report", "reports/_about.html"),
    )


def _chapter_of_comments(discussion: dict[str, Any]) -> Iterator[Chapter]:
    if discussion:
        number = str(discussion["comments"])
        yield Chapter("comments", "Comments", "reports/_discussion.html", number)


@never_cache
@require_safe
def report_list(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """All reports of an assessment, the newest first."""
    assessment, can = assessment_and_access(request, pk)
    reports = assessment.reports.defer("content").select_related("record")
    reports = reports.prefetch_related("record__entries")
    context = {
        "assessment": assessment,
        "reports": reports,
        "only_reads": Can.ANSWER not in can,
    }
    return render(request, "reports/list.html", context)


@require_POST
@limited(SAVING)
def save_report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Freeze the assessment into a report with an address of its own."""
    assessment = assessment_or_404(request, pk, needs=Can.RECORD)
    browser = key_of(request)
    assert browser is not None, "only an editor gets here"
    try:
        report, is_new = freeze_once(assessment=assessment, browser=browser)
    except TooEarly as error:
        messages.error(request, f"It is too early to save a report. {error}")
        return redirect("result", pk=assessment.pk)
    print_ahead(request, report)
    if is_new:
        messages.success(request, "Report saved. Nothing in it will change.")
    else:
        messages.info(request, "Already saved: nothing has changed since this report.")
    return redirect(report)
