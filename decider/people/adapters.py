"""What of the log-in of allauth is our own."""

from __future__ import annotations

import logging
from contextlib import suppress
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from decider.people.models import NAME_LENGTH, Person

log = logging.getLogger(__name__)

RESET = "account/email/password_reset_code"
"""The e-mail whose failure nobody is told: for an address without an account none is sent, and a
stranger would learn which addresses have one."""


class MailNotSent(Exception):
    """The mail server can't be reached, or refuses an e-mail that somebody waits for."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts with e-mail address and password."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send an e-mail; raises MailNotSent, unless it is RESET."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            log.error("The e-mail %s could not be sent: %r", template_prefix, error)
            if template_prefix != RESET:
                raise MailNotSent from error

    def send_notification_mail(self, *about: Any, **more: Any) -> None:
        """Say what was changed in an account, if that can be sent: the change is made already."""
        with suppress(MailNotSent):
            super().send_notification_mail(*about, **more)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Whether anybody may register."""
        return settings.REGISTRATION

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Where a new password leads to."""
        return reverse("account")


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts of the provider of OpenID Connect."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Whoever the provider lets in gets an account."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ARG002
        """Refuse to connect a provider's account by hand: a link alone could do that."""
        if sociallogin.state.get("process") == "connect":
            raise PermissionDenied

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """The person with the name that the provider gives."""
        person: Person = super().populate_user(request, sociallogin, data)
        parts = [data.get("first_name") or "", data.get("last_name") or ""]
        name = data.get("name") or " ".join(parts).strip() or person.email.partition("@")[0]
        person.name = name[:NAME_LENGTH]
        return person
