"""Checking a file against what was saved, reading it back, and the keys to check it elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.assessments.access import assessment_or_404
from decider.assessments.services import questionnaire_for
from decider.base.files import FileErrors
from decider.people.identity import key_of, remember
from decider.people.limits import UPLOADING, limited
from decider.reports.forms.proof import ImportForm, ReportFileForm
from decider.reports.limits import Busy, busy, queued
from decider.reports.models import ImportedReport
from decider.reports.proof.imported_history import history_of
from decider.reports.proof.importing import import_file
from decider.reports.proof.signing import published_keys
from decider.reports.proof.verification import verify_file
from decider.web.forms import render_form
from decider.web.requests import page_with_form


def checked_in_turn(view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that reads a sent file, which takes much memory, only when it is its turn."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        try:
            waiting = queued(request) if request.method == "POST" else None
        except Busy:
            return busy(request, "reports/proof/busy.html")
        return waiting or view(request)

    return wrapper


@login_not_required
@never_cache
@page_with_form
@limited(UPLOADING)
@checked_in_turn
def verify_record(request: HttpRequest) -> HttpResponse:
    """Say what a file is."""
    form, finding = sent_file(request, ReportFileForm), None
    if form.is_valid():
        finding = verify_file(file=form.cleaned_data["file"], browser=key_of(request))
    context = {"form": form, "finding": finding}
    return render_form(request, "reports/proof/verify.html", context)


@never_cache
@page_with_form
@limited(UPLOADING)
@checked_in_turn
def import_report(request: HttpRequest) -> HttpResponse:
    """Make a new assessment from a file."""
    form = sent_file(request, ImportForm)
    if form.is_valid():
        browser = key_of(request) or uuid.uuid4()
        try:
            made = import_file(file=form.cleaned_data["file"], browser=browser)
        except FileErrors as errors:
            form.add_error("file", [error.message for error in errors.errors])
        else:
            return entered(request, made, browser)
    return render_form(request, "reports/proof/import.html", {"form": form})


def sent_file(request: HttpRequest, form: type[ReportFileForm]) -> ReportFileForm:
    """The form, bound where something was sent."""
    return form(request.POST, request.FILES) if request.method == "POST" else form()


def entered(request: HttpRequest, made: ImportedReport, browser: uuid.UUID) -> HttpResponse:
    """Lead to the answers, or first to what did not carry over."""
    if made.remarks or len(made.history) > 1:
        response = redirect("import_outcome", pk=made.assessment.pk)
    else:
        messages.success(request, "Everything in the file carried over. Review the answers.")
        response = redirect("check", pk=made.assessment.pk)
    remember(request, response, browser)
    return response


@never_cache
@require_safe
def import_outcome(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What of a file did not carry over into the assessment, and the decision record in it."""
    assessment = assessment_or_404(request, pk)
    made = get_object_or_404(ImportedReport, assessment=assessment)
    names = {
        key: alternative.name
        for key, alternative in questionnaire_for(assessment).alternative_by_key.items()
    }
    history = list(history_of(made.history, names))
    context = {"assessment": assessment, "imported": made, "history": history}
    return render(request, "reports/proof/import_outcome.html", context)


@login_not_required
@never_cache
@require_safe
def signing_keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The public keys, to check reports without this server."""
    return HttpResponse(published_keys(), "text/plain; charset=utf-8")
