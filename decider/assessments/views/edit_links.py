"""The address of a private edit link, the invitation that it leads to, and joining by it."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.assessments import services
from decider.assessments.access import may_answer
from decider.assessments.services import assessment_by_edit_link
from decider.people.identity import key_of, remember
from decider.people.limits import STARTING, limited
from decider.web.cookies import lead_on, value_at
from decider.web.requests import page_with_form
from decider.web.secret_addresses import bare

INVITATION = "decider_invitation"


@login_not_required
@never_cache
@require_safe
def open_edit_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the secret of an edit link for a cookie, and go on to the invitation."""
    assessment = assessment_by_edit_link(token=bare(token))
    if assessment is None:
        return no_edit_link(request)
    return lead_on(reverse("join_assessment", args=[assessment.pk]), INVITATION, bare(token))


@never_cache
@page_with_form
@limited(STARTING)
def join(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask whoever opened the edit link whether to edit here, then let this browser edit."""
    token = value_at(request, request.path, INVITATION)
    invited_to = assessment_by_edit_link(token=token)
    if invited_to is None or invited_to.pk != pk:
        return no_edit_link(request)
    if request.method != "POST":
        return render(request, "assessments/edit_link.html")
    browser = key_of(request) or uuid.uuid4()
    if may_answer(invited_to, browser):
        # A member of the team: a row of their own would outlast their membership.
        return redirect(invited_to)
    assessment = services.open_edit_link(token=token, browser=browser)
    if assessment is None:
        return no_edit_link(request)
    response = redirect(assessment)
    remember(request, response, browser)
    return response


def no_edit_link(request: HttpRequest) -> HttpResponse:
    """Say that an edit link does not work."""
    return render(request, "assessments/no_edit_link.html", status=404)
