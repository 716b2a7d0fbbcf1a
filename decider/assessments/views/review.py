"""Reviewing an assessment before its result: all answers, and the weights of the sections."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.assessments.access import assessment_and_access, assessment_or_404
from decider.assessments.comparisons import compared_with
from decider.assessments.forms.answers import WeightsForm
from decider.assessments.last_changes import last_changes
from decider.assessments.services import document_of, questionnaire_for, swings_of
from decider.assessments.views.changes import change_or_ask_again
from decider.base.access import Can
from decider.people.identity import key_of
from decider.presentation.report import present_report
from decider.presentation.requirements import present_requirements
from decider.web.forms import render_form
from decider.web.requests import page_with_form


@never_cache
@require_safe
def review(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """All answers by section, each with a way to change it."""
    assessment, can = assessment_and_access(request, pk)
    document = document_of(assessment=assessment)
    view = present_report(document)
    context = {
        "assessment": assessment,
        "view": view,
        "requirements": present_requirements(document, view),
        "last_changes": last_changes(assessment, key_of(request)),
        "only_reads": Can.ANSWER not in can,
        "reads_comments": Can.READ_COMMENTS in can,
    }
    return render(request, "assessments/review.html", context)


@never_cache
@page_with_form
def weights(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How much each section counts. Posted with `show`, it shows what that changes, unsaved."""
    assessment = assessment_or_404(request, pk, needs=Can.ANSWER)
    form = WeightsForm(
        assessment, questionnaire_for(assessment), swings_of(assessment), request.POST or None
    )
    context = {"assessment": assessment, "form": form}
    if form.is_valid() and "show" in request.POST:
        context["comparison"] = compared_with(assessment=assessment, weights=form.weights)
    elif form.is_valid() and change_or_ask_again(request, assessment, form, weights=form.weights):
        messages.success(request, "The weights are saved.")
        return redirect("check", pk=assessment.pk)
    return render_form(request, "assessments/weights.html", context)
