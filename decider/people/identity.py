"""Whom work belongs to: the browser, or with sign-in the person."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse

from decider.people.models import Person
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


def names_by_key(key: OuterRef) -> QuerySet[Any, Any]:
    """For a subquery: the name of the person whose key stands in this column."""
    return Person.objects.filter(pk=key).values("name")
