"""Messages that say what was done and offer to undo it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, text: str, *, undo: str) -> None:
    """Say on the next page what was done, with a button that posts to the address `undo`."""
    messages.success(request, text, extra_tags=undo)
