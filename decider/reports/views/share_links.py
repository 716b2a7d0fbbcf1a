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
from decider.reports.views.place import Place
from decider.web.cookies import COOKIE_AGE, lead_on, value_at
from decider.web.forms import render_form
from decider.web.requests import page_with_form
from decider.web.secret_addresses import bare

SHARED = "decider_shared"
UNLOCKED = "unlocked"


@login_not_required
@never_cache
@require_safe
def open_share_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the secret of a share link for a cookie, and go on to the report."""
    link = find_share_link(token=bare(token))
    if link is None or link.state != "open":
        # A stranger doesn't learn whether there ever was such a link.
        return link_closed(request, None)
    return admitted(link, bare(token))


def admitted(link: ShareLink, *more: str) -> HttpResponse:
    """Lead to the report, with a cookie for the addresses of the link.

    It holds the public id of the link, its secret, which the files name as their address, and
    UNLOCKED once the passphrase was entered.
    """
    address = reverse("shared_report", args=[link.public_id])
    signed = get_cookie_signer(salt=SHARED).sign(" ".join([str(link.public_id), *more]))
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
            return admitted(link, *_cookie_of(request, link_id)[1:], UNLOCKED)
        form.add_error("passphrase", "That is not the passphrase of this link.")
    return render_form(request, "reports/passphrase.html", {"form": form})


def opened_link(request: HttpRequest, link_id: uuid.UUID) -> ShareLink | None:
    """The link with this public id, open or not, if it was opened in this browser."""
    return link_of(public_id=link_id) if _cookie_of(request, link_id) else None


def is_unlocked(request: HttpRequest, link: ShareLink) -> bool:
    """Whether the passphrase of a link was entered in this browser."""
    return UNLOCKED in _cookie_of(request, link.public_id)


def place_of(request: HttpRequest, link: ShareLink) -> Place:
    """The report of a link for whoever reads it in this browser."""
    # Cookies of earlier versions don't hold the secret.
    secrets = [part for part in _cookie_of(request, link.public_id)[1:] if part != UNLOCKED]
    return Place(link.shown_report, link.can, link, "".join(secrets))


def _cookie_of(request: HttpRequest, link_id: uuid.UUID) -> list[str]:
    """The parts of the cookie for the addresses of a link; none where this browser has none."""
    signed = value_at(request, reverse("shared_report", args=[link_id]), SHARED)
    try:
        parts: list[str] = get_cookie_signer(salt=SHARED).unsign(signed).split(" ")
    except BadSignature:
        return []
    return parts if parts[0] == str(link_id) else []


def link_closed(request: HttpRequest, link: ShareLink | None) -> HttpResponse:
    """Say that a link that was opened here has ended (410), or that none was opened (404)."""
    response = render(
        request, "reports/share_link_closed.html", {"link": link}, status=410 if link else 404
    )
    add_never_cache_headers(response)
    return response
