"""Pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from decider.services.sharing import find_share_link


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that was open too long, or in a browser that refuses cookies."""
    return render(request, "403_csrf.html", status=403)


def link_closed(request: HttpRequest, token: str) -> HttpResponse:
    """Say that a share link has ended (410), or was never one (404)."""
    link = find_share_link(token=token)
    status = 410 if link else 404
    return render(request, "share/expired.html", {"link": link}, status=status)
