"""How large a request may be, and which requests wait for work that takes long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from decider.people.limits import holder_of
from decider.reports.proof.report_files import MAX_BYTES
from decider.web.tickets import ticket_of

FORM_OVERHEAD: Final = 64_000
"""What a form with a file may hold beside the file, in bytes."""


class Busy(Exception):
    """Too many wait in the queue already; try again in some seconds."""


def queued(request: HttpRequest) -> HttpResponse | None:
    """What to return so that the server calls the view again from the queue; None to go on now.

    Raises Busy where the queue is full. Under a server that passes no ticket, there is no queue.
    """
    ticket = ticket_of(request)
    if ticket is None or ticket.admitted:
        return None
    if ticket.full:
        raise Busy
    ticket.wanted, ticket.whose = True, holder_of(request)
    return HttpResponse(status=202)  # nobody gets it; an error would stand in the log


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
