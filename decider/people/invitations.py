"""Invitations to a team: made, sent by e-mail, accepted and revoked."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from decider.base.access import Role
from decider.base.tokens import new_token, token_hash
from decider.people.models import Invitation, Membership, Person, Team
from decider.people.teams import announce_role, lock_team

logger = logging.getLogger(__name__)

MOST_INVITATIONS = 50
"""How many invitations a team can have at a time: e-mails are no means to flood others."""


class TooManyInvitations(Exception):
    """The team has as many invitations as it may have."""


class OtherAddress(Exception):
    """The invitation is for somebody with another e-mail address."""


def is_for(invitation: Invitation, person: Person) -> bool:
    """Whether a person may accept an invitation; one without an address is for everybody."""
    return invitation.email in ("", person.email)


@transaction.atomic
def invite(
    *, team: Team, role: Role, lifetime: timedelta, email: str = ""
) -> tuple[Invitation, str]:
    """A new invitation and its secret token, which can't be retrieved later.

    With an `email`, a single person with that address can accept it. Raises TooManyInvitations.
    """
    lock_team(team)
    if team.invitations.count() >= MOST_INVITATIONS:
        raise TooManyInvitations
    token = new_token()
    invitation = Invitation.objects.create(
        team=team,
        role=role,
        email=email.lower(),
        token_hash=token_hash(token),
        expires_at=timezone.now() + lifetime,
    )
    return invitation, token


def send_invitation(*, invitation: Invitation, inviter: Person, address: str) -> bool:
    """Send the e-mail with the address of an invitation; whether it is on its way."""
    if not settings.MAIL_URL:
        return False
    context = {"invitation": invitation, "inviter": inviter, "address": address}
    text = render_to_string("people/invitation.txt", context)
    subject = f"{inviter.name} invites you to the team {invitation.team.name}"
    try:
        send_mail(subject, text, None, [invitation.email])
    except (SMTPException, OSError):
        logger.exception("The e-mail of invitation %s could not be sent", invitation.pk)
        return False
    return True


def open_invitation(*, token: str) -> Invitation | None:
    """The invitation with this secret, as long as it can be accepted."""
    invitations = Invitation.objects.select_related("team")
    found = invitations.filter(token_hash=token_hash(token)).first()
    return found if found and found.is_open else None


@transaction.atomic
def accept(*, invitation: Invitation, person: Person) -> Membership:
    """Make a person a member; whoever is one already keeps their role.

    Raises OtherAddress, and Invitation.DoesNotExist where it was revoked or used in the meantime.
    """
    team = lock_team(invitation.team)
    current = Invitation.objects.get(pk=invitation.pk)
    if not is_for(current, person):
        raise OtherAddress
    if current.email:
        current.delete()
    member, is_new = Membership.objects.get_or_create(
        team=team, person=person, defaults={"role": current.role}
    )
    if is_new:
        announce_role(member, member.role, person.pk)
    return member
