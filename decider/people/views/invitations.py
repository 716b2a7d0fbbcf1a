"""Invitations to a team: made and revoked by its owners, accepted by whoever is invited."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from decider.base.access import Can
from decider.base.addresses import absolute
from decider.people import invitations
from decider.people.forms import InvitationForm
from decider.people.identity import person_of
from decider.people.invitations import MOST_INVITATIONS, OtherAddress, TooManyInvitations
from decider.people.models import Invitation
from decider.people.views.teams import team_or_404, team_page
from decider.web.cookies import lead_on, prefixed, value_at
from decider.web.requests import page_with_form
from decider.web.secret_addresses import bare

COOKIE = "decider_team_invitation"
TOO_MANY = f"The team has {MOST_INVITATIONS} invitations already. Revoke some of them first."


@never_cache
@page_with_form
def invite(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Invite somebody to a team, for its owners; the link of a new invitation is shown once."""
    team = team_or_404(request, pk, needs=Can.ADMINISTER)
    if request.method != "POST":
        return redirect(team)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return team_page(request, team, form=form)
    try:
        made, token = invitations.invite(team=team, **form.invitation)
    except TooManyInvitations:
        form.add_error(None, TOO_MANY)
        return team_page(request, team, form=form)
    address = absolute(reverse("open_invitation", args=[token]))
    if made.email and invitations.send_invitation(
        invitation=made, inviter=person_of(request), address=address
    ):
        messages.success(request, f"The invitation is on its way to {made.email} by e-mail.")
        return redirect(team)
    return team_page(request, team, made=made, address=address)


@require_POST
def revoke(request: HttpRequest, pk: uuid.UUID, invitation_pk: int) -> HttpResponse:
    """Revoke an invitation, for the owners of the team."""
    team = team_or_404(request, pk, needs=Can.ADMINISTER)
    get_object_or_404(team.invitations, pk=invitation_pk).delete()
    messages.success(request, "Revoked. Nobody can accept that invitation any more.")
    return redirect(team)


@login_not_required
@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the secret of an invitation for a cookie, and go on to the page that accepts it."""
    if invitations.open_invitation(token=bare(token)) is None:
        return no_invitation(request)
    return lead_on(reverse("join_team"), COOKIE, bare(token))


@never_cache
@page_with_form
def join(request: HttpRequest) -> HttpResponse:
    """Ask whoever opened an invitation whether to join, then make them a member."""
    invitation = invitations.open_invitation(token=value_at(request, request.path, COOKIE))
    if invitation is None:
        return no_invitation(request)
    person = person_of(request)
    context = {"invitation": invitation, "refused": not invitations.is_for(invitation, person)}
    if request.method != "POST":
        return render(request, "people/join_team.html", context)
    try:
        member = invitations.accept(invitation=invitation, person=person)
    except OtherAddress:
        return render(request, "people/join_team.html", context, status=422)
    except Invitation.DoesNotExist:
        return no_invitation(request)
    messages.success(request, f"You are now in the team “{member.team}”.")
    response = redirect(member.team)
    response.delete_cookie(prefixed(COOKIE, request.path), path=request.path, samesite="Lax")
    return response


def no_invitation(request: HttpRequest) -> HttpResponse:
    """Say that an invitation does not work; why, a stranger doesn't learn."""
    return render(request, "people/no_invitation.html", status=404)
