"""The settings of an assessment: name and context, and who edits it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from decider.assessments.access import (
    assessment_and_access,
    assessment_and_browser,
    assessment_or_404,
)
from decider.assessments.editors import (
    answer_link_offer,
    editors_of,
    hand_over,
    is_guest,
    name_browser,
    name_of,
    owner_of,
    team_of,
)
from decider.assessments.forms.answers import DetailsForm
from decider.assessments.forms.lifecycle import BrowserForm, EditLinkForm
from decider.assessments.models import Assessment, Editor
from decider.assessments.services import (
    edit_token,
    leave_assessment,
    remove_editor,
    revoke_edit_links,
)
from decider.assessments.views.changes import change_or_ask_again
from decider.base.access import Can
from decider.base.addresses import absolute
from decider.people.identity import key_of, remember
from decider.web.forms import render_form
from decider.web.requests import HtmxRequest, page_with_form, path_back, wants_fragment


@never_cache
@page_with_form
def details(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Name and context, who edits, and the private edit link."""
    assessment, can = assessment_and_access(request, pk, needs=Can.ANSWER)
    here = key_of(request)
    form = DetailsForm(assessment, request.POST or None)
    if form.is_valid() and change_or_ask_again(request, assessment, form, **form.details):
        messages.success(request, "Saved.")
        return redirect("assessment_settings", pk=assessment.pk)
    context = {
        "assessment": assessment,
        "form": form,
        "link_form": EditLinkForm(),
        "edit_link": absolute(reverse("open_edit_link", args=[edit_token(assessment)])),
        "editors": editors_of(assessment),
        "here": here,
        "can_administer": Can.ADMINISTER in can,
        "can_leave": here is not None and is_guest(assessment, here),
        "team": team_of(assessment),
    }
    return render_form(request, "assessments/settings.html", context)


@require_POST
def revoke_links(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Make the edit links given out so far useless, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    form = EditLinkForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose how long the new link works. The current one still does.")
        return redirect("assessment_settings", pk=assessment.pk)
    revoke_edit_links(assessment=assessment, actor=key_of(request), lifetime=form.lifetime)
    messages.success(request, "The old edit link no longer works. Below is the new one.")
    return redirect("assessment_settings", pk=assessment.pk)


@require_POST
def link_offer(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """Remember that the private edit link was kept, or is not wanted now."""
    assessment, browser = assessment_and_browser(request, pk)
    later = request.POST.get("answer") == "later"
    answer_link_offer(assessment=assessment, browser=browser, later=later)
    if wants_fragment(request):
        context = {"assessment": assessment}
        return render(request, "assessments/_link_offer_answered.html", context)
    return redirect(path_back(request, reverse("resume", args=[pk])))


@require_POST
def remove(request: HttpRequest, pk: uuid.UUID, editor_pk: int) -> HttpResponse:
    """Stop another browser from editing, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    editor = other_editor_or_404(request, assessment, editor_pk)
    remove_editor(editor=editor, actor=key_of(request))
    messages.success(request, "Removed. The old edit link no longer works; below is the new one.")
    return redirect("assessment_settings", pk=assessment.pk)


@require_POST
def make_owner(request: HttpRequest, pk: uuid.UUID, editor_pk: int) -> HttpResponse:
    """Hand the assessment over to another editor, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    editor = other_editor_or_404(request, assessment, editor_pk)
    owner = owner_of(assessment)
    here = key_of(request)
    hand_over(assessment=assessment, owner=owner, editor=editor, actor=here)
    if owner != here:
        messages.success(request, f"“{assessment.title}” no longer belongs to the team.")
        return redirect("workspace")
    messages.success(request, "Handed over. You can still edit the assessment.")
    return redirect("assessment_settings", pk=pk)


def other_editor_or_404(request: HttpRequest, assessment: Assessment, editor_pk: int) -> Editor:
    """An editor of an assessment; raises PermissionDenied where it is its owner, or the asking
    browser."""
    editor = get_object_or_404(assessment.editors, pk=editor_pk)
    if editor.is_owner or editor.holder == key_of(request):
        raise PermissionDenied
    return editor


@never_cache
@page_with_form
def your_name(request: HttpRequest) -> HttpResponse:
    """The name that other editors see for this browser."""
    if settings.SIGN_IN:
        return redirect("account")
    browser = key_of(request) or uuid.uuid4()
    form = BrowserForm(request.POST or None, initial={"name": name_of(browser)})
    if form.is_valid():
        name_browser(browser=browser, name=form.cleaned_data["name"])
        messages.success(request, "Saved.")
        response = redirect(path_back(request, reverse("workspace")))
        remember(request, response, browser)
        return response
    back = request.POST.get("back", request.GET.get("back", ""))
    context = {"form": form, "back": back}
    return render_form(request, "assessments/your_name.html", context)


@require_POST
def leave(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Stop editing it, for whoever was invited."""
    assessment, browser = assessment_and_browser(request, pk, needs=Can.READ)
    if not is_guest(assessment, browser):
        raise PermissionDenied
    leave_assessment(assessment=assessment, browser=browser)
    messages.success(request, f"You can no longer edit “{assessment.title}”.")
    return redirect("workspace")
