"""Mentions of the members of a team in comments."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from decider.base.access import Role
from decider.reports.models import Comment, Report
from decider.reports.services.reports import freeze_report
from decider.reports.services.sharing import share_report
from tests.conftest import client_of, reader_of
from tests.people.conftest import member, text_of


@pytest.fixture
def shown(teams_own, ada) -> Report:
    """A report of the team."""
    return freeze_report(assessment=teams_own, browser=ada.pk)


def mentioned(client: Client, report: Report, text: str, address: str = "") -> list[str]:
    """The names that this comment mentions."""
    form = {"text": text, "report": str(report.pk), "name": "Reader"}
    sent = client.post(address or reverse("comments", args=[report.pk]), form)
    assert sent.status_code == 302
    return [person.name for person in Comment.objects.latest("pk").mentions.all()]


def test_members_are_mentioned_by_name_and_the_longest_name_counts(signed_in, team, shown):
    for name in ("Grace", "Grace Hopper"):
        member(team, Role.COMMENTER, name.replace(" ", "-"))
    member(team, Role.VIEWER, "Vic")
    assert mentioned(signed_in, shown, "@grace-hopper, please look") == ["Grace-Hopper"]
    assert mentioned(signed_in, shown, "@Vic may not read comments") == []
    assert mentioned(signed_in, shown, "Grace, mail@grace.example, @Graceful") == []
    page = text_of(signed_in.get(reverse("comments", args=[shown.pk])))
    assert "Mentions Grace-Hopper" in page
    assert "@Ada, @Grace" in page


def test_writer_is_the_person_whatever_name_is_sent(signed_in, shown):
    mentioned(signed_in, shown, "Hello")
    assert Comment.objects.get().author_name == "Ada"


def test_edited_comment_mentions_whom_it_names_now(signed_in, team, shown):
    member(team, Role.COMMENTER, "Grace")
    mentioned(signed_in, shown, "@Grace")
    comment = Comment.objects.get()
    edit = reverse("edit_comment", args=[shown.pk, comment.pk])
    signed_in.post(edit, {"text": "Nobody", "revision": 1})
    assert comment.mentions.count() == 0


def test_reader_by_link_learns_no_name_and_mentions_nobody(team, shown):
    link, token = share_report(report=shown, label="", lifetime=timedelta(days=1), may_comment=True)
    address = reverse("shared_comments", args=[link.public_id])
    reader = reader_of(token)
    assert "@Ada" not in text_of(reader.get(address))
    assert mentioned(reader, shown, "@Ada", address) == []


def test_comment_stays_when_somebody_whom_it_mentions_is_erased(signed_in, team, shown, run):
    member(team, Role.COMMENTER, "Grace")
    mentioned(signed_in, shown, "@Grace")
    run("erase_person", "grace@example.org")
    comment = Comment.objects.get()
    assert (comment.text, comment.mentions.count()) == ("@Grace", 0)


def test_departed_member_keeps_their_name_at_what_they_wrote(signed_in, team, shown):
    grace = member(team, Role.COMMENTER, "Grace")
    client = client_of(grace.pk)
    mentioned(client, shown, "I object")
    client.post(reverse("leave_team", args=[team.pk]))
    assert client.get(reverse("comments", args=[shown.pk])).status_code == 404
    page = text_of(signed_in.get(reverse("comments", args=[shown.pk])))
    assert "<strong>Grace</strong>" in page
    assert "I object" in page
