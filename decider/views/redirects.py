"""Redirects of forms that HTMX sends: the browser goes there, instead of HTMX fetching the page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from decider.views.requests import HtmxRequest


def redirect_htmx(
    get_response: Callable[[HtmxRequest], HttpResponse],
) -> Callable[[HtmxRequest], HttpResponse]:
    """Middleware: a request never sees a redirect that it follows; HTMX reads a header instead."""

    def middleware(request: HtmxRequest) -> HttpResponse:
        response = get_response(request)
        if request.htmx and "Location" in response.headers:
            response["HX-Redirect"] = response["Location"]
            del response["Location"]
            response.status_code = 200
        return response

    return middleware
