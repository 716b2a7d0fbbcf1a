"""Sign-in through a provider of OpenID Connect that runs here."""

from __future__ import annotations

import logging
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from decider.people.models import Person
from tests.people.conftest import text_of

# The provider's own libraries warn each other.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

LOGIN = "/account/oidc/sso/login/"


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """The address of the provider."""
    from oidc_provider_mock import User, run_server_in_thread

    grace = {"email": "Grace@example.org", "name": "Grace Hopper", "email_verified": True}
    ada = {"email": "ada@example.org", "name": "Ada of the company", "email_verified": True}
    alan = {"email": "alan@example.org", "name": "Alan", "email_verified": True}
    mallory = {"email": "ada@example.org", "name": "Mallory", "email_verified": False}
    people = {"grace": grace, "ada": ada, "alan": alan, "mallory": mallory}
    claims = [User(sub=key, claims=values) for key, values in people.items()]
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with run_server_in_thread(user_claims=claims) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def provider(issuer, settings) -> str:
    """The address of the provider, which Decider knows."""
    return use_provider(settings, issuer)


def use_provider(settings, issuer: str) -> str:
    """Let Decider know a provider by its issuer."""
    known = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    app = known["APPS"][0] | {"settings": {"server_url": issuer}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": known | {"APPS": [app]}}
    return issuer


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves redirects to whoever asks."""

    def redirect_request(self, *_: object) -> None:
        """Follow none."""


def at_provider(address: str, **form: str) -> str:
    """Where the provider leads after its form was sent."""
    body = urllib.parse.urlencode(form).encode()
    try:
        urllib.request.build_opener(NoRedirect).open(address, body)
    except urllib.error.HTTPError as led:
        return led.headers["Location"]
    raise AssertionError("the provider did not lead on")


def sign_in_as(client: Client, who: str, **more: str) -> HttpResponse:
    """What Decider answers after somebody signed in at the provider."""
    asked = client.get(LOGIN, more)
    assert asked.status_code == 302, text_of(asked)
    back = urllib.parse.urlsplit(at_provider(asked.url, sub=who))
    return client.get(f"{back.path}?{back.query}")


def test_sign_in_page_names_the_provider_in_a_link(db):
    page = text_of(Client().get(reverse("account_login")))
    assert "Sign in with Example Ltd" in page
    assert LOGIN in page


def test_new_person_gets_an_account_and_goes_on_to_where_they_wanted_to(db, provider):
    client = Client()
    asked = reverse("workspace")
    assert sign_in_as(client, "grace", next=asked).url == asked
    assert client.get(asked).status_code == 200
    person = Person.objects.get()
    assert (person.email, person.name) == ("grace@example.org", "Grace Hopper")
    assert not person.has_usable_password()


def test_second_sign_in_is_the_same_person(db, provider):
    for _ in range(2):
        assert sign_in_as(Client(), "grace").status_code == 302
    assert Person.objects.count() == 1


def test_verified_address_leads_to_the_person_who_has_it(ada, provider):
    client = Client()
    sign_in_as(client, "ada")
    assert client.session["_auth_user_id"] == str(ada.pk)
    ada.refresh_from_db()
    assert (ada.name, Person.objects.count()) == ("Ada", 1)


def test_address_that_the_provider_did_not_verify_leads_to_nobody_elses_account(ada, provider):
    client = Client()
    sign_in_as(client, "mallory")
    assert "_auth_user_id" not in client.session
    assert Person.objects.count() == 1


def test_person_who_may_not_sign_in_any_more_is_told_so(db, provider):
    sign_in_as(Client(), "grace")
    Person.objects.update(is_active=False)
    assert sign_in_as(Client(), "grace").url == reverse("account_inactive")


def test_answer_for_another_browser_is_refused(db, provider):
    asked = Client().get(LOGIN)
    back = urllib.parse.urlsplit(at_provider(asked.url, sub="grace"))
    other = Client()
    assert "Signing in did not work" in text_of(other.get(f"{back.path}?{back.query}"))
    assert Person.objects.count() == 0


def test_who_cancels_at_the_provider_is_told_that_nothing_happened(db, provider):
    client = Client()
    # As the standard has it: this provider leaves out the state.
    state = urllib.parse.parse_qs(urllib.parse.urlsplit(client.get(LOGIN).url).query)["state"][0]
    cancelled = {"error": "access_denied", "state": state}
    led = client.get(f"{LOGIN}callback/", cancelled, follow=True)
    assert "You did not sign in" in text_of(led)


@pytest.mark.parametrize("address", [LOGIN, f"{LOGIN}callback/?code=x&state=y"])
def test_provider_that_is_down_gets_a_page_and_no_500(db, settings, address):
    use_provider(settings, "http://localhost:9")
    response = Client().get(address)
    if "callback" in address:
        assert "Signing in did not work" in text_of(response)
    else:
        assert response.status_code == 503
        assert "The sign-in service does not answer" in text_of(response)
        assert response.headers["Retry-After"] == "60"


def test_provider_that_goes_down_in_between_gets_a_page_too(db, provider, settings):
    client = Client()
    asked = client.get(LOGIN)
    back = urllib.parse.urlsplit(at_provider(asked.url, sub="grace"))
    use_provider(settings, "http://localhost:9")
    response = client.get(f"{back.path}?{back.query}")
    assert response.status_code == 503
    assert Person.objects.count() == 0


def test_account_of_the_provider_is_not_connected_by_following_a_link(ada, signed_in, provider):
    assert sign_in_as(signed_in, "grace", process="connect").status_code == 401
    assert SocialAccount.objects.count() == 0
