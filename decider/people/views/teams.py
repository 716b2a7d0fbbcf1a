"""One's teams, and the page of each: its members, their roles, and invitations."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from decider.base.access import Can, Role
from decider.people import teams
from decider.people.access import found_or_404
from decider.people.forms import InvitationForm, RoleForm, TeamForm
from decider.people.identity import person_of
from decider.people.models import Membership, Team
from decider.people.teams import LastOwner, StaleMembership
from decider.web.forms import render_form
from decider.web.requests import page_with_form

LAST_OWNER = (
    "A team needs an owner who may sign in, and there is no other one. Make somebody else an owner"
    " first, or delete the team."
)


def team_or_404(request: HttpRequest, pk: uuid.UUID, needs: Can = Can.READ) -> Team:
    """The team, if whoever asks is a member whose role allows what it needs to."""
    return found_or_404(request, teams.find_team, pk, needs)[0]


@never_cache
@page_with_form
def team_list(request: HttpRequest) -> HttpResponse:
    """One's teams, and the form that makes one."""
    person = person_of(request)
    form = TeamForm(request.POST or None)
    if form.is_valid():
        made = teams.make_team(name=form.cleaned_data["name"], person=person)
        messages.success(request, f"The team “{made}” has been created. Invite others to it.")
        return redirect(made)
    memberships = person.memberships.select_related("team").order_by("team__name", "pk")
    return render_form(request, "people/teams.html", {"form": form, "memberships": memberships})


@never_cache
@require_safe
def team(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The page of a team, for its members."""
    return team_page(request, team_or_404(request, pk))


def team_page(request: HttpRequest, shown: Team, **more: object) -> HttpResponse:
    """The page of a team, with what `more` its owners are shown after an action."""
    members = shown.memberships.select_related("person")
    mine = members.get(person=person_of(request))
    context = {
        "team": shown,
        "members": members,
        "mine": mine,
        "can_administer": Can.ADMINISTER in Role(mine.role).may,
        "roles": Role.choices,
        "invitations": shown.invitations.all(),
        "name_form": TeamForm(initial={"name": shown.name}),
        "form": InvitationForm(),
        **more,
    }
    faulty = any(getattr(context[name], "errors", None) for name in ("form", "name_form"))
    return render(request, "people/team.html", context, status=422 if faulty else 200)


@never_cache
@page_with_form
def rename(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the team another name, for its owners."""
    shown = team_or_404(request, pk, needs=Can.ADMINISTER)
    form = TeamForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not form.is_valid():
        return team_page(request, shown, name_form=form)
    if form.is_bound:
        Team.objects.filter(pk=shown.pk).update(name=form.cleaned_data["name"])
        messages.success(request, "Saved.")
    return redirect(shown)


@require_POST
def change_role(request: HttpRequest, pk: uuid.UUID, member_pk: int) -> HttpResponse:
    """Give a member another role, for the owners."""
    shown = team_or_404(request, pk, needs=Can.ADMINISTER)
    member = member_or_404(shown, member_pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the roles.")
        return redirect(shown)
    role = Role(form.cleaned_data["role"])
    try:
        teams.change_role(
            member=member,
            role=role,
            was=form.cleaned_data["was"],
            actor=person_of(request).pk,
        )
    except LastOwner:
        messages.error(request, LAST_OWNER)
    except StaleMembership:
        messages.error(
            request,
            f"Somebody gave {member.person.name} another role in the meantime. Choose again.",
        )
    else:
        messages.success(request, f"{member.person.name} is now {role.label.lower()}.")
    return redirect(shown)


@require_POST
def remove(request: HttpRequest, pk: uuid.UUID, member_pk: int) -> HttpResponse:
    """Remove a member, for the owners."""
    shown = team_or_404(request, pk, needs=Can.ADMINISTER)
    member = member_or_404(shown, member_pk)
    try:
        teams.remove_member(member=member, actor=person_of(request).pk)
    except LastOwner:
        messages.error(request, LAST_OWNER)
    else:
        messages.success(request, f"{member.person.name} is no longer in the team.")
    return redirect("teams" if member.person == request.user else shown)


@require_POST
def leave(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Leave the team."""
    shown = team_or_404(request, pk)
    member = shown.memberships.select_related("team", "person").get(person=person_of(request))
    try:
        teams.remove_member(member=member, actor=person_of(request).pk)
    except LastOwner:
        messages.error(request, LAST_OWNER)
        return redirect(shown)
    messages.success(request, f"You are no longer in the team “{shown}”.")
    return redirect("teams")


def member_or_404(shown: Team, pk: int) -> Membership:
    """A member of a team."""
    return get_object_or_404(shown.memberships.select_related("team", "person"), pk=pk)
