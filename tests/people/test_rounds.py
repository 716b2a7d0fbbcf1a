"""Rounds of independent answers with sign-in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from decider.base.access import Role
from decider.rounds.models import Round
from decider.rounds.services import begin_round, close_round, finish, invite
from tests.conftest import answer_first, client_of
from tests.people.conftest import member


@pytest.fixture
def asked(teams_own) -> Round:
    """An open round of the team's assessment."""
    return begin_round(assessment=teams_own)


def joined(asked: Round, client: Client) -> None:
    """Take part by a link."""
    _, token = invite(asked=asked, name="")
    client.get(reverse("open_round_invitation", args=[token]))
    client.post(reverse("join_round"), {"name": "Somebody else"})


def test_whoever_takes_part_goes_by_the_name_of_their_account(asked, team):
    viewer = member(team, Role.VIEWER, "Vera")
    joined(asked, client_of(viewer.pk))
    participant = asked.participants.get()
    assert participant.name == "Vera"
    assert participant.assessment.editors.get().holder == viewer.pk


def test_link_leads_a_visitor_through_sign_in_and_on(asked):
    _, token = invite(asked=asked, name="")
    client = Client()
    opened = client.get(reverse("open_round_invitation", args=[token]), follow=True)
    assert opened.redirect_chain[-1][0] == "/account/login/?next=/join-round/"


def test_no_member_of_the_team_opens_the_answers_of_another(asked, team, ada):
    viewer = member(team, Role.VIEWER, "Vera")
    joined(asked, client_of(viewer.pk))
    own = asked.participants.get().assessment
    for name in ("check", "result", "taking_part"):
        assert client_of(ada.pk).get(reverse(name, args=[own.pk])).status_code == 404


def test_members_read_a_closed_round_and_owners_settle_it(asked, team, ada, teams_own):
    viewer = member(team, Role.VIEWER, "Vera")
    joined(asked, client_of(viewer.pk))
    participant = asked.participants.get()
    answer_first(participant.assessment, "Vera knows.")
    finish(participant=participant)
    address = reverse("round", args=[teams_own.pk])
    assert "Vera knows." not in client_of(ada.pk).get(address).content.decode()
    close_round(asked=asked)
    for person, may_settle in ((viewer, False), (ada, True)):
        text = client_of(person.pk).get(address).content.decode()
        assert "Vera knows." in text
        assert ("Settle it" in text) is may_settle
