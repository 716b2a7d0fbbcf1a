"""The result of an assessment as it stands, and saving it as a report."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from decider.services.access import Can
from decider.services.assessments import document_of
from decider.services.reports import freeze_once
from decider.views.access import assessment_or_404
from decider.views.context import result_context
from decider.views.cookies import browser_of


@never_cache
@require_safe
def result(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The ranking and its reasons."""
    assessment = assessment_or_404(request, pk)
    context = {
        "assessment": assessment,
        "what_if_url": reverse("what_if", args=[assessment.pk]),
        **result_context(document_of(assessment=assessment)),
    }
    return render(request, "result/result.html", context)


@require_POST
def save_report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Freeze the assessment into a report with an address of its own."""
    assessment = assessment_or_404(request, pk, needs=Can.RECORD)
    browser = browser_of(request)
    assert browser is not None, "only an editor gets here"
    report, is_new = freeze_once(assessment=assessment, browser=browser)
    if is_new:
        messages.success(request, "Report saved. Nothing in it will change.")
    else:
        messages.info(request, "Already saved: nothing has changed since this report.")
    return redirect(report)
