"""E-mails on what concerns somebody: each person chooses which they get."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.signing import BadSignature, Signer
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.urls import reverse

from decider.base.addresses import absolute
from decider.people.models import Person

logger = logging.getLogger(__name__)

OFF = Signer(salt="decider.notices-off")


class Notice(TextChoices):
    """What people get e-mails on."""

    MENTIONS = "mentions", "Somebody mentions you in a comment"
    REPLIES = "replies", "Somebody replies in a thread in which you wrote"
    COMMENTS = "comments", "Somebody comments on a report of an assessment that you own"
    REVIEWS = "reviews", "A decision on an assessment that you own is due for review"
    SIGN_OFFS = "sign-offs", "Somebody signs off a report of an assessment that you own"


def are_sent() -> bool:
    """Whether this server can send notices at all."""
    return bool(settings.SIGN_IN and settings.MAIL_URL)


def send_notices(
    *, people: Iterable[Person], kind: Notice, subject: str, text: str, address: str
) -> None:
    """Tell those who want to know, by e-mail; one that can't be sent stops nothing else.

    `address` is the absolute address of what the e-mail is about.
    """
    emails = [_email(p, kind, subject, text, address) for p in people if wants(p, kind)]
    if not emails or not are_sent():
        return
    try:
        get_connection().send_messages(emails)
    except (SMTPException, OSError):
        logger.exception("%s e-mails could not be sent", len(emails))


def wants(person: Person, kind: Notice) -> bool:
    """Whether somebody may sign in and has not switched these e-mails off."""
    return person.is_active and kind not in person.muted


def choose(*, person: Person, kinds: Iterable[str]) -> None:
    """Send somebody e-mails of these kinds and of no others."""
    wanted = set(kinds)
    person.muted = [kind.value for kind in Notice if kind not in wanted]
    person.save(update_fields=["muted"])


def off_token(person: Person, kind: Notice) -> str:
    """What stands in the link of an e-mail that switches e-mails of its kind off."""
    return OFF.sign_object([str(person.pk), kind.value])


def read_off_token(token: str) -> tuple[Person, Notice] | None:
    """Whose e-mails of which kind a link switches off; None for a link that is damaged."""
    try:
        key, kind = OFF.unsign_object(token)
        return Person.objects.get(pk=key), Notice(kind)
    except (BadSignature, ValueError, Person.DoesNotExist):
        return None


def switch_off(*, person: Person, kind: Notice) -> None:
    """Send somebody no e-mails of this kind any more."""
    choose(person=person, kinds=[one for one in Notice if one not in (kind, *person.muted)])


def _email(person: Person, kind: Notice, subject: str, text: str, address: str) -> EmailMessage:
    off = absolute(reverse("notices_off", args=[off_token(person, kind)]))
    context = {"text": text, "address": address, "off": off, "kind": kind}
    body = render_to_string("people/notice.txt", context)
    # With these two headers, mail programs show a button for it.
    headers = {
        "List-Unsubscribe": f"<{off}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return EmailMessage(subject, body, None, [person.email], headers=headers)
