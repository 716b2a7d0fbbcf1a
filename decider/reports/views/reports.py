"""Saved reports, for those who edit the assessment and for holders of a share link."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from decider.assessments.access import assessment_or_404
from decider.base.access import Can
from decider.base.addresses import absolute
from decider.presentation.result import result_context
from decider.reports.access import report_and_access, report_or_404, share_link_or_404
from decider.reports.forms.reports import ShareForm
from decider.reports.models import Report, ShareLink
from decider.reports.services.reports import EXPORT_FORMAT, freeze_once
from decider.reports.services.sharing import revoke_share_link, share_report
from decider.reports.views.context import record_context
from decider.reports.views.exports import EXPORTS
from decider.reports.views.pdf import print_ahead
from decider.reports.views.share_links import through_share_link
from decider.web.cookies import browser_of
from decider.web.requests import page_with_form


@never_cache
@require_safe
def report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A saved report."""
    saved, can = report_and_access(request, pk)
    return report_page(request, saved, "report", saved.pk, can)


@never_cache
@require_safe
def report_list(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """All reports of an assessment, the newest first."""
    assessment = assessment_or_404(request, pk)
    reports = assessment.reports.defer("content").select_related("record")
    reports = reports.prefetch_related("record__entries")
    return render(request, "reports/list.html", {"assessment": assessment, "reports": reports})


@never_cache
@page_with_form
def share(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The share links of a report; a new one's address is shown this once."""
    saved = report_or_404(request, pk, needs=Can.SHARE)
    form = ShareForm(request.POST or None, initial={"days": "30"})
    address = None
    if form.is_valid():
        _, token = share_report(
            report=saved, label=form.cleaned_data["label"], lifetime=form.lifetime
        )
        address = absolute(reverse("open_share_link", args=[token]))
        form = ShareForm(initial={"days": "30"})
    context = {
        "report": saved,
        "form": form,
        "links": saved.share_links.all(),
        "new_address": address,
    }
    return render(request, "reports/share.html", context, status=422 if form.is_bound else 200)


@require_POST
def revoke(request: HttpRequest, pk: uuid.UUID, link_pk: int) -> HttpResponse:
    """End a share link."""
    saved = report_or_404(request, pk, needs=Can.SHARE)
    revoke_share_link(link=share_link_or_404(saved, link_pk))
    messages.success(request, "That link no longer works.")
    return redirect("share", pk=saved.pk)


@never_cache
@require_safe
@through_share_link
def shared_report(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """A report read through a share link."""
    return report_page(request, link.report, "shared_report", link.public_id, Can.READ)


def report_page(
    request: HttpRequest, saved: Report, name: str, key: uuid.UUID, can: Can
) -> HttpResponse:
    """The page of a saved report: from what was saved, never from the assessment.

    `name` and `key` are those of the address that it is read at, for its downloads.
    """
    result = result_context(saved.document)
    context = {
        "report": saved,
        "shared": name == "shared_report",
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
        **result,
        **record_context(result["view"], saved.record),
    }
    return render(request, "reports/report.html", context)


@require_POST
def save_report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Freeze the assessment into a report with an address of its own."""
    assessment = assessment_or_404(request, pk, needs=Can.RECORD)
    browser = browser_of(request)
    assert browser is not None, "only an editor gets here"
    report, is_new = freeze_once(assessment=assessment, browser=browser)
    print_ahead(request, report)
    if is_new:
        messages.success(request, "Report saved. Nothing in it will change.")
    else:
        messages.info(request, "Already saved: nothing has changed since this report.")
    return redirect(report)
