"""Handing an assessment over to a team, or taking it from one."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from decider.assessments.access import assessment_or_404
from decider.assessments.editors import hand_over_to_team, owner_of, take_from_team, team_of
from decider.assessments.forms.teams import HandOverForm
from decider.base.access import Can
from decider.people.identity import person_of
from decider.web.forms import render_form
from decider.web.requests import page_with_form


@never_cache
@page_with_form
def hand_over(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what it means, then hand it over, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    person, owner = person_of(request), owner_of(assessment)
    form = HandOverForm(person, owner, request.POST or None)
    if form.is_valid():
        if team := form.team:
            hand_over_to_team(assessment=assessment, owner=owner, team=team, actor=person.pk)
        else:
            take_from_team(assessment=assessment, owner=owner, person=person.pk)
        whose = f"to the team {form.team}" if form.team else "to you"
        messages.success(request, f"“{assessment.title}” now belongs {whose}.")
        return redirect("assessment_settings", pk=pk)
    context = {"assessment": assessment, "form": form, "team": team_of(assessment)}
    return render_form(request, "assessments/hand_over.html", context)
