"""Sign-in through the provider of OpenID Connect, also while it can't be reached."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

log = logging.getLogger(__name__)

View = Callable[[HttpRequest, str], HttpResponse]


def explains_outage(view: View) -> View:
    """A view that says so where the provider doesn't answer, or not as agreed."""

    @wraps(view)
    def guarded(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except (RequestException, KeyError, ValueError) as error:
            log.error("The provider of OpenID Connect failed: %r", error)
            context = {"name": settings.OIDC_NAME, "has_passwords": settings.LOCAL_ACCOUNTS}
            page = render(request, "people/provider_down.html", context, status=503)
            page.headers["Retry-After"] = "60"
            return page

    return guarded


login = explains_outage(views.login)
callback = explains_outage(views.callback)
