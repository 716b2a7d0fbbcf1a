"""The base of access: each app finds its objects with what the asking browser may do."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import PermissionDenied

from decider.base.access import Can

Found = TypeVar("Found")


def allowed(found: tuple[Found, Can], needs: Can) -> tuple[Found, Can]:
    """What was found; raises PermissionDenied where that is not enough."""
    if needs not in found[1]:
        raise PermissionDenied
    return found
