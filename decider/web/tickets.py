"""What the server and a view say to each other about requests that wait."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

TICKET: Final = "decider.ticket"
"""The key of the WSGI environment under which the server passes a `Ticket`."""


@dataclass
class Ticket:
    """What the server and a view say to each other about waiting.

    A view that works in the queue itself sets `wanted`, and `whose` line it waits in; the server
    then calls it again with `admitted` once it is the request's turn, or with `full` if too many
    wait already. A view whose PDF is being printed sets `printing`; the server then calls it again
    with `waited` once that is done, or after a moment. Meanwhile the request takes up neither a
    thread nor a place.
    """

    admitted: bool = False
    full: bool = False
    wanted: bool = False
    whose: str = ""
    waited: bool = False
    printing: Future[bytes] | None = None

    @property
    def comes_again(self) -> bool:
        """Whether the server drops this answer and calls the view once more."""
        return self.wanted or self.printing is not None


def ticket_of(request: HttpRequest) -> Ticket | None:
    """The ticket of a request; None under a server that passes none, where nothing waits."""
    ticket: Ticket | None = request.META.get(TICKET)
    return ticket
