"""The base of access: each app finds its objects with what whoever asks may do."""

from __future__ import annotations

import uuid
from typing import Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from decider.base.access import Can
from decider.people.identity import key_of

Found = TypeVar("Found", covariant=True)


class Find(Protocol[Found]):
    """How an app finds an object with what a browser may do; None where that is nothing."""

    def __call__(self, *, pk: uuid.UUID, browser: uuid.UUID) -> tuple[Found, Can] | None: ...


def found_or_404(
    request: HttpRequest, find: Find[Found], pk: uuid.UUID, needs: Can
) -> tuple[Found, Can]:
    """The object, and all that whoever asks may do with it.

    Raises Http404 where it may not see the object, PermissionDenied where it may not do enough.
    """
    browser = key_of(request)
    found = find(pk=pk, browser=browser) if browser else None
    if found is None:
        raise Http404
    if needs not in found[1]:
        raise PermissionDenied
    return found
