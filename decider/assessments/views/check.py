"""Looking over an assessment before its result: all answers, the weights, the details."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from decider.assessments.access import assessment_and_access, assessment_or_404
from decider.assessments.forms.answers import DetailsForm, WeightsForm
from decider.assessments.models import Assessment
from decider.assessments.services import (
    StaleAssessment,
    assessment_by_edit_link,
    change_assessment,
    delete_assessment,
    document_of,
    edit_token,
    leave_assessment,
    open_edit_link,
    questionnaire_for,
    remove_editor,
    revoke_edit_links,
    swings_of,
)
from decider.assessments.views.edit_links import invitation_of, no_edit_link
from decider.base.access import Can
from decider.base.addresses import absolute
from decider.presentation.race import present_race
from decider.presentation.report import present_report
from decider.web.cookies import browser_of, remember_browser
from decider.web.requests import page_with_form

STALE = (
    "Somebody changed this in the meantime. What they saved is shown beside what you entered:"
    " save again to keep yours, or open the page anew to keep theirs."
)


@never_cache
@require_safe
def check(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """All answers by section, each with a way to change it."""
    assessment = assessment_or_404(request, pk)
    document = document_of(assessment=assessment)
    view = present_report(document)
    context = {
        "assessment": assessment,
        "view": view,
        "race": present_race(document, view),
    }
    return render(request, "assessments/check.html", context)


@never_cache
@page_with_form
def weights(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How much each section counts."""
    assessment = assessment_or_404(request, pk, needs=Can.ANSWER)
    questionnaire = questionnaire_for(assessment)
    swings = swings_of(assessment)
    stale = False
    form = WeightsForm(
        questionnaire,
        assessment.weights,
        swings,
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
            form = WeightsForm(questionnaire, assessment.weights, swings, data)
            form.add_error(None, STALE)
            stale = True
        else:
            return redirect("check", pk=assessment.pk)
    return render(
        request,
        "assessments/weights.html",
        {
            "assessment": assessment,
            "form": form,
            "stale": stale,
            "weight_origin": questionnaire.weight_origin,
        },
        status=status_of(form),
    )


@never_cache
@page_with_form
def details(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Name and context, who edits, the private edit link, and deletion."""
    assessment, can = assessment_and_access(request, pk, needs=Can.ANSWER)
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
        "edit_link": absolute(edit_path),
        "editors": assessment.editors.order_by("pk"),
        "here": browser_of(request),
        "can_administer": Can.ADMINISTER in can,
        "stale": stale,
    }
    return render(request, "assessments/settings.html", context, status=status_of(form))


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
    """Make the edit links given out so far useless, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    revoke_edit_links(assessment=assessment)
    messages.success(request, "The old edit link no longer works. Below is the new one.")
    return redirect("assessment_settings", pk=assessment.pk)


@require_POST
def remove(request: HttpRequest, pk: uuid.UUID, editor_pk: int) -> HttpResponse:
    """Let another browser edit no more, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    editor = get_object_or_404(assessment.editors, pk=editor_pk)
    if editor.browser == browser_of(request):
        raise PermissionDenied
    remove_editor(editor=editor)
    messages.success(request, "Removed. The old edit link no longer works; below is the new one.")
    return redirect("assessment_settings", pk=assessment.pk)


@require_POST
def delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete the assessment, for the owner; saved reports stay."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    delete_assessment(assessment=assessment)
    messages.success(request, f"“{assessment.title}” is deleted. Its saved reports are kept.")
    return redirect("home")


@require_POST
def leave(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Edit it no more, for whoever was invited."""
    assessment, can = assessment_and_access(request, pk)
    browser = browser_of(request)
    if browser is None or Can.ADMINISTER in can:
        raise PermissionDenied
    leave_assessment(assessment=assessment, browser=browser)
    messages.success(request, f"This browser no longer edits “{assessment.title}”.")
    return redirect("home")


@never_cache
@page_with_form
def join(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask whoever opened the edit link whether to edit here, then let this browser edit."""
    token = invitation_of(request)
    invited_to = assessment_by_edit_link(token=token)
    if invited_to is None or invited_to.pk != pk:
        return no_edit_link(request)
    if request.method != "POST":
        return render(request, "assessments/edit_link.html")
    browser = browser_of(request) or uuid.uuid4()
    assessment = open_edit_link(token=token, browser=browser)
    if assessment is None:
        return no_edit_link(request)
    response = redirect(assessment)
    remember_browser(request, response, browser)
    return response
