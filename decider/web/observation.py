"""Each request has an id, a line in the log, and is counted."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from decider.base import metrics
from decider.web.logs import request_id
from decider.web.tickets import ticket_of

log = logging.getLogger("decider.requests")

GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def observe(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the first of all: what is logged of a request has its id, the answer too.

    An access line names the route, never the address: that may hold an id or a secret.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id.set(_id_of(request))
        response = get_response(request)
        response.headers["X-Request-ID"] = request_id.get()
        ticket = ticket_of(request)
        if not (ticket and ticket.comes_again):
            _note(request, response, time.perf_counter() - started)
        return response

    return middleware


def _id_of(request: HttpRequest) -> str:
    """The id that a proxy of ours gave, or a new one."""
    given = request.headers.get("X-Request-ID", "")
    is_ours = settings.TRUSTED_PROXIES and GIVEN_ID.fullmatch(given)
    return given if is_ours else uuid.uuid4().hex


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    route = request.resolver_match.view_name if request.resolver_match else "none"
    method = request.method if request.method in METHODS else "other"
    status = str(response.status_code)
    metrics.count("requests", route=route, method=method, status=status)
    metrics.took("request", seconds, route=route)
    if settings.PRODUCTION:
        fields = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000)}
        log.info("answered", extra={"fields": fields})


METHODS = ("GET", "HEAD", "POST")
