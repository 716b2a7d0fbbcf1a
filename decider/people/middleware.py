"""Who isn't signed in sees only what is open to everybody; and a mail server that is away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from decider.people.adapters import MailNotSent
from decider.web.errors import Explain, unavailable


class RequireSignIn(LoginRequiredMiddleware):
    """Leads to the sign-in page, unless the view is marked with `login_not_required`."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        try:
            led_away = super().process_view(request, view_func, view_args, view_kwargs)
            if led_away and SESSION_KEY in request.session:
                # Otherwise it would go on once its person may sign in again.
                request.session.flush()
            return led_away
        except DatabaseError as error:
            # Middleware for exceptions sees only those of views.
            if page := unavailable(request, error):
                return page
            raise


class ExplainMail(Explain):
    """Middleware: says so where an e-mail that somebody needs to go on could not be sent."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for it; other failures are for others."""
        if not isinstance(error, MailNotSent):
            return None
        page = render(request, "people/mail_down.html", status=503)
        page.headers["Retry-After"] = "60"
        return page
