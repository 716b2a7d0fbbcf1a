"""People who sign in."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from decider.assessments.editors import hand_over_to_team
from decider.assessments.models import Assessment
from decider.base.access import Role
from decider.people.models import Membership, Person, Team
from decider.people.teams import make_team

PASSWORD = "four-words-in-a-row"
WRONG = "The e-mail address or the password is not right."


@pytest.fixture
def ada(db) -> Person:
    """Somebody with a password and a confirmed address."""
    person = Person.objects.create_user("ada@example.org", "Ada", PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def signed_in(ada) -> Client:
    """A client in which Ada signed in with her password."""
    client = Client()
    assert sign_in(client).status_code == 302
    return client


def member(team: Team, role: Role, name: str = "") -> Person:
    """A new person with this role in a team."""
    name = name or role.label
    person = Person.objects.create_user(f"{name.lower()}@example.org", name)
    Membership.objects.create(team=team, person=person, role=role)
    return person


@pytest.fixture
def team(ada) -> Team:
    """A team that Ada owns."""
    return make_team(name="Platform", person=ada)


@pytest.fixture
def teams_own(assessment, browser_key, team) -> Assessment:
    """An assessment that belongs to the team."""
    hand_over_to_team(assessment=assessment, owner=browser_key, team=team)
    return assessment


def sign_in(
    client: Client, password: str = PASSWORD, email: str = "ada@example.org", **more: str
) -> HttpResponse:
    """What the sign-in form gets."""
    sent = {"login": email, "password": password, **more}
    return client.post(reverse("account_login"), sent)


def text_of(response: HttpResponse) -> str:
    """The page as text."""
    return response.content.decode()
