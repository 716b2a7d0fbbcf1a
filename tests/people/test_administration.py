"""The administration of people, for administrators only."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from decider.base.access import Role
from decider.people import administration
from decider.people.models import Membership, Person, Team
from decider.reports.pdf.worker.client import worker
from tests.people.conftest import member, text_of

PEOPLE = "administration:people_person_changelist"


@pytest.fixture
def administrator(db) -> Client:
    """Somebody who may administer."""
    client = Client()
    grace = Person.objects.create_user("grace@example.org", "Grace")
    Person.objects.filter(pk=grace.pk).update(is_staff=True)
    client.force_login(grace)
    return client


def change(person: Person) -> str:
    """The address at which this person is changed."""
    return reverse("administration:people_person_change", args=[person.pk])


def test_only_people_and_teams_are_administered():
    assert set(administration.site._registry) == {Person, Team, Membership}


@pytest.fixture(autouse=True)
def fit_worker(monkeypatch) -> None:
    """No process that prints is started."""
    monkeypatch.setattr(worker, "is_fit", lambda: True)


@pytest.mark.parametrize("name", ["administration:index", PEOPLE, "system_state"])
def test_administration_opens_for_administrators_only(signed_in, administrator, name):
    address = reverse(name)
    assert administrator.get(address).status_code == 200
    assert signed_in.get(address, follow=True).status_code == 403
    led = Client().get(address, follow=True).redirect_chain
    assert led[-1][0].startswith(reverse("account_login"))


def test_administrator_sees_the_state_of_the_system(administrator):
    assert reverse("system_state") in text_of(administrator.get(reverse("administration:index")))
    page = text_of(administrator.get(reverse("system_state")))
    assert '<th scope="row">Administrators</th><td>1</td>' in page
    assert '<th scope="row">Sign-in</th><td>password, OpenID Connect</td>' in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_state_of_the_system_is_only_looked_at(administrator, method):
    assert getattr(administrator, method)(reverse("system_state")).status_code == 405


def test_state_is_closed_to_an_administrator_who_may_not_sign_in_any_more(administrator):
    Person.objects.filter(name="Grace").update(is_active=False)
    response = administrator.get(reverse("system_state"))
    assert response.url.startswith(reverse("account_login"))


def test_account_page_leads_there_only_administrators(signed_in, administrator):
    address = reverse("administration:index")
    assert address in text_of(administrator.get(reverse("account")))
    assert address not in text_of(signed_in.get(reverse("account")))


def test_administrator_ends_an_account_and_its_sessions(ada, signed_in, administrator):
    assert administrator.post(change(ada), {"name": "Ada"}).status_code == 302
    ada.refresh_from_db()
    assert not ada.is_active
    assert signed_in.get(reverse("workspace")).status_code == 302
    Person.objects.filter(pk=ada.pk).update(is_active=True)
    assert signed_in.get(reverse("workspace")).status_code == 302


def test_nobody_is_added_or_deleted(ada, administrator):
    assert administrator.get(reverse("administration:people_person_add")).status_code == 403
    address = reverse("administration:people_person_delete", args=[ada.pk])
    assert administrator.post(address, {"post": "yes"}).status_code == 403
    assert Person.objects.filter(pk=ada.pk).exists()


def test_address_and_password_are_not_changed_there(ada, administrator):
    before = ada.password
    sent = {"name": "Ada", "is_active": "on", "email": "other@example.org", "password": "x"}
    administrator.post(change(ada), sent)
    ada.refresh_from_db()
    assert (ada.email, ada.password) == ("ada@example.org", before)


def test_lost_second_factor_is_taken_away_and_that_is_noted(ada, administrator):
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "x"})
    sent = {"action": "remove_second_factor", "_selected_action": [str(ada.pk)]}
    page = text_of(administrator.post(reverse(PEOPLE), sent, follow=True))
    assert "Second factor removed: ada@example.org." in page
    assert Authenticator.objects.count() == 0
    history = reverse("administration:people_person_history", args=[ada.pk])
    assert "Removed the second factor." in text_of(administrator.get(history))


def test_policy_of_the_administration_is_as_strict_as_everywhere(administrator):
    response = administrator.get(reverse(PEOPLE))
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "<style" not in text_of(response)


@pytest.mark.parametrize("kept", [{"is_staff": "on"}, {"is_active": "on"}, {}])
def test_last_administrator_keeps_the_rights(ada, administrator, kept):
    grace = Person.objects.get(name="Grace")
    Person.objects.filter(pk=ada.pk).update(is_staff=True, is_active=False)
    refused = administrator.post(change(grace), {"name": "Grace", **kept})
    assert "Nobody else who may sign in is an administrator." in text_of(refused)
    Person.objects.filter(pk=ada.pk).update(is_active=True)
    assert administrator.post(change(grace), {"name": "Grace", **kept}).status_code == 302
    grace.refresh_from_db()
    assert (grace.is_active, grace.is_staff) == ("is_active" in kept, "is_staff" in kept)


def test_only_a_member_who_may_sign_in_is_made_the_owner_of_a_team_without_one(
    ada, team, administrator
):
    bea = member(team, Role.VIEWER, "Bea")
    Person.objects.filter(pk__in=(ada.pk, bea.pk)).update(is_active=False)
    owners = team.memberships.filter(role=Role.OWNER).values_list("person__name", flat=True)
    address = reverse("administration:people_membership_changelist")
    chosen = list(team.memberships.values_list("pk", flat=True))
    sent = {"action": "make_owners", "_selected_action": chosen}
    page = text_of(administrator.post(address, sent, follow=True))
    assert "Nobody was made an owner." in page
    assert list(owners.all()) == ["Ada"]
    Person.objects.filter(pk=bea.pk).update(is_active=True)
    page = text_of(administrator.post(address, sent, follow=True))
    assert "Owners now: Bea in" in page
    assert list(owners.all()) == ["Ada", "Bea"]
