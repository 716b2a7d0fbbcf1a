"""Make an account, or let somebody into theirs again."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import transaction

from decider.base.command_line import DatabaseCommand
from decider.people.models import Person


class Command(DatabaseCommand):
    help = (
        "Make an account and print its first password, where there are passwords. Of somebody who"
        " has an account, only the name is changed; --administrator adds the rights, and lets"
        " somebody sign in again who may not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the e-mail address to sign in with")
        parser.add_argument("name", help="the name that others see")
        parser.add_argument(
            "--administrator", action="store_true", help="may change people and teams"
        )

    def handle(self, *, email: str, name: str, administrator: bool, **_options: Any) -> None:
        if not settings.SIGN_IN:
            raise CommandError("Sign-in is switched off. Set DECIDER_SIGN_IN=1 first.")
        try:
            person, password = save_person(email=email, name=name, administrator=administrator)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{person.name} <{person.email}> is saved.")
        if password:
            self.stdout.write(f"First password: {password}")


@transaction.atomic
def save_person(*, email: str, name: str, administrator: bool) -> tuple[Person, str]:
    """A new or changed person, and the password of a new one; raises ValidationError."""
    from allauth.account.models import EmailAddress

    person = Person.objects.filter(email=email.lower()).first()
    is_new = person is None
    person = person or Person(email=email.lower())
    person.name = name
    if administrator:
        person.is_staff = person.is_active = True
    password = secrets.token_urlsafe(15) if is_new and settings.LOCAL_ACCOUNTS else ""
    if is_new:
        person.set_password(password or None)
    person.full_clean()
    person.save()
    # Whoever may run this command vouches for the address.
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"primary": True, "verified": True}
    )
    return person, password
