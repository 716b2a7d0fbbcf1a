"""What people do with a team: make it, change what its members are in it, and leave it."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.dispatch import Signal

from decider.base.access import Can, Role
from decider.people.models import Membership, Person, Team

editing_ended = Signal()
"""A person may no longer edit what belongs to a team. Sent with `team` and `person` inside the
transaction that ends it, for apps that let people edit in other ways, too."""

role_changed = Signal()
"""A person has another role in a team. Sent with `team`, `person`, `role`, a value of Role or empty
for whoever is no member any more, and the `actor`, the key of who did it or None, inside the
transaction."""

team_ending = Signal()
"""A team is about to be deleted, and what belongs to it goes to the person or team with the key
`heir`. Sent with `team`, `heir` and the `actor`, who deletes it, inside the transaction."""


class LastOwner(Exception):
    """The team of this name needs an owner who may sign in, and this is the only one."""


class StaleMembership(Exception):
    """Somebody gave the member another role in the meantime."""


def find_team(*, pk: uuid.UUID, browser: uuid.UUID) -> tuple[Team, Can] | None:
    """The team and what the person with this key may do in it; None for other people."""
    found = Membership.objects.select_related("team").filter(team=pk, person=browser).first()
    return (found.team, Role(found.role).may) if found else None


@transaction.atomic
def make_team(*, name: str, person: Person) -> Team:
    """A new team, owned by this person."""
    team = Team.objects.create(name=name)
    Membership.objects.create(team=team, person=person, role=Role.OWNER)
    return team


def lock_team(team: Team) -> Team:
    """The team, kept from other writers until the end of the transaction.

    Everything that writes memberships takes this lock first, so that of two owners who leave at
    the same moment one stays. SQLite locks the whole database when a transaction begins.
    """
    return Team.objects.select_for_update().get(pk=team.pk)


@transaction.atomic
def change_role(
    *, member: Membership, role: Role, was: str, actor: uuid.UUID | None = None
) -> None:
    """Give a member another role, where it still has the one that the form showed.

    Raises LastOwner, StaleMembership, and Membership.DoesNotExist for whoever left.
    """
    current = _locked(member)
    if current.role != was:
        raise StaleMembership
    if role != Role.OWNER:
        _keep_an_owner(current)
    current.role = role
    current.save(update_fields=["role"])
    announce_role(current, role, actor)
    if Can.ANSWER not in role.may:
        _end_editing(current)


@transaction.atomic
def remove_member(*, member: Membership, actor: uuid.UUID | None = None) -> None:
    """Let a member go, or leave; what they saved stays with the team.

    Raises LastOwner, and Membership.DoesNotExist for whoever is gone already.
    """
    current = _locked(member)
    _keep_an_owner(current)
    _end_editing(current)
    announce_role(current, "", actor)
    current.delete()


@transaction.atomic
def delete_team(*, team: Team, heir: uuid.UUID, actor: uuid.UUID) -> None:
    """Delete a team with its memberships and invitations; what belongs to it goes to the heir, a
    person or another team.

    Raises Team.DoesNotExist where either is gone.
    """
    # Of two teams that are deleted at once, each in favour of the other, one stays.
    keys = Team.objects.select_for_update().filter(pk__in=[team.pk, heir]).order_by("pk")
    found = {locked.pk for locked in keys}
    heir_is_known = heir in found or Person.objects.filter(pk=heir).exists()
    if team.pk not in found or not heir_is_known:
        raise Team.DoesNotExist
    team_ending.send(sender=Team, team=team, heir=heir, actor=actor)
    Team.objects.filter(pk=team.pk).delete()


def _locked(member: Membership) -> Membership:
    lock_team(member.team)
    return Membership.objects.select_related("team", "person").get(pk=member.pk)


def _keep_an_owner(member: Membership) -> None:
    """Raise LastOwner where the team would have no owner without this member."""
    owners = Membership.objects.filter(team=member.team, role=Role.OWNER, person__is_active=True)
    if member.role == Role.OWNER and not owners.exclude(pk=member.pk).exists():
        raise LastOwner(member.team.name)


def announce_role(member: Membership, role: str, actor: uuid.UUID | None) -> None:
    """Say that a member got a role, or none any more where it is empty."""
    role_changed.send(sender=Team, team=member.team, person=member.person, role=role, actor=actor)


def _end_editing(member: Membership) -> None:
    editing_ended.send(sender=Team, team=member.team, person=member.person)
