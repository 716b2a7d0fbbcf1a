"""Sign-in by the header of a proxy in front."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from decider.people.models import Person


@pytest.fixture(autouse=True)
def behind_proxy(settings, monkeypatch) -> None:
    """The server trusts the header X-Remote-User."""
    settings.PROXY_USER_HEADER = "X-Remote-User"
    place = settings.MIDDLEWARE.index("decider.people.middleware.RequireSignIn")
    ours = "decider.people.proxy.ProxyUserMiddleware"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], ours, *settings.MIDDLEWARE[place:]]
    backends = [*settings.AUTHENTICATION_BACKENDS, "decider.people.proxy.ProxyUserBackend"]
    settings.AUTHENTICATION_BACKENDS = backends
    from decider.people import proxy

    monkeypatch.setattr(proxy.ProxyUserMiddleware, "header", "HTTP_X_REMOTE_USER")


def visit(client: Client, who: str | None) -> int:
    """The status of the list of assessments, with this header."""
    headers = {"X-Remote-User": who} if who else {}
    return client.get(reverse("workspace"), headers=headers).status_code


def test_address_in_the_header_signs_in_and_makes_an_account_once(db):
    client = Client()
    assert [visit(client, "Grace@Example.org"), visit(client, "grace@example.org")] == [200, 200]
    person = Person.objects.get()
    assert (person.email, person.name) == ("grace@example.org", "grace")


def test_request_without_the_header_is_signed_out(db):
    client = Client()
    visit(client, "grace@example.org")
    assert visit(client, None) == 302


def test_another_address_is_another_person(ada):
    client = Client()
    visit(client, "grace@example.org")
    visit(client, "ada@example.org")
    assert client.session["_auth_user_id"] == str(ada.pk)


@pytest.mark.parametrize("who", ["grace", "grace@", "a b@example.org", f"{'x' * 260}@example.org"])
def test_header_without_an_address_signs_nobody_in(db, who):
    assert visit(Client(), who) == 302
    assert Person.objects.count() == 0


def test_person_who_may_not_sign_in_any_more_is_not_signed_in(ada):
    ada.is_active = False
    ada.save()
    assert visit(Client(), "ada@example.org") == 302
