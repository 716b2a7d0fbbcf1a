"""Saved reports, for those who edit the assessment and for holders of a share link."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
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
from decider.reports.access import erased_report, report_and_access
from decider.reports.models import DecisionRecord, Report, ShareLink
from decider.reports.services.reports import EXPORT_FORMAT, TooEarly, freeze_once
from decider.reports.services.sharing import note_opening
from decider.reports.views.context import record_context
from decider.reports.views.discussion import discussion_of
from decider.reports.views.exports import EXPORTS
from decider.reports.views.pdf import print_ahead
from decider.reports.views.place import Place
from decider.reports.views.share_links import through_share_link


@never_cache
@require_safe
def report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A saved report, or that it was erased."""
    try:
        saved, can = report_and_access(request, pk)
    except Http404:
        if erased := erased_report(pk=pk, browser=key_of(request)):
            return render(request, "reports/erased.html", {"report": erased}, status=410)
        raise
    return report_page(request, saved, "report", saved.pk, can)


@never_cache
@require_safe
def report_points(request: HttpRequest, pk: uuid.UUID, alternative: str) -> HttpResponse:
    """Where the points of an alternative of a saved report come from."""
    saved, can = report_and_access(request, pk)
    return points_page(request, saved, "report", saved.pk, alternative, can)


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


@login_not_required
@never_cache
@require_safe
@through_share_link
def shared_report(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """A report read through a share link."""
    if request.method == "GET":
        note_opening(link=link)
    return report_page(request, link.shown_report, "shared_report", link.public_id, link.can, link)


@login_not_required
@never_cache
@require_safe
@through_share_link
def shared_report_points(request: HttpRequest, link: ShareLink, alternative: str) -> HttpResponse:
    """The same through a share link."""
    saved, key = link.shown_report, link.public_id
    return points_page(request, saved, "shared_report", key, alternative, link.can)


def points_page(
    request: HttpRequest, saved: Report, name: str, key: uuid.UUID, alternative: str, can: Can
) -> HttpResponse:
    """The page of the points of an alternative; `name` and `key` are those of the report's page."""
    try:
        shown = points_context(saved.document, alternative)
    except KeyError:
        raise Http404 from None
    context = {
        **shown,
        "report": saved,
        "assessment": saved.assessment,
        "tab": "reports" if Can.ANSWER in can else "",
        "page_url": reverse(name, args=[key]),
    }
    return render(request, "presentation/points.html", context)


def report_page(
    request: HttpRequest,
    saved: Report,
    name: str,
    key: uuid.UUID,
    can: Can,
    link: ShareLink | None = None,
) -> HttpResponse:
    """The page of a saved report: from what was saved, never from the assessment.

    `name` and `key` are those of the address that it is read at, for its downloads; `link` is the
    share link that it is read through, if any.
    """
    result = result_context(saved.document)
    discussion = discussion_of(Place(saved, can, link))
    context = {
        "report": saved,
        "shared": link is not None,
        "follows_newest": link is not None and link.follows_newest,
        "asks_passphrase": link is not None and bool(link.passphrase_hash),
        "page_url": reverse(name, args=[key]),
        "page_key": key,
        "points_name": f"{name}_points",
        "can_edit": Can.ANSWER in can,
        "can_record": Can.RECORD in can,
        "can_share": Can.SHARE in can,
        "pdf_url": reverse(f"{name}_pdf", args=[key]),
        "letter_url": reverse(f"{name}_pdf_letter", args=[key]),
        "exports": [
            (export.label, reverse(f"{name}_export", args=[key, kind]))
            for kind, export in EXPORTS.items()
        ],
        "schema_url": reverse("schema", args=[EXPORT_FORMAT]),
        **discussion,
        **result,
        "chapters": (*result["chapters"], *chapters_of(saved.record, discussion)),
        **record_context(result["view"], saved.record),
    }
    return render(request, "reports/report.html", context)


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
