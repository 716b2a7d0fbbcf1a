"""How large a request may be, and which requests wait for work that takes long."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from decider.reports.proof.report_files import MAX_BYTES

FORM_OVERHEAD: Final = 64_000
"""What a form with a file may hold beside the file, in bytes."""
TICKET: Final = "decider.ticket"
"""The key of the WSGI environment under which the server passes a `Ticket`."""


class Busy(Exception):
    """Too many wait in the queue already; try again in some seconds."""


@dataclass
class Ticket:
    """What the server and a view say to each other about waiting.

    A view that works in the queue itself sets `wanted`; the server then calls it again with
    `admitted` once it is the request's turn, or with `full` if too many wait already. A view whose
    PDF is being printed sets `printing`; the server then calls it again with `waited` once that is
    done, or after a moment. Meanwhile the request takes up neither a thread nor a place.
    """

    admitted: bool = False
    full: bool = False
    wanted: bool = False
    waited: bool = False
    printing: Future[bytes] | None = None


def ticket_of(request: HttpRequest) -> Ticket | None:
    """The ticket of a request; None under a server that passes none, where nothing waits."""
    ticket: Ticket | None = request.META.get(TICKET)
    return ticket


def queued(request: HttpRequest) -> HttpResponse | None:
    """What to return so that the server calls the view again from the queue; None to go on now.

    Raises Busy where the queue is full. Under a server that passes no ticket, there is no queue.
    """
    ticket = ticket_of(request)
    if ticket is None or ticket.admitted:
        return None
    if ticket.full:
        raise Busy
    ticket.wanted = True
    return HttpResponse(status=503)


def body_limit(content_type: str) -> int:
    """How many bytes the body of a request may have."""
    if content_type.startswith("multipart/form-data"):
        return MAX_BYTES + FORM_OVERHEAD
    limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return limit


def refuse_large_bodies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a body that is too large is refused before anything of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "")
        limit = body_limit(request.headers.get("Content-Type", ""))
        if length.isdecimal() and int(length) > limit:
            megabytes = limit // 1_000_000
            return render(request, "413.html", {"megabytes": megabytes}, status=413)
        return get_response(request)

    return middleware


def busy(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    """A page that asks to try again in some seconds."""
    page = render(request, template, context, status=503)
    page.headers["Retry-After"] = "5"
    return page
