"""Limits by who asks: their browser or account, and the address that they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from decider.people.identity import key_of
from decider.web.limits import Limit, address_of
from decider.web.tickets import ticket_of

SPAN: Final = 600
AN_OFFICE: Final = 10
"""How many people at work at once may share one address."""

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Action:
    """Something that costs much, which one person may do so many `times` in SPAN seconds."""

    name: str
    times: int

    def spend(self, request: HttpRequest) -> None:
        """Count it for whoever asks; raises TooOften."""
        if not settings.LIMITS:
            return
        address = Limit(f"{self.name} by address", self.times * AN_OFFICE, SPAN)
        address.spend(address_of(request))
        if key := key_of(request):
            self.limit.spend(str(key))

    @property
    def limit(self) -> Limit:
        """That of one person."""
        return Limit(self.name, self.times, SPAN)


STARTING: Final = Action("start", 30)
SAVING: Final = Action("save a report", 30)
RECORDING: Final = Action("record", 60)
SHARING: Final = Action("share", 60)
UPLOADING: Final = Action("upload", 30)
PRINTING: Final = Action("print", 60)
ACTIONS: Final = (STARTING, SAVING, RECORDING, SHARING, UPLOADING, PRINTING)


def holder_of(request: HttpRequest) -> str:
    """Whoever asks, for those who take turns: their browser or account, or else their address."""
    return str(key_of(request) or address_of(request))


def limited(action: Action) -> Callable[[View], View]:
    """A view whose forms may be sent only so often; showing them is free."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *arguments: Any, **more: Any) -> HttpResponse:
            if request.method == "POST" and not _was_counted(request):
                action.spend(request)
            return view(request, *arguments, **more)

        return wrapper

    return decorate


def _was_counted(request: HttpRequest) -> bool:
    """Whether the server calls the view a second time, for a request that waited."""
    ticket = ticket_of(request)
    return ticket is not None and (ticket.admitted or ticket.full or ticket.waited)
