"""Pages for what went wrong.

Django's own read the form again, to check its token; where the form can't be read, they fail.
"""

import errno
import logging
from collections.abc import Callable

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from decider.web.cookies import browser_of

log = logging.getLogger(__name__)

NO_WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
"""The disk is full, read-only or broken."""
READ_ONLY_TRANSACTION = "25006"
"""What PostgreSQL answers to a write where it is a read-only copy."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that was open too long, or in a browser that refuses cookies.

    A script of ours sends the form once more, with the token that the header holds.
    """
    page = render(request, "403_csrf.html", status=403)
    page.headers["Form-Token"] = get_token(request)
    return page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that can't be read: too large, too many fields, not in UTF-8."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Something that others may do."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """What doesn't exist, or not for this browser."""
    context = {"has_cookie": browser_of(request) is not None}
    return render(request, "404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """A fault of ours; the page needs nothing that could be at fault too."""
    return HttpResponse(render_to_string("500.html"), status=500)


class Explain:
    """The base of middleware that answers where a view raised: by `process_exception`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Every answer but those to failures goes through unchanged."""
        return self.get_response(request)


class ExplainUnavailable(Explain):
    """Middleware: says so where nothing can be read or saved now, for want of disk or database."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a failure of database or disk; other failures are for others."""
        return unavailable(request, error)


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page for a failure of database or disk; None for other failures."""
    if not _is_unavailable(error):
        return None
    log.error("Database or disk failed: %s", error)
    page = render(request, "503.html", status=503)
    page.headers["Retry-After"] = "10"
    return page


def _is_unavailable(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in NO_WRITING
    read_only = getattr(error.__cause__, "sqlstate", None) == READ_ONLY_TRANSACTION
    return isinstance(error, OperationalError) or (isinstance(error, DatabaseError) and read_only)
