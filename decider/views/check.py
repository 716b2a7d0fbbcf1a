"""Looking over an assessment before its result: all answers, the weights, the details."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from decider.forms.answers import DetailsForm, WeightsForm
from decider.models import Assessment
from decider.rendering.report_view import view_report
from decider.services.assessments import (
    StaleAssessment,
    assessment_by_edit_link,
    change_assessment,
    delete_assessment,
    document_of,
    edit_token,
    is_begun_by,
    leave_assessment,
    open_edit_link,
    questionnaire_for,
    revoke_edit_links,
)
from decider.views.access import (
    assessment_or_404,
    browser_of,
    remember_browser,
)
from decider.views.requests import page_with_form

STALE = (
    "Somebody changed this in the meantime. What they saved is shown beside what you entered:"
    " save again to keep yours, or open the page anew to keep theirs."
)


@never_cache
@require_safe
def check(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """All answers by section, each with a way to change it."""
    assessment = assessment_or_404(request, pk)
    view = view_report(document_of(assessment=assessment))
    return render(request, "wizard/check.html", {"assessment": assessment, "view": view})


@never_cache
@page_with_form
def weights(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How much each section counts."""
    assessment = assessment_or_404(request, pk)
    questionnaire = questionnaire_for(assessment)
    stale = False
    form = WeightsForm(
        questionnaire,
        assessment.weights,
        request.POST or None,
        initial={"revision": assessment.revision},
    )
    if form.is_valid():
        try:
            change_assessment(
                assessment=assessment,
                revision=form.cleaned_data["revision"],
                weights=form.weights,
            )
        except StaleAssessment:
            data = with_revision(request.POST, assessment)
            form = WeightsForm(questionnaire, assessment.weights, data)
            form.add_error(None, STALE)
            stale = True
        else:
            return redirect("check", pk=assessment.pk)
    return render(
        request,
        "wizard/weights.html",
        {"assessment": assessment, "form": form, "stale": stale},
        status=status_of(form),
    )


@never_cache
@page_with_form
def details(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Name and context, the private edit link, and deletion."""
    assessment = assessment_or_404(request, pk)
    shown = {key: getattr(assessment, key) for key in ("title", "context", "revision")}
    form = DetailsForm(request.POST or None, initial=shown)
    stale = False
    if form.is_valid():
        try:
            change_assessment(assessment=assessment, **form.cleaned_data)
        except StaleAssessment:
            form = DetailsForm(with_revision(request.POST, assessment))
            form.add_error(None, STALE)
            stale = True
        else:
            messages.success(request, "Saved.")
            return redirect("assessment_settings", pk=assessment.pk)
    edit_path = reverse("open_edit_link", args=[edit_token(assessment)])
    context = {
        "assessment": assessment,
        "form": form,
        "edit_link": request.build_absolute_uri(edit_path),
        "mine": is_begun_by(assessment, browser_of(request)),
        "stale": stale,
    }
    return render(request, "assessment/settings.html", context, status=status_of(form))


def with_revision(data: QueryDict, assessment: Assessment) -> QueryDict:
    """What was posted, as if its form had shown the assessment as it is now."""
    data = data.copy()
    data["revision"] = str(assessment.revision)
    return data


def status_of(form: Form) -> int:
    """422 for a form with errors."""
    return 422 if form.is_bound and form.errors else 200


@require_POST
def revoke_links(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Make the edit links given out so far useless."""
    assessment = assessment_or_404(request, pk)
    revoke_edit_links(assessment=assessment)
    messages.success(request, "The old edit link no longer works. Below is the new one.")
    return redirect("assessment_settings", pk=assessment.pk)


@require_POST
def delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete the assessment, for whoever began it; saved reports stay."""
    assessment = assessment_or_404(request, pk)
    if not is_begun_by(assessment, browser_of(request)):
        raise PermissionDenied
    delete_assessment(assessment=assessment)
    messages.success(request, f"“{assessment.title}” is deleted. Its saved reports are kept.")
    return redirect("home")


@require_POST
def leave(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Edit it no more, for whoever was invited."""
    assessment, browser = assessment_or_404(request, pk), browser_of(request)
    if browser is None or is_begun_by(assessment, browser):
        raise PermissionDenied
    leave_assessment(assessment=assessment, browser=browser)
    messages.success(request, f"This browser no longer edits “{assessment.title}”.")
    return redirect("home")


@never_cache
@page_with_form
def edit_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to edit here, then let this browser edit."""
    browser = browser_of(request) or uuid.uuid4()
    if request.method != "POST":
        if assessment_by_edit_link(token=token):
            return render(request, "assessment/edit_link.html")
    elif assessment := open_edit_link(token=token, browser=browser):
        response = redirect(assessment)
        remember_browser(request, response, browser)
        return response
    return render(request, "assessment/no_edit_link.html", status=404)
