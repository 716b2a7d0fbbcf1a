"""Addresses that hold the secret of a link, and the pages that such a link leads to.

A secret address is opened once: the browser gets a cookie for the link and goes on at an address
without a secret. So it stands in no later log line, history entry or Referer header.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.signing import BadSignature, get_cookie_signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.models import ShareLink
from decider.services.assessments import assessment_by_edit_link
from decider.services.sharing import find_share_link, link_of, note_opening
from decider.views.cookies import COOKIE_AGE, prefixed, set_cookie

SECRET = re.compile(r"(/(?:shared|edit)/).*", re.IGNORECASE | re.DOTALL)
SHARED = "decider_shared"
INVITATION = "decider_invitation"


def hide_secrets(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the first of all: no log line and no Referer names the secret of an address.

    Django logs `request.path`; addresses are resolved by `request.path_info`, which stays.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        hidden = SECRET.sub(r"\1***", request.path)
        if hidden == request.path:
            return get_response(request)
        request.path = hidden
        response = get_response(request)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return middleware


@never_cache
@require_safe
def open_share_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the secret of a share link for a cookie, and go on to the report."""
    link = find_share_link(token=bare(token))
    if link is None or link.state != "open":
        return link_closed(request, link)
    address = reverse("shared_report", args=[link.public_id])
    response = redirect(address)
    signed = get_cookie_signer(salt=SHARED).sign(str(link.public_id))
    set_cookie(response, prefixed(SHARED, address), signed, path=address, age=COOKIE_AGE)
    return response


@never_cache
@require_safe
def open_edit_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the secret of an edit link for a cookie, and go on to the invitation."""
    assessment = assessment_by_edit_link(token=bare(token))
    if assessment is None:
        return no_edit_link(request)
    address = reverse("join_assessment", args=[assessment.pk])
    response = redirect(address)
    set_cookie(response, prefixed(INVITATION, address), bare(token), path=address)
    return response


def bare(token: str) -> str:
    """The secret without what follows it: addresses of files once did."""
    return token.partition("/")[0]


def invitation_of(request: HttpRequest) -> str:
    """The secret of the edit link that led to this address; empty where none did."""
    return request.COOKIES.get(prefixed(INVITATION, request.path), "")


def through_share_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the report of a share link, for browsers that opened the link."""

    @wraps(view)
    def guarded(request: HttpRequest, link_id: uuid.UUID, **more: Any) -> HttpResponse:
        link = link_of(public_id=link_id) if _has_opened(request, link_id) else None
        if link is None or link.state != "open":
            return link_closed(request, link)
        note_opening(link=link)
        return view(request, link, **more)

    return guarded


def _has_opened(request: HttpRequest, link_id: uuid.UUID) -> bool:
    name = prefixed(SHARED, reverse("shared_report", args=[link_id]))
    try:
        return get_cookie_signer(salt=SHARED).unsign(request.COOKIES.get(name, "")) == str(link_id)
    except BadSignature:
        return False


def link_closed(request: HttpRequest, link: ShareLink | None) -> HttpResponse:
    """Say that a share link has ended (410), or that none was opened here (404)."""
    response = render(request, "share/expired.html", {"link": link}, status=410 if link else 404)
    add_never_cache_headers(response)
    return response


def no_edit_link(request: HttpRequest) -> HttpResponse:
    """Say that an edit link does not work."""
    return render(request, "assessment/no_edit_link.html", status=404)
