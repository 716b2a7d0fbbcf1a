"""Signed cookies: the key that a browser is known by, and the links that it opened."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.signing import BadSignature, get_cookie_signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

COOKIE = "decider_browser"
KEPT = "decider_browser_kept"
GIVEN = "decider.browser"
COOKIE_AGE = 400 * 24 * 3600  # the longest that browsers keep a cookie


def browser_of(request: HttpRequest) -> uuid.UUID | None:
    """The key of the asking browser, or None where no cookie holds one that we signed."""
    given: uuid.UUID | None = request.META.get(GIVEN)
    if given:
        return given
    # Without the prefix: a cookie from when the server was reached without HTTPS.
    for name in (prefixed(COOKIE), COOKIE, prefixed(KEPT)):
        if key := _key_in(request.COOKIES.get(name)):
            return key
    return None


def give_key(request: HttpRequest) -> uuid.UUID:
    """A key for a browser that has none: the rest of this request knows it by that.

    `remember_browser` makes it last.
    """
    key: uuid.UUID = request.META.setdefault(GIVEN, uuid.uuid4())
    return key


def remember_browser(request: HttpRequest, response: HttpResponse, browser: uuid.UUID) -> None:
    """Give the browser its key, or keep it for another 400 days.

    A cookie that can't be read is not lost: the secret key of the server may be the wrong one, and
    the right one may return. It is kept beside the new one and counts again once it can be read.
    """
    signed = get_cookie_signer(salt=COOKIE).sign(str(browser))
    set_cookie(response, prefixed(COOKIE), signed, age=COOKIE_AGE)
    present, kept = (request.COOKIES.get(prefixed(name)) for name in (COOKIE, KEPT))
    kept_for_later = kept and _key_in(kept) is None
    if present and _key_in(present) is None and not kept_for_later:
        set_cookie(response, prefixed(KEPT), present, age=COOKIE_AGE)


def forget_browser(response: HttpResponse) -> None:
    """Delete the key of a browser."""
    for name in (prefixed(COOKIE), COOKIE, prefixed(KEPT)):
        response.delete_cookie(name, samesite="Lax")


def _key_in(value: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(get_cookie_signer(salt=COOKIE).unsign(value)) if value else None
    except (BadSignature, ValueError):
        return None


def prefixed(name: str, path: str = "/") -> str:
    """The name of a cookie; with HTTPS, browsers take it from this very host only, never from
    another one of the same domain or over HTTP."""
    if not settings.HTTPS:
        return name
    return f"__Host-{name}" if path == "/" else f"__Secure-{name}"


def lead_on(address: str, name: str, value: str, *, age: int | None = None) -> HttpResponse:
    """A redirect to an address, with a cookie that is sent to it and below it only.

    `value_at` reads it there.
    """
    response = redirect(address)
    set_cookie(response, prefixed(name, address), value, path=address, age=age)
    return response


def value_at(request: HttpRequest, address: str, name: str) -> str:
    """What `lead_on` has set for an address; empty where it has set nothing."""
    return request.COOKIES.get(prefixed(name, address), "")


def set_cookie(
    response: HttpResponse, name: str, value: str, *, path: str = "/", age: int | None = None
) -> None:
    """Set a cookie that no script can read; without an age it lasts until the browser closes."""
    response.set_cookie(
        name,
        value,
        max_age=age,
        path=path,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
