"""What of the log-in of allauth is our own."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts with e-mail address and password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Whether anybody may register."""
        return settings.REGISTRATION
