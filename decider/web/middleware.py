"""Redirects, explained refusals, and headers that every answer has."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from decider.base.addresses import absolute
from decider.web.requests import HtmxRequest


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


def redirect_to_https(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: who comes by HTTP goes on at the configured address, if that is HTTPS.

    Only the proxy knows how they came. One that doesn't say so gets no redirect: to it, every
    request looks like HTTP, and following the redirect would lead here again without end.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        is_forwarded = "X-Forwarded-Proto" in request.headers
        if settings.HTTPS and is_forwarded and not request.is_secure():
            return HttpResponsePermanentRedirect(absolute(request.get_full_path_info()))
        return get_response(request)

    return middleware


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


UNUSED_ABILITIES = ("camera", "geolocation", "microphone", "payment", "usb")
"""What browsers offer to pages and ours never ask for."""


def forbid_foreign_use(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: no page of another site may take in what we answer, nor use a device by it."""
    policy = ", ".join(f"{ability}=()" for ability in UNUSED_ABILITIES)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", policy)
        return response

    return middleware
