"""The address of a share link, and who may read the report that it leads to."""

from __future__ import annotations

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

from decider.reports.models import ShareLink
from decider.reports.services.sharing import find_share_link, link_of
from decider.web.cookies import COOKIE_AGE, prefixed, set_cookie
from decider.web.secret_addresses import bare

SHARED = "decider_shared"


@never_cache
@require_safe
def open_share_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the secret of a share link for a cookie, and go on to the report."""
    link = find_share_link(token=bare(token))
    if link is None or link.state != "open":
        # A stranger doesn't learn whether there ever was such a link.
        return link_closed(request, None)
    address = reverse("shared_report", args=[link.public_id])
    response = redirect(address)
    signed = get_cookie_signer(salt=SHARED).sign(str(link.public_id))
    set_cookie(response, prefixed(SHARED, address), signed, path=address, age=COOKIE_AGE)
    return response


def through_share_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the report of a share link, for browsers that opened the link."""

    @wraps(view)
    def guarded(request: HttpRequest, link_id: uuid.UUID, **more: Any) -> HttpResponse:
        link = link_of(public_id=link_id) if _has_opened(request, link_id) else None
        if link is None or link.state != "open":
            return link_closed(request, link)
        return view(request, link, **more)

    return guarded


def _has_opened(request: HttpRequest, link_id: uuid.UUID) -> bool:
    name = prefixed(SHARED, reverse("shared_report", args=[link_id]))
    try:
        return get_cookie_signer(salt=SHARED).unsign(request.COOKIES.get(name, "")) == str(link_id)
    except BadSignature:
        return False


def link_closed(request: HttpRequest, link: ShareLink | None) -> HttpResponse:
    """Say that a link that was opened here has ended (410), or that none was opened (404)."""
    response = render(
        request, "reports/share_link_closed.html", {"link": link}, status=410 if link else 404
    )
    add_never_cache_headers(response)
    return response
