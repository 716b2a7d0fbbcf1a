"""Who writes on a report: an account, or a browser and the name given in it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from decider.assessments.editors import name_of
from decider.people.identity import key_of, person_of
from decider.reports.services.comments import Author
from decider.reports.views.place import Place
from decider.web.cookies import browser_of, give_key
from decider.web.limits import TooOften


def writer(request: HttpRequest) -> uuid.UUID | None:
    """The key of whoever asks: that of their account, or of their browser where they have none."""
    return key_of(request) or browser_of(request)


def account_name(request: HttpRequest) -> str:
    """The name of the account of whoever asks; empty where they have none."""
    return person_of(request).name if settings.SIGN_IN and key_of(request) else ""


def given_name(request: HttpRequest) -> str:
    """The name that whoever asks gave in this browser, or nothing."""
    key = writer(request)
    return name_of(key) if key else ""


def shown_name(request: HttpRequest) -> str:
    """The name of whoever asks, as others see it."""
    return account_name(request) or given_name(request) or "Somebody"


def name_to_ask(request: HttpRequest) -> str | None:
    """What a form that asks for a name suggests; None where the account has one."""
    return None if account_name(request) else given_name(request)


def author_of(request: HttpRequest, place: Place, chosen: Mapping[str, Any]) -> Author:
    """Whoever sends a form, by the name of their account or the one in the form; a browser without
    a key is given one."""
    name = account_name(request) or chosen["name"]
    return Author(writer(request) or give_key(request), name, place.link)


def too_many(refused: TooOften) -> str:
    """What to say to whoever wrote too many comments."""
    again = f"{timezone.localtime(refused.at):%H:%M} {timezone.get_current_timezone_name()}"
    return f"That is too many comments at once. Send yours again after {again}; it is still here."
