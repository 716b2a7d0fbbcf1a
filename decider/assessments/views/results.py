"""The result of an assessment, and trying other answers and weights on it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from decider.assessments.access import assessment_and_access, assessment_or_404
from decider.assessments.models import ChangeKind
from decider.assessments.services import StaleAssessment, apply_tried
from decider.assessments.signals import result_opened
from decider.assessments.trial import Trial, trial_form, try_out
from decider.assessments.views.changes import whoever_changed
from decider.base.access import Can
from decider.people.identity import key_of
from decider.presentation.result import points_context, result_context
from decider.web.requests import HtmxRequest, page_with_form

STALE = (
    "{who} changed the assessment in the meantime, so nothing was saved."
    " What you try is now compared with the changed assessment."
)


@never_cache
@require_safe
def result(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """The ranking and its reasons, under the answers and weights that the address tries.

    The address is made to hold what differs from the saved state, and nothing else.
    """
    assessment, can = assessment_and_access(request, pk)
    trial = try_out(assessment, trial_form(assessment, request.GET))
    if request.htmx:
        return push_url(page(request, trial, can), trial.url)
    if trial.form.is_valid() and request.GET.dict() != trial.tried:
        return redirect(trial.url)
    result_opened.send(sender=Trial, request=request)
    return page(request, trial, can)


@never_cache
@require_safe
def points(request: HttpRequest, pk: uuid.UUID, alternative: str) -> HttpResponse:
    """Where the points of an alternative come from, under what the address tries."""
    assessment, can = assessment_and_access(request, pk)
    trial = try_out(assessment, trial_form(assessment, request.GET))
    try:
        shown = points_context(trial.document, alternative)
    except KeyError:
        raise Http404 from None
    context = {**place_of(trial), **shown, "tab": "result", "only_reads": Can.ANSWER not in can}
    return render(request, "presentation/points.html", context)


@page_with_form
def keep_tried(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """Save what was tried as the answers and weights of the assessment."""
    if request.method != "POST":
        return redirect("result", pk=pk)
    assessment, can = assessment_and_access(request, pk, needs=Can.ANSWER)
    form = trial_form(assessment, request.POST)
    if not form.is_valid():
        return page(request, try_out(assessment, form), can)
    token = request.POST.get("state_token", "")
    try:
        apply_tried(
            assessment=assessment,
            answers=form.answers,
            weights=form.weights,
            token=token,
            actor=key_of(request),
        )
    except StaleAssessment:
        who = whoever_changed(request, assessment, ChangeKind.ANSWER)
        messages.error(request, STALE.format(who=who))
        assessment = assessment_or_404(request, pk)
        trial = try_out(assessment, trial_form(assessment, request.POST))
        return page(request, trial, can, status=409)
    messages.success(request, "Saved. This is the result now.")
    return redirect("result", pk=assessment.pk)


@require_safe
def what_if(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The former address of the result with what it tries."""
    assessment = assessment_or_404(request, pk)
    tried = request.GET.urlencode()
    return redirect(reverse("result", args=[assessment.pk]) + (f"?{tried}" if tried else ""))


def page(request: HtmxRequest, trial: Trial, can: Can, status: int = 200) -> HttpResponse:
    """The page of a result, with what is tried and what that changes."""
    context = {
        **place_of(trial),
        "trial": trial,
        "form": trial.form,
        "comparison": trial.comparison,
        "only_reads": Can.ANSWER not in can,
        **result_context(trial.document),
    }
    status = status if trial.form.is_valid() else 422
    return render(request, "assessments/result.html", context, status=status)


def place_of(trial: Trial) -> dict[str, Any]:
    """The addresses of a result and of the pages below it, which try the same."""
    return {
        "assessment": trial.assessment,
        "page_url": trial.url,
        "page_key": trial.assessment.pk,
        "points_name": "result_points",
        "tried_query": trial.query,
    }
