"""Teams: whose they are, and what becomes of whoever leaves them."""

from __future__ import annotations

import uuid
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from decider.assessments.lifecycle import delete_assessment, purge_assessment
from decider.assessments.models import Assessment, Editor
from decider.assessments.services import edit_token, open_edit_link, start_assessment
from decider.base.access import Role
from decider.people.models import Membership, Person, Team
from decider.people.teams import (
    LastOwner,
    StaleMembership,
    change_role,
    delete_team,
    make_team,
    remove_member,
)
from decider.reports.services.reports import freeze_report
from tests.conftest import client_of
from tests.people.conftest import member, text_of
from tests.stress.race import race


def membership(team: Team, person: Person) -> Membership:
    return Membership.objects.select_related("team", "person").get(team=team, person=person)


def opens(person: Person, name: str, pk: object) -> int:
    """What this person gets at an address."""
    return client_of(person.pk).get(reverse(name, args=[pk])).status_code


def test_team_is_made_on_a_page_and_owned_by_whoever_made_it(ada, signed_in):
    assert signed_in.post(reverse("teams"), {"name": ""}).status_code == 422
    made = signed_in.post(reverse("teams"), {"name": " Platform  team "})
    team = Team.objects.get()
    assert made.url == team.get_absolute_url()
    assert (team.name, membership(team, ada).role) == ("Platform team", Role.OWNER)
    assert "Platform team" in text_of(signed_in.get(reverse("teams")))


def test_last_owner_stays_one(ada, team):
    grace = member(team, Role.OWNER, "Grace")
    Person.objects.filter(pk=grace.pk).update(is_active=False)
    last = membership(team, ada)
    with pytest.raises(LastOwner):
        remove_member(member=last)
    with pytest.raises(LastOwner):
        change_role(member=last, role=Role.EDITOR, was=Role.OWNER)
    assert membership(team, ada).role == Role.OWNER


def test_last_owner_is_told_why(ada, signed_in, team):
    row = membership(team, ada)
    for name, sent in {
        "leave_team": {},
        "remove_member": {},
        "change_role": {"role": "viewer", "was": "owner"},
    }.items():
        args = [team.pk] if name == "leave_team" else [team.pk, row.pk]
        page = text_of(signed_in.post(reverse(name, args=args), sent, follow=True))
        assert "A team needs an owner who may sign in" in page
    assert membership(team, ada).role == Role.OWNER


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", range(1, 9))
def test_of_two_owners_who_leave_at_once_one_stays(ada, team, statement):
    grace = member(team, Role.OWNER, "Grace")
    address = reverse("leave_team", args=[team.pk])
    leaving = [partial(client_of(person.pk).post, address) for person in (ada, grace)]
    assert race(*leaving, statement=statement) == (302, 302)
    assert [row.role for row in team.memberships.all()] == [Role.OWNER]


def test_role_that_somebody_else_changed_is_not_overwritten(ada, signed_in, team):
    row = membership(team, member(team, Role.EDITOR, "Grace"))
    change_role(member=row, role=Role.OWNER, was=Role.EDITOR)
    with pytest.raises(StaleMembership):
        change_role(member=row, role=Role.VIEWER, was=Role.EDITOR)
    address = reverse("change_role", args=[team.pk, row.pk])
    sent = {"role": "viewer", "was": "editor"}
    assert "in the meantime" in text_of(signed_in.post(address, sent, follow=True))
    row.refresh_from_db()
    assert row.role == Role.OWNER
    signed_in.post(address, sent | {"was": "owner"})
    row.refresh_from_db()
    assert row.role == Role.VIEWER


def test_member_who_left_opens_nothing_of_the_team_and_their_report_stays(teams_own, team, ada):
    grace = member(team, Role.EDITOR, "Grace")
    report = freeze_report(assessment=teams_own, browser=grace.pk)
    token = edit_token(teams_own)
    assert opens(grace, "check", teams_own.pk) == 200
    assert opens(grace, "report", report.pk) == 200
    client_of(grace.pk).post(reverse("leave_team", args=[team.pk]))
    assert opens(grace, "check", teams_own.pk) == 404
    assert opens(grace, "report", report.pk) == 404
    assert opens(grace, "team", team.pk) == 404
    assert open_edit_link(token=token, browser=grace.pk) is None
    assert opens(ada, "report", report.pk) == 200


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COMMENTER])
def test_editor_whose_role_is_lowered_edits_by_no_link_either(teams_own, team, role):
    grace = member(team, Role.EDITOR, "Grace")
    Editor.objects.create(assessment=teams_own, holder=grace.pk)
    change_role(member=membership(team, grace), role=role, was=Role.EDITOR)
    assert opens(grace, "check", teams_own.pk) == 200
    assert opens(grace, "weights", teams_own.pk) == 403


def test_member_who_opens_the_private_link_gets_no_access_of_their_own(teams_own, team):
    grace = client_of(member(team, Role.EDITOR, "Grace").pk)
    opened = grace.get(reverse("open_edit_link", args=[edit_token(teams_own)]))
    assert grace.post(opened.url).url == teams_own.get_absolute_url()
    assert [row.holder for row in Editor.objects.all()] == [team.pk]


def test_report_of_an_assessment_that_is_gone_is_read_by_members_alone(teams_own, team):
    grace, alan = (member(team, Role.VIEWER, name) for name in ("Grace", "Alan"))
    report = freeze_report(assessment=teams_own, browser=grace.pk)
    delete_assessment(assessment=teams_own)
    purge_assessment(assessment=Assessment.deleted.get())
    remove_member(member=membership(team, grace))
    assert (opens(grace, "report", report.pk), opens(alan, "report", report.pk)) == (404, 200)
    assert opens(alan, "record", report.pk) == 403


def test_deleted_assessment_is_restored_by_an_owner_of_the_team_only(teams_own, team, signed_in):
    editor = client_of(member(team, Role.EDITOR).pk)
    delete_assessment(assessment=teams_own)
    address = reverse("restore_assessment", args=[teams_own.pk])
    assert editor.post(address).status_code == 404
    assert signed_in.post(address).status_code == 302


def test_member_is_removed_on_the_page_of_the_team(ada, signed_in, team):
    row = membership(team, member(team, Role.EDITOR, "Grace"))
    page = signed_in.post(reverse("remove_member", args=[team.pk, row.pk]), follow=True)
    assert "Grace is no longer in the team." in text_of(page)
    assert [found.person for found in team.memberships.all()] == [ada]


def test_team_gets_another_name(signed_in, team):
    address = reverse("rename_team", args=[team.pk])
    assert signed_in.post(address, {"name": " "}).status_code == 422
    assert signed_in.post(address, {"name": "Storage"}).status_code == 302
    team.refresh_from_db()
    assert team.name == "Storage"


def deleting(client: Client, team: Team, heir: uuid.UUID):
    """What the page gets that deletes a team in favour of an heir."""
    return client.post(reverse("delete_team", args=[team.pk]), {"heir": str(heir)})


def test_deleted_team_leaves_its_assessments_to_a_member(teams_own, team, ada, signed_in):
    grace, alan = member(team, Role.VIEWER, "Grace"), member(team, Role.EDITOR, "Alan")
    report = freeze_report(assessment=teams_own, browser=ada.pk)
    token = edit_token(teams_own)
    page = text_of(signed_in.get(reverse("delete_team", args=[team.pk])))
    assert "Its 3 members" in page
    assert ">Billing</a>" in page
    done = deleting(signed_in, team, grace.pk)
    assert "The team “Platform” is deleted." in text_of(signed_in.get(done.url))
    assert not Team.objects.exists()
    assert not Membership.objects.exists()
    assert opens(grace, "assessment_settings", teams_own.pk) == 200
    assert opens(grace, "report", report.pk) == 200
    assert opens(alan, "report", report.pk) == 404
    assert opens(alan, "check", teams_own.pk) == 404
    assert open_edit_link(token=token, browser=alan.pk) is None
    last = teams_own.changes.order_by("pk").last()
    assert (last.kind, last.actor, last.details) == ("owner", ada.pk, {"whom": str(grace.pk)})


def test_deleted_team_leaves_all_to_another_team(teams_own, team, ada, signed_in):
    other = make_team(name="Other", person=ada)
    grace = member(other, Role.VIEWER, "Grace")
    Editor.objects.create(assessment=teams_own, holder=grace.pk)
    report = freeze_report(assessment=teams_own, browser=ada.pk)
    gone = start_assessment(version=teams_own.version, title="Old", context="", browser=team.pk)
    delete_assessment(assessment=teams_own)
    purge_assessment(assessment=teams_own)
    delete_assessment(assessment=gone)
    deleting(signed_in, team, other.pk)
    assert opens(grace, "report", report.pk) == 200
    assert [row.holder for row in Editor.objects.all()] == [other.pk]
    assert signed_in.post(reverse("restore_assessment", args=[gone.pk])).status_code == 302


def test_team_goes_only_to_members_who_may_sign_in_and_to_teams_of_ones_own(team, ada, signed_in):
    gone, stranger = member(team, Role.EDITOR, "Gone"), Person.objects.create_user("x@y.org", "X")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    others = make_team(name="Others", person=stranger)
    for heir in (gone.pk, stranger.pk, others.pk, team.pk):
        assert deleting(signed_in, team, heir).status_code == 422
    assert deleting(signed_in, team, ada.pk).status_code == 302


def test_heir_that_is_gone_keeps_the_team(team, ada):
    with pytest.raises(Team.DoesNotExist):
        delete_team(team=team, heir=uuid.uuid4(), actor=ada.pk)
    assert Team.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", range(2, 12, 3))
def test_of_two_teams_deleted_for_each_other_one_keeps_everything(teams_own, team, ada, statement):
    other = make_team(name="Other", person=ada)
    tries = [
        partial(deleting, client_of(ada.pk), *pair) for pair in ((team, other.pk), (other, team.pk))
    ]
    assert sorted(race(*tries, statement=statement)) in ([302, 404], [302, 422])
    assert [row.holder for row in Editor.objects.all()] == [Team.objects.get().pk]


def test_comments_of_a_teams_deleted_assessment_are_for_those_whose_role_reads_them(
    teams_own, team, ada
):
    viewer, commenter = member(team, Role.VIEWER), member(team, Role.COMMENTER)
    report = freeze_report(assessment=teams_own, browser=ada.pk)
    people = (viewer, commenter, ada)
    delete_assessment(assessment=teams_own)
    assert [opens(person, "comments", report.pk) for person in people] == [403, 200, 200]
    purge_assessment(assessment=teams_own)
    assert [opens(person, "comments", report.pk) for person in people] == [403, 200, 200]
