"""Assessments that belong to a team: begun for it, handed over to it, and listed."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decider.assessments.models import Editor
from decider.assessments.services import edit_token, open_edit_link, start_assessment
from decider.base.access import Role
from decider.people.models import Person
from decider.people.teams import make_team
from tests.conftest import client_of
from tests.people.conftest import member, text_of


@pytest.fixture
def handing_over(ada, version, signed_in) -> str:
    """The address of the page that hands over an assessment of Ada's."""
    own = start_assessment(version=version, title="Payroll", context="", browser=ada.pk)
    return reverse("hand_over", args=[own.pk])


def owners() -> list[uuid.UUID]:
    return [row.holder for row in Editor.objects.filter(is_owner=True)]


def listed(client: Client, **query: str) -> list[str]:
    """The names of the listed assessments, in order of the alphabet."""
    page = client.get(reverse("workspace"), query)
    return sorted(row.assessment.title for row in page.context["rows"])


def test_assessment_is_begun_for_a_team(ada, version, signed_in, team):
    assert "The team Platform" in text_of(signed_in.get(reverse("home")))
    begun = signed_in.post(reverse("start"), {"title": "Shop", "owner": str(team.pk)})
    assert begun.status_code == 302
    assert owners() == [team.pk]
    viewer = client_of(member(team, Role.VIEWER).pk)
    assert viewer.get(begun.url, follow=True).status_code == 200
    assert "Shop" in text_of(viewer.get(reverse("workspace")))


def test_assessment_is_not_begun_for_a_team_of_others_or_by_a_viewer(ada, version, signed_in):
    others = make_team(name="Others", person=Person.objects.create_user("g@example.org", "G"))
    refused = signed_in.post(reverse("start"), {"title": "Shop", "owner": str(others.pk)})
    viewer = client_of(member(others, Role.VIEWER).pk)
    assert viewer.post(reverse("start"), {"title": "S", "owner": str(others.pk)}).status_code == 422
    assert refused.status_code == 422
    assert 'value="Shop"' in text_of(refused)


def test_home_page_asks_nobody_without_a_team_whose_it_is(version, signed_in):
    assert "Whose assessment is it?" not in text_of(signed_in.get(reverse("home")))


def test_owner_hands_over_to_a_team_and_takes_it_back(ada, signed_in, team, handing_over):
    assert "The team Platform" in text_of(signed_in.get(handing_over))
    assert signed_in.post(handing_over, {"to": ""}).status_code == 422
    given = text_of(signed_in.post(handing_over, {"to": str(team.pk)}, follow=True))
    assert "“Payroll” now belongs to the team Platform." in given
    assert owners() == [team.pk]
    signed_in.post(handing_over, {"to": "own"})
    assert [(row.holder, row.is_owner) for row in Editor.objects.all()] == [(ada.pk, True)]


def test_assessment_goes_to_no_team_of_others(signed_in, ada, handing_over):
    others = make_team(name="Others", person=Person.objects.create_user("g@example.org", "G"))
    assert signed_in.post(handing_over, {"to": str(others.pk)}).status_code == 422
    assert "You are not an owner or editor of any team" in text_of(signed_in.get(handing_over))
    assert owners() == [ada.pk]


def test_guest_of_a_team_becomes_the_owner_and_the_team_opens_it_no_more(
    teams_own, team, signed_in
):
    guest = uuid.uuid4()
    open_edit_link(token=edit_token(teams_own), browser=guest)
    row = Editor.objects.get(holder=guest)
    page = text_of(signed_in.get(reverse("assessment_settings", args=[teams_own.pk])))
    assert "the team can then no longer open it" in page
    signed_in.post(reverse("make_owner", args=[teams_own.pk, row.pk]))
    assert owners() == [guest]
    assert signed_in.get(reverse("check", args=[teams_own.pk])).status_code == 404


def test_row_of_the_team_is_neither_removed_nor_made_owner_by_hand(teams_own, team, signed_in):
    row = Editor.objects.get()
    for name in ("make_owner", "remove_editor"):
        assert signed_in.post(reverse(name, args=[teams_own.pk, row.pk])).status_code == 403
    assert owners() == [team.pk]


def test_list_shows_and_filters_what_belongs_to_teams(ada, teams_own, team, signed_in):
    Editor.objects.create(assessment=teams_own, holder=ada.pk)
    version = teams_own.version
    start_assessment(version=version, title="Mine", context="", browser=ada.pk)
    start_assessment(version=version, title="Theirs", context="", browser=uuid.uuid4())
    assert listed(signed_in) == ["Billing", "Mine"]
    assert listed(signed_in, whose=str(team.pk)) == ["Billing"]
    assert listed(signed_in, whose="own") == ["Mine"]
    page = text_of(signed_in.get(reverse("workspace")))
    assert "of the team Platform" in page
    assert "Active (2)" in page
    refused = signed_in.get(reverse("workspace"), {"whose": str(uuid.uuid4())})
    assert refused.status_code == 422


def test_assessment_is_archived_for_the_whole_team(teams_own, team, signed_in):
    viewer = client_of(member(team, Role.VIEWER).pk)
    archive = reverse("archive_assessment", args=[teams_own.pk])
    assert viewer.post(archive).status_code == 403
    signed_in.post(archive)
    assert (listed(viewer), listed(viewer, show="archived")) == ([], ["Billing"])
    signed_in.post(reverse("unarchive_assessment", args=[teams_own.pk]))
    assert listed(viewer) == ["Billing"]


def test_list_of_more_of_a_team_takes_no_more_queries(teams_own, team, signed_in):
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            signed_in.get(reverse("workspace"))
        return len(seen)

    count()  # loads the questionnaire
    first = count()
    for title in ("B", "C"):
        start_assessment(version=teams_own.version, title=title, context="", browser=team.pk)
    assert count() == first


def test_viewer_is_offered_nothing_that_changes_something(teams_own, team):
    viewer = client_of(member(team, Role.VIEWER).pk)
    for name in ("check", "result", "reports", "ranking_so_far"):
        page = text_of(viewer.get(reverse(name, args=[teams_own.pk])))
        for address in ("weights", "assessment_settings", "save_report", "resume"):
            assert f'"{reverse(address, args=[teams_own.pk])}"' not in page, (name, address)
        assert f"/assessments/{teams_own.pk}/questions/" not in page, name
