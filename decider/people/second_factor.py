"""The page that asks for the second factor, where an administrator may have removed it by now."""

from __future__ import annotations

from allauth.mfa.base.views import AuthenticateView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

ask = AuthenticateView.as_view()


@login_not_required
def authenticate(request: HttpRequest) -> HttpResponseBase:
    """The page of allauth; whoever has no second factor any more begins again.

    allauth alone would lead such a browser from here to the sign-in page and back without end.
    """
    response: HttpResponseBase = ask(request)
    stage = getattr(request, "_login_stage", None)
    if stage and getattr(response, "url", "") == reverse("account_login"):
        messages.info(request, "Your second factor was removed. Sign in with your password alone.")
        ended: HttpResponseBase = stage.abort()
        return ended
    return response
