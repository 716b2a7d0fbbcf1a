"""Addresses to give to others."""

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a path, at the address that the server is set up with.

    The Host header is not used: whoever sends a request can put anything there.
    """
    return f"{settings.ADDRESS}{path}"
