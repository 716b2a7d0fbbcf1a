"""Trying other answers and weights: nothing is saved until asked."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from decider.assessments.access import assessment_or_404
from decider.assessments.comparisons import difference_of, document_with
from decider.assessments.forms.what_if import WhatIfForm
from decider.assessments.models import Assessment
from decider.assessments.services import (
    StaleAssessment,
    answers_of,
    apply_tried,
    document_of,
    points_of,
    questionnaire_for,
    state_token,
)
from decider.base.access import Can
from decider.presentation.comparison import present_comparison
from decider.presentation.report import present_report
from decider.presentation.requirements import present_requirements
from decider.web.requests import HtmxRequest, page_with_form, wants_fragment


@never_cache
@vary_on_headers("HX-Request")
@require_safe
def what_if(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """The ranking under the answers and weights that the address tries.

    The address is made to hold what differs from the saved state, and nothing else.
    """
    assessment = assessment_or_404(request, pk)
    form = tried_form(assessment, request.GET)
    context = compared(assessment, form)
    if form.is_valid() and request.GET.dict() != context["tried"]:
        address = f"{request.path}?{urlencode(context['tried'])}".rstrip("?")
        if not wants_fragment(request):
            return redirect(address)
        return push_url(page(request, form, context), address)
    return page(request, form, context)


@page_with_form
def apply(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """Save what was tried as the answers and weights of the assessment."""
    if request.method != "POST":
        return redirect("what_if", pk=pk)
    assessment = assessment_or_404(request, pk, needs=Can.ANSWER)
    form = tried_form(assessment, request.POST)
    if not form.is_valid():
        return page(request, form, compared(assessment, form))
    try:
        apply_tried(
            assessment=assessment,
            answers=form.answers,
            weights=form.weights,
            token=request.POST.get("state_token", ""),
        )
    except StaleAssessment:
        messages.error(
            request,
            "The assessment was changed in the meantime, so nothing was saved."
            " What you try is now compared with the changed assessment.",
        )
        assessment = assessment_or_404(request, pk)
        form = tried_form(assessment, request.POST)
        return page(request, form, compared(assessment, form), status=409)
    messages.success(request, "Saved. This is the result now.")
    return redirect("result", pk=assessment.pk)


def tried_form(assessment: Assessment, tried: QueryDict) -> WhatIfForm:
    """The form of what is tried, with the saved state where nothing is."""
    answers = {key: answer.value for key, answer in answers_of(assessment).items()}
    return WhatIfForm(questionnaire_for(assessment), answers, assessment.weights, tried)


def compared(assessment: Assessment, form: WhatIfForm) -> dict[str, Any]:
    """What the page shows: the saved result beside the tried one."""
    changes = form.is_valid() and bool(form.tried(form.questionnaire.questions))
    if changes:
        saved = points_of(assessment=assessment)
        tried = document_with(
            assessment=assessment, saved=saved, answers=form.answers, weights=form.weights
        )
    else:
        saved = tried = document_of(assessment=assessment)
    view = present_report(tried)
    return {
        "assessment": assessment,
        "form": form,
        "tried": form.tried(tried.result.visible) if form.is_valid() else {},
        "view": view,
        "race": present_requirements(tried, view),
        "comparison": present_comparison(saved, tried, difference_of(saved, tried)),
        "state_token": state_token(assessment),
    }


def page(
    request: HtmxRequest, form: WhatIfForm, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The what-if page; for HTMX the part that changes, and sections that ask other questions."""
    template = (
        "assessments/_what_if.html" if wants_fragment(request) else "assessments/what_if.html"
    )
    visible = {answer.key for answer in context["view"].answers}
    context["rows"] = form.rows(visible)
    if form.is_valid():
        context["moved"] = form.moved(visible, request.GET)
    else:
        status = 422
    return render(request, template, context, status=status)
