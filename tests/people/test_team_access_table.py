"""Every address and method of a team's assessment and of the team, tried in each role."""

from __future__ import annotations

import uuid

import pytest
from django.urls import get_resolver, reverse

from decider.assessments.models import Editor
from decider.assessments.services import edit_token, open_edit_link, questionnaire_for
from decider.base.access import Role
from decider.people.invitations import invite
from decider.people.models import Membership, Person
from decider.people.teams import remove_member
from decider.reports.proof.importing import import_file
from decider.reports.services.reports import export_of, freeze_report
from decider.reports.views import pdf
from tests.conftest import client_of
from tests.people.conftest import member
from tests.people.test_access_table import addresses
from tests.reports.proof.proof_files import opened
from tests.site.test_access_table import (
    METHODS,
    TABLE,
    WEEK,
    Case,
    answer,
    case_of,
    replaced_answer,
    take_part_in_rounds,
)

READ = {
    *("resume", "check", "result", "result_points", "what_if", "ranking_so_far", "reports"),
    *(
        "report",
        "report_points",
        "report_pdf",
        "report_pdf_letter",
        "report_export",
        "duplicate_assessment",
    ),
    *("import_outcome", "round", "one_round", "taking_part", "history", "earlier_state"),
}
"""What every member may open, and a copy of one's own; for the rest of an assessment, viewers and
commenters need another role."""

COMMENT = {
    *("comments", "edit_comment", "remove_comment", "resolve_comment", "flag_question"),
    "sign_off",
}
"""What commenters may do, too."""

LINKS = {
    *("open_share_link", "open_edit_link", "join_assessment", "answer_link_offer"),
    *("open_round_invitation", "join_round"),
}
"""What depends on the link that somebody holds, not on their role."""


def expected(name: str, method: str, role: str) -> int:
    """What somebody with this role in the team gets; departed members get what strangers get."""
    if name == "hand_over":
        return {"owner": 422 if method == "post" else 200, "departed": 404}.get(role, 403)
    row = TABLE[name][method == "post"]
    if name == "leave_assessment" and method == "post":
        return 404 if role == "departed" else 403
    if name in {"restore_assessment", "purge_assessment"} or role == "departed":
        return row["stranger"]
    if role in ("owner", "editor"):
        return row[role]
    if name in COMMENT:
        return row["editor"] if role == "commenter" else 403
    is_open = name in READ or row["editor"] in (405, row["stranger"])
    return row["editor"] if is_open else 403


@pytest.fixture
def people(team, ada) -> dict[str, Person]:
    """Somebody in each role, and somebody who was an editor."""
    found = {role.value: member(team, role) for role in Role if role != Role.OWNER}
    gone = member(team, Role.EDITOR, "Departed")
    return found | {"owner": ada, "departed": gone}


@pytest.fixture
def cases(teams_own, team, people) -> dict[str, Case]:
    """Everybody of the team, with a report that they all read; by role."""
    made = freeze_report(assessment=teams_own, browser=people["departed"].pk)
    guest = uuid.uuid4()
    open_edit_link(token=edit_token(teams_own), browser=guest)
    imported = import_file(file=opened(export_of(made)), browser=team.pk)
    invitation = take_part_in_rounds(teams_own)[0]
    shared = {
        "invitation_pk": invitation.pk,
        "round_pk": invitation.round_id,
        "participant_pk": invitation.round.participants.get().pk,
        "assessment": teams_own.pk,
        "change_pk": replaced_answer(teams_own).pk,
        "import_outcome": imported.assessment.pk,
        "question_key": next(iter(questionnaire_for(teams_own).questions)),
        "alternative": "vm",
        "editor_pk": Editor.objects.get(holder=guest).pk,
        "kind": "json",
        "file_format": "decider-export/1",
    }
    remove_member(member=Membership.objects.get(person=people["departed"]))
    return {role: case_of(person.pk, made, shared) for role, person in people.items()}


def test_each_role_gets_what_the_table_says_at_every_address(cases, monkeypatch):
    monkeypatch.setattr(pdf, "cached_pdf", lambda *_, **__: b"%PDF-1.7")
    wrong = {}
    for name in {*TABLE, "hand_over"} - LINKS - {"your_name"}:
        for role, case in cases.items():
            for method in METHODS:
                wanted = expected(name, method, role)
                status = answer(case, method, name)
                if status != wanted:
                    wrong[name, role, method] = (status, wanted)
    assert wrong == {}


def test_tables_have_every_address():
    routes = addresses(get_resolver().url_patterns)
    outside = {name for name, route in routes if not route.startswith(("/account/", "/admin"))}
    assert outside - {"components"} == {*TABLE, "hand_over", "open_invitation", "notices_off"}


OF_OWNERS = {
    "rename_team": (302, 422),
    "invite_to_team": (302, 422),
    "revoke_invitation": (405, 302),
    "change_role": (405, 302),
    "remove_member": (405, 302),
    "delete_team": (200, 422),
}
"""What an owner gets with GET and with an empty POST; other members get 403, others 404."""


@pytest.mark.parametrize("name", OF_OWNERS)
def test_team_is_administered_by_its_owners_only(team, people, name):
    made, _ = invite(team=team, role=Role.VIEWER, lifetime=WEEK)
    row = Membership.objects.get(person=people["viewer"])
    more = {"revoke_invitation": [made.pk], "change_role": [row.pk], "remove_member": [row.pk]}
    address = reverse(name, args=[team.pk, *more.get(name, [])])
    remove_member(member=Membership.objects.get(person=people["departed"]))
    for role in ("departed", "viewer", "commenter", "editor", "owner"):
        client = client_of(people[role].pk)
        got = client.get(address).status_code, client.post(address).status_code
        reading, posting = OF_OWNERS[name]
        refused = 404 if role == "departed" else 403
        asked = (405 if reading == 405 else refused, refused)
        assert got == ((reading, posting) if role == "owner" else asked), role


def test_page_of_a_team_opens_for_members_only(team, people):
    remove_member(member=Membership.objects.get(person=people["departed"]))
    address = team.get_absolute_url()
    got = {role: client_of(person.pk).get(address).status_code for role, person in people.items()}
    assert got == dict.fromkeys(people, 200) | {"departed": 404}
