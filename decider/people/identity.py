"""Whom work belongs to: the browser, or with sign-in the person or a team."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse

from decider.base.access import Role
from decider.people.models import Membership, Person, Team
from decider.web.cookies import browser_of, remember_browser


def key_of(request: HttpRequest) -> uuid.UUID | None:
    """The key that the work of whoever asks is kept under; None where they are not known."""
    if not settings.SIGN_IN:
        return browser_of(request)
    return request.user.pk if request.user.is_authenticated else None


def person_of(request: HttpRequest) -> Person:
    """Whoever is signed in; for pages that need it."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def remember(request: HttpRequest, response: HttpResponse, key: uuid.UUID) -> None:
    """Let the next request of this browser have the same key; with sign-in its session does."""
    if not settings.SIGN_IN:
        remember_browser(request, response, key)


def names_by_key(column: str) -> Subquery:
    """The name of the person whose key stands in this column."""
    return Subquery(Person.objects.filter(pk=OuterRef(column)).values("name"))


def held_by(column: str, key: uuid.UUID) -> Q:
    """Rows in whose `column` this key stands, or that of a team whose member it is."""
    own = Q(**{column: key})
    if not settings.SIGN_IN:
        return own
    return own | Q(**{f"{column}__in": _memberships(key).values("team")})


def role_in_team(column: str, key: uuid.UUID) -> Subquery:
    """The role that this person has in the team whose key stands in this column."""
    return Subquery(
        _memberships(key).filter(team=OuterRef(column)).values("role"), output_field=CharField()
    )


def teams_of(person: Person, *roles: Role) -> QuerySet[Team]:
    """The teams in which a person has one of these roles."""
    return Team.objects.filter(memberships__person=person, memberships__role__in=roles)


def _memberships(key: uuid.UUID) -> QuerySet[Membership]:
    return Membership.objects.filter(person=key)
