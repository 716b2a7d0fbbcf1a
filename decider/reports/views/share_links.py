"""The address of a share link, and who may read the report that it leads to."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature, get_cookie_signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from decider.reports.forms.sharing import PassphraseForm
from decider.reports.models import ShareLink
from decider.reports.services.sharing import (
    find_share_link,
    is_passphrase,
    link_of,
)
from decider.web.cookies import COOKIE_AGE, lead_on, value_at
from decider.web.forms import render_form
from decider.web.requests import page_with_form
from decider.web.secret_addresses import bare

SHARED = "decider_shared"


@login_not_required
@never_cache
@require_safe
def open_share_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the secret of a share link for a cookie, and go on to the report."""
    link = find_share_link(token=bare(token))
    if link is None or link.state != "open":
        # A stranger doesn't learn whether there ever was such a link.
        return link_closed(request, None)
    return admitted(link, str(link.public_id))


def admitted(link: ShareLink, value: str) -> HttpResponse:
    """Lead to the report, with a cookie of this value for the addresses of the link."""
    address = reverse("shared_report", args=[link.public_id])
    signed = get_cookie_signer(salt=SHARED).sign(value)
    return lead_on(address, SHARED, signed, age=COOKIE_AGE)


def through_share_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the report of a share link, for browsers that opened the link."""

    @wraps(view)
    def guarded(request: HttpRequest, link_id: uuid.UUID, **more: Any) -> HttpResponse:
        link = opened_link(request, link_id)
        if link is None or link.state != "open":
            return link_closed(request, link)
        if link.passphrase_hash and not is_unlocked(request, link):
            return redirect("shared_passphrase", link_id)
        return view(request, link, **more)

    return guarded


@login_not_required
@never_cache
@sensitive_post_parameters("passphrase")
@page_with_form
def passphrase(request: HttpRequest, link_id: uuid.UUID) -> HttpResponse:
    """Ask for the passphrase of a share link that was opened here."""
    link = opened_link(request, link_id)
    if link is None or link.state != "open":
        return link_closed(request, link)
    if not link.passphrase_hash or is_unlocked(request, link):
        return redirect("shared_report", link_id)
    form = PassphraseForm(request.POST or None)
    if form.is_valid():
        if is_passphrase(link=link, passphrase=form.cleaned_data["passphrase"]):
            return admitted(link, _unlocked(link))
        form.add_error("passphrase", "That is not the passphrase of this link.")
    return render_form(request, "reports/passphrase.html", {"form": form})


def opened_link(request: HttpRequest, link_id: uuid.UUID) -> ShareLink | None:
    """The link with this public id, open or not, if it was opened in this browser."""
    key = str(link_id)
    is_known = _cookie_of(request, link_id) in (key, f"{key} unlocked")
    return link_of(public_id=link_id) if is_known else None


def is_unlocked(request: HttpRequest, link: ShareLink) -> bool:
    """Whether the passphrase of a link was entered in this browser."""
    return _cookie_of(request, link.public_id) == _unlocked(link)


def _unlocked(link: ShareLink) -> str:
    return f"{link.public_id} unlocked"


def _cookie_of(request: HttpRequest, link_id: uuid.UUID) -> str:
    signed = value_at(request, reverse("shared_report", args=[link_id]), SHARED)
    try:
        return get_cookie_signer(salt=SHARED).unsign(signed)
    except BadSignature:
        return ""


def link_closed(request: HttpRequest, link: ShareLink | None) -> HttpResponse:
    """Say that a link that was opened here has ended (410), or that none was opened (404)."""
    response = render(
        request, "reports/share_link_closed.html", {"link": link}, status=410 if link else 404
    )
    add_never_cache_headers(response)
    return response
