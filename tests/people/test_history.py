"""The history of an assessment with sign-in: people by their names, and what each role may."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from decider.assessments.editors import hand_over_to_team, name_browser
from decider.assessments.models import Change
from decider.assessments.services import (
    answer_question,
    edit_token,
    open_edit_link,
    questionnaire_for,
)
from decider.base.access import Role
from decider.people.invitations import accept, invite
from decider.people.models import Person
from decider.site.personal_data import erase_personal_data, find_subject
from decider.site.taking_along import take_along
from tests.conftest import client_of
from tests.people.conftest import member


@pytest.fixture
def bea(team) -> Person:
    """An editor of the team."""
    return member(team, Role.EDITOR, "Bea")


@pytest.fixture
def changed(teams_own, ada, bea) -> Change:
    """An answer of Ada in the team's assessment, which Bea changed."""
    key = next(iter(questionnaire_for(teams_own).questions))
    for revision, (person, value) in enumerate(((ada, "unknown"), (bea, "n/a"))):
        answer_question(
            assessment=teams_own,
            question_key=key,
            value=value,
            note="",
            revision=revision,
            actor=person.pk,
        )
    return Change.objects.get(before__isnull=False)


def entries(person, assessment) -> list[tuple[str, str, str]]:
    """Who did what, and to whom, as this person is shown it."""
    response = client_of(person.pk).get(reverse("history", args=[assessment.pk]))
    return [(e.actor, e.change.kind, e.whom) for e in response.context["entries"]]


def test_history_names_people_and_teams(changed, teams_own, ada):
    assert entries(ada, teams_own) == [
        ("Bea", "answer", ""),
        ("Ada", "answer", ""),
        ("The server’s administrator", "owner", "the team Platform"),
        ("Somebody who left", "started", ""),
    ]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COMMENTER])
def test_whoever_only_reads_sees_earlier_answers_and_restores_none(changed, team, role):
    reader = client_of(member(team, role).pk)
    address = [changed.assessment_id, changed.pk]
    page = reader.get(reverse("earlier_state", args=address)).content.decode()
    assert "I don’t know" in page
    assert "Restore this answer" not in page
    sent = {"revision": 2}
    assert reader.post(reverse("restore_state", args=address), sent).status_code == 403


def test_whoever_may_edit_restores_an_answer_under_their_own_name(changed, teams_own, ada, bea):
    address = reverse("restore_state", args=[teams_own.pk, changed.pk])
    assert client_of(ada.pk).post(address, {"revision": 2}).status_code == 302
    assert entries(bea, teams_own)[0] == ("Ada", "answer", "")
    assert teams_own.answers.get().value == "unknown"


def test_whoever_may_no_longer_sign_in_is_named_as_before(changed, teams_own, ada, bea):
    before = entries(ada, teams_own)
    assert before[0] == ("Bea", "answer", "")
    Person.objects.filter(pk=bea.pk).update(is_active=False)
    assert entries(ada, teams_own) == before
    page = client_of(ada.pk).get(reverse("check", args=[teams_own.pk])).content.decode()
    assert "by Bea," in page


def test_whoever_is_erased_is_named_no_more(changed, teams_own, ada, bea):
    kept = list(Change.objects.values())
    erase_personal_data(find_subject(bea.email))
    assert entries(ada, teams_own)[:2] == [
        ("The server’s administrator", "role", "Erased"),
        ("Erased", "answer", ""),
    ]
    assert list(Change.objects.values())[1:] == kept


def test_work_from_before_an_account_stays_under_the_name_of_its_browser(assessment, ada):
    guest = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=guest)
    name_browser(browser=guest, name="Ada at home")
    take_along(browser=guest, person=ada.pk)
    assert entries(ada, assessment)[:2] == [
        ("Ada", "taken-along", "Ada at home"),
        ("Ada at home", "joined", ""),
    ]


def test_name_of_an_account_is_where_its_person_changed_something(changed, teams_own, ada, bea):
    page = client_of(ada.pk).get(reverse("check", args=[teams_own.pk])).content.decode()
    assert "by Bea," in page
    url = reverse("question", args=[teams_own.pk, changed.question_key])
    response = client_of(ada.pk).post(url, {"value": "unknown", "revision": 1})
    assert response.status_code == 409
    assert "another answer was saved by Bea" in response.content.decode()


def test_begun_for_a_team_it_names_the_person(ada, team, version):
    sent = {"title": "Billing", "context": "", "owner": str(team.pk)}
    response = client_of(ada.pk).post(reverse("start"), sent)
    assert response.status_code == 302
    assert list(Change.objects.values_list("actor", "kind")) == [(ada.pk, "started")]


def test_handing_over_names_who_did_it(assessment, ada, team, browser_key):
    hand_over_to_team(assessment=assessment, owner=browser_key, team=team, actor=ada.pk)
    take = client_of(ada.pk).post(reverse("hand_over", args=[assessment.pk]), {"to": "own"})
    assert take.status_code == 302
    assert entries(ada, assessment)[:2] == [
        ("Ada", "owner", "Ada"),
        ("Ada", "owner", "the team Platform"),
    ]


def roles(assessment) -> list[tuple[str, str, str]]:
    """Who gave whom which role, the oldest first."""
    found = assessment.changes.filter(kind="role").order_by("pk")
    names = dict(Person.objects.values_list("pk", "name"))
    return [(names[c.actor], names[uuid.UUID(c.details["whom"])], c.details["role"]) for c in found]


def test_roles_in_the_team_are_in_the_histories_of_its_assessments(teams_own, team, ada, bea):
    invitation, _ = invite(team=team, role=Role.VIEWER, lifetime=timedelta(days=1))
    cem = Person.objects.create_user("cem@example.org", "Cem")
    for _ in range(2):
        accept(invitation=invitation, person=cem)
    owner = client_of(ada.pk)
    rows = {person: team.memberships.get(person=person).pk for person in (bea, cem)}
    owner.post(
        reverse("change_role", args=[team.pk, rows[bea]]), {"role": "commenter", "was": "editor"}
    )
    owner.post(reverse("remove_member", args=[team.pk, rows[cem]]))
    client_of(bea.pk).post(reverse("leave_team", args=[team.pk]))
    assert roles(teams_own) == [
        ("Cem", "Cem", "viewer"),
        ("Ada", "Bea", "commenter"),
        ("Ada", "Cem", ""),
        ("Bea", "Bea", ""),
    ]
    page = owner.get(reverse("history", args=[teams_own.pk])).content.decode()
    for words in (
        "became viewer of the team",
        "made Bea commenter of the team",
        "removed Cem from the team",
        "left the team",
    ):
        assert words in page


def test_owner_whom_the_administration_made_is_in_the_history(teams_own, team, ada, bea):
    boss = Person.objects.create_user("boss@example.org", "Boss")
    Person.objects.filter(pk=boss.pk).update(is_staff=True)
    Person.objects.filter(pk=ada.pk).update(is_active=False)
    row = team.memberships.get(person=bea)
    sent = {"action": "make_owners", "_selected_action": [row.pk]}
    client_of(boss.pk).post(reverse("admin:people_membership_changelist"), sent)
    assert roles(teams_own) == [("Boss", "Bea", "owner")]
