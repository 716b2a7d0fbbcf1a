"""No address takes a form without the token that its page holds: other sites can't send forms."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from decider.web.cookies import COOKIE

VALUES = {"UUIDConverter": uuid.UUID(int=1), "IntConverter": 1}
PATTERNS = [p for p in get_resolver().url_patterns if isinstance(p, URLPattern) and p.name]


def address(pattern: URLPattern) -> str:
    """An address of this pattern; its arguments mean nothing."""
    converters = pattern.pattern.converters.items()
    given = {name: VALUES.get(type(kind).__name__, "json") for name, kind in converters}
    return reverse(pattern.name, kwargs=given)


def refusals(client: Client, token: str) -> set[int]:
    """What the addresses answer to a form with this token."""
    sent = {"csrfmiddlewaretoken": token}
    return {client.post(address(pattern), sent).status_code for pattern in PATTERNS}


@pytest.mark.parametrize("token", ["", "a" * 32, "b" * 64])
def test_form_without_the_token_of_its_page_is_refused_at_every_address(client, db, token):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[COOKIE], strict.cookies["csrftoken"] = "x", "c" * 32
    assert len(PATTERNS) > 60
    assert refusals(strict, token) == {403}


def test_form_with_it_is_taken(client, db):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["csrftoken"] = "c" * 32
    assert strict.post(reverse("start"), {"csrfmiddlewaretoken": "c" * 32}).status_code == 422
