"""Whom work belongs to: the browser, or with sign-in the person or a team."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
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


def held_by(rows: QuerySet[Any], key: uuid.UUID, own: Case | Value) -> QuerySet[Any, Any]:
    """The rows whose `holder` this key is, or a team whose member it is.

    Each has the `role` that it gives: `own` in the rows of the key itself, that of the member in
    those of a team.
    """
    held, role = Q(holder=key), own
    if settings.SIGN_IN:
        memberships = Membership.objects.filter(person=key)
        in_team = memberships.filter(team=OuterRef("holder")).values("role")
        of_team = Subquery(in_team, output_field=CharField())
        held |= Q(holder__in=memberships.values("team"))
        role = Case(When(holder=key, then=own), default=of_team)
    found: QuerySet[Any, Any] = rows.filter(held).annotate(role=role)
    return found


def teams_of(person: Person, *roles: Role) -> QuerySet[Team]:
    """The teams in which a person has one of these roles."""
    return Team.objects.filter(memberships__person=person, memberships__role__in=roles)
