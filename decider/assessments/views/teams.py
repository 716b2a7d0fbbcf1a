"""Deleting a team, with what becomes of its assessments."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from decider.assessments.forms.teams import TeamHeirForm
from decider.assessments.models import Assessment
from decider.base.access import Can
from decider.people import teams
from decider.people.identity import person_of
from decider.people.views.teams import team_or_404
from decider.web.forms import render_form
from decider.web.requests import page_with_form


@never_cache
@page_with_form
def delete_team(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what it means, ask who gets what belongs to the team, then delete it, for its owners."""
    team = team_or_404(request, pk, needs=Can.ADMINISTER)
    person = person_of(request)
    form = TeamHeirForm(team, person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        teams.delete_team(team=team, heir=form.key, actor=person.pk)
        messages.success(request, f"The team “{team}” is deleted.")
        return redirect("teams")
    context = {
        "team": team,
        "form": form,
        "members": team.memberships.count(),
        "assessments": Assessment.objects.of_team(team.pk).order_by("title"),
        "deleted": Assessment.deleted.of_team(team.pk).order_by("title"),
    }
    return render_form(request, "assessments/delete_team.html", context)
