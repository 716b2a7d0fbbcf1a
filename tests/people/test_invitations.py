"""Invitations to a team, by e-mail and by link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from decider.base.access import Role
from decider.people import invitations
from decider.people.invitations import invite
from decider.people.models import Invitation, Membership, Person, Team
from tests.conftest import client_of
from tests.people.conftest import member, text_of

WEEK = timedelta(days=7)
FORM = {"role": "commenter", "days": "7"}


@pytest.fixture
def grace(db) -> Person:
    return Person.objects.create_user("grace@example.org", "Grace")


def send(client: Client, team: Team, **sent: str) -> HttpResponse:
    """What the form that invites gets."""
    return client.post(reverse("invite_to_team", args=[team.pk]), FORM | sent)


def address_in(text: str) -> str:
    """The path of the invitation in a page or e-mail."""
    found = re.search(r"http://127\.0\.0\.1:8000(/invited/[\w-]+)", text)
    assert found
    return found[1]


def join(client: Client, address: str) -> HttpResponse:
    """What the button of an invitation gets, after its address was opened."""
    client.get(address)
    return client.post(reverse("join_team"))


def role_of(person: Person) -> str | None:
    found = Membership.objects.filter(person=person).first()
    return found.role if found else None


def test_email_leads_into_the_team_once(signed_in, team, grace):
    sent = send(signed_in, team, email="Grace@example.org")
    assert sent.url == team.get_absolute_url()
    email = mail.outbox[0]
    assert (email.to, email.subject) == (
        ["grace@example.org"],
        "Ada invites you to the team Platform",
    )
    address = address_in(email.body)
    assert join(client_of(grace.pk), address).url == team.get_absolute_url()
    assert role_of(grace) == Role.COMMENTER
    assert Client().get(address).status_code == 404


def test_email_is_of_use_to_its_address_only(signed_in, team, grace):
    send(signed_in, team, email="alan@example.org")
    address = address_in(mail.outbox[0].body)
    refused = join(client_of(grace.pk), address)
    assert refused.status_code == 422
    for page in (refused, client_of(grace.pk).get(address, follow=True)):
        assert "This invitation is for another address" in text_of(page)
        assert "Not now" not in text_of(page)
    assert role_of(grace) is None
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("mail_url", ["", "smtp://127.0.0.1:9"])
def test_link_is_shown_where_no_email_can_be_sent(signed_in, team, settings, mail_url):
    settings.MAIL_URL = mail_url
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = text_of(send(signed_in, team, email="grace@example.org"))
    assert "No e-mail was sent" in page
    assert Client().get(address_in(page)).status_code == 302


def test_several_people_join_by_a_link_that_is_shown_once(signed_in, team, grace):
    page = text_of(send(signed_in, team))
    assert (
        f"accepted until {date_format(team.invitations.get().expires_at, 'j F Y, H:i e')}" in page
    )
    address = address_in(page)
    alan = Person.objects.create_user("alan@example.org", "Alan")
    for person in (grace, alan):
        assert join(client_of(person.pk), address).status_code == 302
        assert role_of(person) == Role.COMMENTER
    assert "/invited/" not in text_of(signed_in.get(team.get_absolute_url()))


def test_each_button_that_revokes_names_its_invitation(signed_in, team):
    for email in ("", "", "grace@example.org"):
        send(signed_in, team, email=email)
    page = text_of(signed_in.get(team.get_absolute_url()))
    names = re.findall(r'Revoke<span class="visually-hidden"> (.*?)</span>', page)
    assert names == [
        "the invitation for grace@example.org as commenter, 1 of 3",
        "the invitation by link as commenter, 2 of 3",
        "the invitation by link as commenter, 3 of 3",
    ]


def test_visitor_signs_in_and_goes_on_to_the_invitation(signed_in, team):
    visitor = Client()
    opened = visitor.get(address_in(text_of(send(signed_in, team))))
    assert visitor.get(opened.url).url == "/account/login/?next=/account/teams/join/"
    visitor.force_login(Person.objects.create_user("grace@example.org", "Grace"))
    assert "Join the team Platform?" in text_of(visitor.get(opened.url))


def test_member_who_opens_an_invitation_keeps_their_role(signed_in, ada, team):
    address = address_in(text_of(send(signed_in, team)))
    assert join(signed_in, address).status_code == 302
    assert role_of(ada) == Role.OWNER


def test_expired_invitation_works_no_more_even_once_opened(team, grace):
    made, token = invite(team=team, role=Role.VIEWER, lifetime=WEEK)
    client = client_of(grace.pk)
    address = reverse("open_invitation", args=[token])
    client.get(address)
    Invitation.objects.filter(pk=made.pk).update(expires_at=timezone.now())
    assert client.post(reverse("join_team")).status_code == 404
    assert client.get(address).status_code == 404
    assert role_of(grace) is None


def test_revoked_invitation_works_no_more_even_once_opened(signed_in, team, grace):
    made, token = invite(team=team, role=Role.VIEWER, lifetime=WEEK)
    client = client_of(grace.pk)
    client.get(reverse("open_invitation", args=[token]))
    revoked = signed_in.post(reverse("revoke_invitation", args=[team.pk, made.pk]))
    assert revoked.status_code == 302
    assert client.post(reverse("join_team")).status_code == 404
    assert role_of(grace) is None


def test_form_says_what_is_wrong_with_it(signed_in, team):
    page = send(signed_in, team, email="grace", role="boss", days="400")
    assert page.status_code == 422
    assert "Enter an address like ada@example.org." in text_of(page)
    assert text_of(page).count("Choose one of these.") == 4
    assert Invitation.objects.count() == 0


def test_team_has_only_so_many_invitations(signed_in, team, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_INVITATIONS", 1)
    assert send(signed_in, team).status_code == 200
    refused = send(signed_in, team)
    assert (refused.status_code, Invitation.objects.count()) == (422, 1)
    assert "Revoke some of them first." in text_of(refused)


def test_only_the_hash_of_the_secret_is_kept(team):
    made, token = invite(team=team, role=Role.VIEWER, lifetime=WEEK)
    assert token not in str(Invitation.objects.filter(pk=made.pk).values())


def test_editor_invites_nobody(team):
    assert send(client_of(member(team, Role.EDITOR).pk), team).status_code == 403
