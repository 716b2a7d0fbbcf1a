"""An account whose person is forgotten."""

from __future__ import annotations

import uuid

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from decider.assessments.models import Editor
from decider.base.access import Role
from decider.people.models import Membership, Person
from decider.people.teams import make_team
from decider.reports.models import Comment
from tests.conftest import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(browser_key) -> Person:
    """Somebody with an account and a confirmed address, who owns `assessment`."""
    ada = Person.objects.create(pk=browser_key, email="ada@example.org", name="Ada")
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True)
    return ada


def test_erased_person_is_out_and_their_work_stays(ada, assessment, run):
    client = client_of(ada.pk)
    assert client.get(reverse("workspace")).status_code == 200
    said = run("erase_person", "Ada@example.org")
    assert said.startswith("Erased: an account")
    ada.refresh_from_db()
    assert (ada.name, ada.email) == ("Erased", f"{ada.pk.hex}@erased.invalid")
    assert not ada.has_usable_password()
    assert EmailAddress.objects.count() == 0
    assert client.get(reverse("workspace")).status_code == 302
    assert Editor.objects.get().holder == ada.pk


def test_only_owner_of_a_team_is_not_erased(ada, run, refused):
    team = make_team(name="Platform", person=ada)
    for options in ([], ["--dry-run"]):
        said = refused("erase_person", ada.email, *options)
        assert said == "Nothing was erased: “Platform” would lose its only owner."
    assert Person.objects.get().name == "Ada"
    bo = Person.objects.create(email="bo@example.org", name="Bo")
    Membership.objects.create(team=team, person=bo, role=Role.OWNER)
    run("erase_person", ada.email)
    assert [member.person for member in team.memberships.all()] == [bo]


def test_comment_that_mentions_an_erased_person_stays(ada, report, run):
    comment = Comment.objects.create(
        report=report, author=uuid.uuid4(), author_name="Bo", text="What does she say?"
    )
    comment.mentions.add(ada)
    run("erase_person", ada.email)
    assert Comment.objects.get().text == "What does she say?"
