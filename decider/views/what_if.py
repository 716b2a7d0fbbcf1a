"""Trying other answers and weights: nothing is saved until asked."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from decider.forms.what_if import WhatIfForm
from decider.models import Assessment
from decider.rendering.comparison_view import view_comparison
from decider.rendering.report_view import view_report
from decider.services.assessments import (
    StaleAssessment,
    apply_tried,
    document_of,
    questionnaire_for,
    state_token,
)
from decider.services.comparisons import difference_of, document_with
from decider.views.access import assessment_or_404
from decider.views.requests import HtmxRequest, wants_fragment


@never_cache
@vary_on_headers("HX-Request")
@require_safe
def what_if(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """The ranking under the answers and weights that the address tries."""
    assessment = assessment_or_404(request, pk)
    return page(request, assessment, tried_form(assessment, request.GET))


@require_http_methods(["GET", "POST"])
def apply(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """Save what was tried as the answers and weights of the assessment."""
    if request.method == "GET":
        return redirect("what_if", pk=pk)
    assessment = assessment_or_404(request, pk)
    form = tried_form(assessment, request.POST)
    if not form.is_valid():
        return page(request, assessment, form)
    try:
        apply_tried(
            assessment=assessment,
            answers=form.answers,
            weights=form.weights,
            seen=request.POST.get("seen", ""),
        )
    except StaleAssessment:
        messages.error(
            request,
            "The assessment was changed in the meantime, so nothing was saved."
            " What you try is now compared with the changed assessment.",
        )
        return page(request, assessment_or_404(request, pk), form, status=409)
    messages.success(request, "Saved. This is the result now.")
    return redirect("result", pk=assessment.pk)


def tried_form(assessment: Assessment, tried: QueryDict) -> WhatIfForm:
    """The form of what is tried, with the saved state where nothing is."""
    saved = document_of(assessment=assessment)
    return WhatIfForm(questionnaire_for(assessment), saved["answers"], saved["weights"], tried)


def page(
    request: HtmxRequest, assessment: Assessment, form: WhatIfForm, status: int = 200
) -> HttpResponse:
    """The what-if page, or the part that changes for HTMX."""
    saved = document_of(assessment=assessment)
    tried = saved
    if form.is_valid():
        tried = document_with(
            assessment=assessment, saved=saved, answers=form.answers, weights=form.weights
        )
    else:
        status = 422
    context = {
        "assessment": assessment,
        "form": form,
        "rows": form.rows(tried["result"]["visible"]),
        "view": view_report(tried),
        "comparison": view_comparison(saved, tried, difference_of(saved, tried)),
        "seen": state_token(assessment),
    }
    template = "result/_what_if.html" if wants_fragment(request) else "result/what_if.html"
    return render(request, template, context, status=status)
