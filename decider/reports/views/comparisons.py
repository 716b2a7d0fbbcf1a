"""Any two reports side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.assessments.comparisons import difference_of
from decider.people.identity import key_of
from decider.presentation.comparison import present_comparison
from decider.reports.forms.reports import CompareForm
from decider.reports.models import Report
from decider.web.forms import render_form


@never_cache
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Choose two reports, and see what differs between them.

    With the second alone in the address, the first is the one before it of the same assessment.
    """
    browser = key_of(request)
    reports = Report.objects.readable_by(browser) if browser else Report.objects.none()
    form = CompareForm(reports, with_predecessor(request.GET, reports) or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        before, after = form.cleaned_data["before"], form.cleaned_data["after"]
        difference = difference_of(before.document, after.document)
        context |= {
            "before": before,
            "after": after,
            "comparison": present_comparison(before.document, after.document, difference),
        }
    return render_form(request, "reports/compare.html", context)


def with_predecessor(params: QueryDict, reports: QuerySet[Report]) -> Mapping[str, Any]:
    """What the address chooses, with the report before the second one if only that is named."""
    if "before" in params or "after" not in params:
        return params
    try:
        after = reports.get(pk=params.get("after", ""))
        before = reports.filter(assessment=after.assessment_id, number=after.number - 1).first()
    except (Report.DoesNotExist, ValidationError):
        return params
    return {"before": before and before.pk, "after": after.pk}
