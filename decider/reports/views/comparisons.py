"""Any two reports side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.assessments.comparisons import difference_of
from decider.people.identity import key_of
from decider.presentation.comparison import present_comparison
from decider.reports.forms.reports import CompareForm
from decider.reports.models import Report


@never_cache
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Choose two reports, and see what differs between them."""
    browser = key_of(request)
    reports = Report.objects.readable_by(browser) if browser else Report.objects.none()
    form = CompareForm(reports, request.GET or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        before, after = form.cleaned_data["before"], form.cleaned_data["after"]
        difference = difference_of(before.document, after.document)
        context |= {
            "before": before,
            "after": after,
            "comparison": present_comparison(before.document, after.document, difference),
        }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "reports/compare.html", context, status=status)
