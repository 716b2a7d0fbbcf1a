"""Pages for what went wrong."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from decider.models import Assessment
from decider.services.sharing import find_share_link


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that was open too long, or in a browser that refuses cookies."""
    return render(request, "403_csrf.html", status=403)


def explain_method(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an address that takes only what forms send says so to whoever opens it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        page = render(request, "405.html", status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


class ExplainGone:
    """Middleware: an assessment that was deleted while a request was under way is not found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; Django calls `process_exception` where a view raises."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for what doesn't exist; None leaves other exceptions to others."""
        is_gone = isinstance(exception, Assessment.DoesNotExist)
        return page_not_found(request, exception) if is_gone else None


def link_closed(request: HttpRequest, token: str) -> HttpResponse:
    """Say that a share link has ended (410), or was never one (404)."""
    link = find_share_link(token=token)
    status = 410 if link else 404
    return render(request, "share/expired.html", {"link": link}, status=status)
