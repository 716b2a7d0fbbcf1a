"""Sign-in by a proxy in front, which says in a header who it is."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.backends import RemoteUserBackend
from django.contrib.auth.middleware import RemoteUserMiddleware
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from decider.people.models import NAME_LENGTH, Person


class ProxyUserMiddleware(RemoteUserMiddleware):
    """Signs in whoever the header names, and out where it names nobody any more."""

    header = f"HTTP_{settings.PROXY_USER_HEADER.upper().replace('-', '_')}"


class ProxyUserBackend(RemoteUserBackend):
    """Finds or makes the person with the e-mail address of the header."""

    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,  # noqa: ARG002
        remote_user: str | None = None,
    ) -> Person | None:
        """The person; None where the header holds no e-mail address or they may not sign in."""
        email = (remote_user or "").lower()
        try:
            Person._meta.get_field("email").run_validators(email)
        except ValidationError:
            return None
        person = Person.objects.filter(email=email).first()
        if person is None:
            # They choose another name themselves.
            person = Person.objects.create_user(email, email.partition("@")[0][:NAME_LENGTH])
        return person if person.is_active else None
