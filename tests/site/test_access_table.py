"""Every address and method, tried by everybody: the table says what each of them gets."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from decider.assessments.lifecycle import delete_assessment
from decider.assessments.models import Change, Editor
from decider.assessments.services import (
    answer_question,
    edit_token,
    leave_assessment,
    open_edit_link,
    questionnaire_for,
    remove_editor,
    revoke_edit_links,
    start_assessment,
)
from decider.reports.models import Report, ShareLink
from decider.reports.proof.importing import import_file
from decider.reports.services.comments import Author, add_comment
from decider.reports.services.reports import export_of, freeze_report
from decider.reports.services.sharing import revoke_share_link, share_report
from decider.reports.views import pdf
from decider.rounds.models import RoundInvitation
from decider.rounds.services import begin_round, close_round, invite
from tests.conftest import client_of
from tests.reports.proof.proof_files import opened

WEEK = timedelta(days=7)
METHODS = ("get", "head", "post")
ROLES = (
    *("owner", "editor", "departed", "evicted", "reader"),
    *("holder", "commenter", "expired", "revoked", "stranger"),
)
"""Departed and evicted editors saved a report before; a reader owned a deleted assessment. Holders
opened a share link and an edit link: holder's still work, those of expired and revoked ended.
Commenters opened a share link that lets them comment."""

LINKS = ("open_share_link", "open_edit_link")
SECRETS = (*LINKS, "open_round_invitation")
"""The addresses that hold a secret."""

Row = tuple[dict[str, int], dict[str, int]]


def all_get(status: int, **others: int) -> dict[str, int]:
    """This status for everybody but the others."""
    return {**dict.fromkeys(ROLES, status), **others}


def editors_get(status: int, **others: int) -> dict[str, int]:
    """This status for owner and editor, 404 for the rest."""
    return all_get(404, **{"owner": status, "editor": status} | others)


def readers_get(status: int, others: int) -> dict[str, int]:
    """The first status for whoever edits the assessment of a report, the second for whoever may
    only read it."""
    return editors_get(status, departed=others, evicted=others, reader=others)


ONLY_FORMS = all_get(405)
NO_FORMS = all_get(405)
LINK_HOLDERS = all_get(404, holder=200, commenter=200, expired=410, revoked=410)
LINK_WITHOUT_PASSPHRASE = {**LINK_HOLDERS, "holder": 302, "commenter": 302}
OPENING_SHARE_LINK = all_get(404, holder=302, commenter=302)
COMMENT = (readers_get(200, 403), readers_get(422, 403))
COMMENT_BY_BUTTON = (readers_get(405, 403), readers_get(302, 403))


def by_link(reading: int, posting: int) -> Row:
    """The status for commenters; holders of other links get 403."""
    status = {**LINK_HOLDERS, "holder": 403}
    return {**status, "commenter": reading}, {**status, "commenter": posting}


PUBLIC = (all_get(200), NO_FORMS)
EDITORS_READ = (editors_get(200), NO_FORMS)
EDITORS_LED_ON = (editors_get(302), NO_FORMS)
OWNER_ACTS = (ONLY_FORMS, editors_get(302, editor=403))
EDITORS_WRITE = (editors_get(200), editors_get(422))
READERS_READ = (readers_get(200, 200), NO_FORMS)
HOLDERS_READ = (LINK_HOLDERS, NO_FORMS)

TABLE: dict[str, Row] = {
    # What everybody gets to see, and forms that begin something, posted without what they need.
    "home": PUBLIC,
    "workspace": PUBLIC,
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "signing_keys": PUBLIC,
    "schema": PUBLIC,
    "compare": PUBLIC,
    "your_name": (all_get(200), all_get(302)),
    "start": (all_get(302), all_get(422)),
    "start_example": (all_get(302), all_get(302)),
    "verify_record": (all_get(200), all_get(422)),
    "import_report": (all_get(200), all_get(422)),
    # An assessment.
    "resume": EDITORS_LED_ON,
    "quick": EDITORS_LED_ON,
    "ranking_so_far": EDITORS_READ,
    "check": EDITORS_READ,
    "history": EDITORS_READ,
    "earlier_state": EDITORS_READ,
    "restore_state": (all_get(302), editors_get(422)),
    "result": EDITORS_READ,
    "result_points": EDITORS_READ,
    "what_if": EDITORS_LED_ON,
    "reports": EDITORS_READ,
    "import_outcome": EDITORS_READ,
    "question": EDITORS_WRITE,
    "weights": EDITORS_WRITE,
    "assessment_settings": EDITORS_WRITE,
    "apply_what_if": (all_get(302), editors_get(409)),
    "save_report": (ONLY_FORMS, editors_get(302)),
    "rename_assessment": EDITORS_WRITE,
    "duplicate_assessment": (ONLY_FORMS, editors_get(302)),
    "archive_assessment": (ONLY_FORMS, editors_get(302)),
    "unarchive_assessment": (ONLY_FORMS, editors_get(302)),
    "answer_link_offer": (ONLY_FORMS, editors_get(302)),
    "leave_assessment": (ONLY_FORMS, editors_get(302, owner=403)),
    "delete_assessment": (editors_get(200, editor=403), editors_get(302, editor=403)),
    "restore_assessment": (ONLY_FORMS, all_get(404, reader=302)),
    "purge_assessment": (ONLY_FORMS, all_get(404, reader=302)),
    "revoke_edit_links": (ONLY_FORMS, editors_get(302, editor=403)),
    "make_owner": (ONLY_FORMS, editors_get(302, editor=403)),
    "remove_editor": (ONLY_FORMS, editors_get(302, editor=403)),
    # A round of independent answers, and the part of the assessment in another one.
    "round": EDITORS_READ,
    "one_round": EDITORS_READ,
    "begin_round": OWNER_ACTS,
    "invite_to_round": (editors_get(302, editor=403), editors_get(302, editor=403)),
    "revoke_round_invitation": OWNER_ACTS,
    "remove_participant": OWNER_ACTS,
    "restore_participant": OWNER_ACTS,
    "close_round": OWNER_ACTS,
    "settle_question": (editors_get(200, editor=403), editors_get(422, editor=403)),
    "take_over_agreed": OWNER_ACTS,
    "taking_part": EDITORS_READ,
    "finish_round": (ONLY_FORMS, editors_get(302)),
    "open_round_invitation": (all_get(404, holder=302), NO_FORMS),
    "join_round": (all_get(404, holder=200), all_get(404, holder=422)),
    # A report.
    "report": READERS_READ,
    "report_points": READERS_READ,
    "report_pdf": READERS_READ,
    "report_pdf_letter": READERS_READ,
    "report_export": READERS_READ,
    "record": (readers_get(200, 403), readers_get(422, 403)),
    "share": (readers_get(200, 403), readers_get(422, 403)),
    "revoke_share": (ONLY_FORMS, readers_get(302, 403)),
    "restore_share": (ONLY_FORMS, readers_get(302, 403)),
    "comments": (readers_get(200, 403) | {"reader": 200}, readers_get(422, 403)),
    "edit_comment": COMMENT,
    "sign_off": COMMENT,
    "remove_comment": COMMENT_BY_BUTTON,
    "resolve_comment": COMMENT_BY_BUTTON,
    "flag_question": COMMENT_BY_BUTTON,
    # Links.
    "open_share_link": (OPENING_SHARE_LINK, NO_FORMS),
    "shared_report": HOLDERS_READ,
    "shared_report_points": HOLDERS_READ,
    "shared_passphrase": (LINK_WITHOUT_PASSPHRASE, LINK_WITHOUT_PASSPHRASE),
    "shared_report_pdf": HOLDERS_READ,
    "shared_report_pdf_letter": HOLDERS_READ,
    "shared_report_export": HOLDERS_READ,
    "shared_comments": by_link(200, 422),
    "shared_edit_comment": by_link(200, 422),
    "shared_sign_off": by_link(200, 422),
    "shared_remove_comment": by_link(405, 302),
    "shared_resolve_comment": by_link(405, 302),
    "shared_flag_question": by_link(405, 302),
    "open_edit_link": (all_get(404, holder=302), NO_FORMS),
    "join_assessment": (all_get(404, holder=200), all_get(404, holder=302)),
}
"""What GET (and HEAD) gets, and what POST gets, by address and role."""


@dataclass(frozen=True)
class Case:
    """Somebody, and what the addresses name when they try them."""

    client: Client
    arguments: dict[str, object]
    tokens: dict[str, str]

    def path(self, name: str) -> str:
        """The address with this name."""
        if name in self.tokens:
            return reverse(name, args=[self.tokens[name]])
        values = self.arguments | {"pk": self.arguments[kind_of(name)]}
        return reverse(name, kwargs={key: values[key] for key in parameters(name)})


def kind_of(name: str) -> str:
    """Whose key is in an address: an assessment's, a report's, or of what was read in."""
    if name == "import_outcome":
        return name
    prefix = get_resolver().reverse_dict.getlist(name)[0][0][0][0]
    return "report" if prefix.startswith("reports/") else "assessment"


def parameters(name: str) -> list[str]:
    """The names of what an address takes."""
    return list(get_resolver().reverse_dict.getlist(name)[0][0][0][1])


@pytest.fixture
def browsers(browser_key) -> dict[str, uuid.UUID]:
    """The key of everybody's browser."""
    return {role: uuid.uuid4() for role in ROLES} | {"owner": browser_key}


@pytest.fixture
def saved(assessment, report, browsers) -> dict[str, Report]:
    """The report that everybody tries: their own where they saved one before they had to go."""
    guests = ("editor", "departed", "evicted")
    for role in guests:
        open_edit_link(token=edit_token(assessment), browser=browsers[role])
    own = {role: freeze_report(assessment=assessment, browser=browsers[role]) for role in guests}
    leave_assessment(assessment=assessment, browser=browsers["departed"])
    remove_editor(editor=Editor.objects.get(holder=browsers["evicted"]))
    assessment.refresh_from_db()
    return {**dict.fromkeys(ROLES, report), **own}


@pytest.fixture
def deleted(version, browsers, saved) -> uuid.UUID:
    """The key of an assessment that is deleted; its owner reads its report and can restore it."""
    assessment = start_assessment(
        version=version, title="Deleted", context="", browser=browsers["reader"]
    )
    saved["reader"] = freeze_report(assessment=assessment, browser=uuid.uuid4())
    key = assessment.pk
    delete_assessment(assessment=assessment)
    return key


@pytest.fixture
def cases(assessment, browsers, saved, deleted) -> dict[str, Case]:
    """Everybody, with all that they did before; by role."""
    made = import_file(file=opened(export_of(saved["owner"])), browser=browsers["owner"])
    open_edit_link(token=edit_token(made.assessment), browser=browsers["editor"])
    invitation, secret = take_part_in_rounds(assessment)
    shared = {
        "invitation_pk": invitation.pk,
        "round_pk": invitation.round_id,
        "participant_pk": invitation.round.participants.get().pk,
        "assessment": assessment.pk,
        "change_pk": replaced_answer(assessment).pk,
        "import_outcome": made.assessment.pk,
        "question_key": next(iter(questionnaire_for(assessment).questions)),
        "alternative": "vm",
        "editor_pk": Editor.objects.get(assessment=assessment, holder=browsers["editor"]).pk,
        "kind": "json",
        "file_format": "decider-export/1",
    }
    cases = {
        role: case_of(browsers[role], saved[role], shared, may_comment=role == "commenter")
        for role in ROLES
    }
    cases["reader"].arguments["assessment"] = deleted
    for role in ("expired", "revoked"):
        cases[role].tokens["open_edit_link"] = edit_token(assessment)
        open_links(cases[role])
    end_links(cases, assessment)
    cases["holder"].tokens["open_edit_link"] = edit_token(assessment)
    cases["holder"].tokens["open_round_invitation"] = secret
    open_links(cases["holder"], *LINKS, "open_round_invitation")
    assert (
        cases["commenter"].client.get(cases["commenter"].path("open_share_link")).status_code == 302
    )
    for role in set(ROLES) - {"holder", "commenter", "expired", "revoked"}:
        cases[role].tokens["open_share_link"] = "nothing"
    return cases


def take_part_in_rounds(assessment) -> tuple[RoundInvitation, str]:
    """Give the assessment a closed round with an invitation, and let it be somebody's part in an
    open one; that invitation, and the secret of a link to the open round."""
    first = next(iter(questionnaire_for(assessment).questions.values()))
    said = {"answers": {first.key: first.choices[0].key}, "notes": {}, "weights": {}}
    closed = begin_round(assessment=assessment)
    closed.participants.create(name="Ada", finished_at=closed.begun_at, sheet=said)
    close_round(asked=closed)
    group = start_assessment(
        version=assessment.version, title="Group", context="", browser=uuid.uuid4()
    )
    asked = begin_round(assessment=group)
    asked.participants.create(name="Bo", assessment=assessment)
    _, token = invite(asked=asked, name="")
    return closed.invitations.create(token_hash="none"), token


def replaced_answer(assessment) -> Change:
    """A change of an answer in the history of the assessment."""
    question = next(iter(questionnaire_for(assessment).questions))
    for revision, value in enumerate(("unknown", "n/a")):
        answer_question(
            assessment=assessment, question_key=question, value=value, note="", revision=revision
        )
    return Change.objects.get(assessment=assessment, before__isnull=False)


def case_of(
    browser: uuid.UUID, report: Report, shared: dict[str, object], *, may_comment: bool = False
) -> Case:
    """Somebody, with a share link to the report that they try and a comment that they wrote."""
    link, token = share_report(report=report, label="", lifetime=WEEK, may_comment=may_comment)
    comment = add_comment(report=report, author=Author(browser, "Ada"), text="Why?")
    own = {"report": report.pk, "link_pk": link.pk, "link_id": link.public_id}
    own["comment_pk"] = comment.pk
    tokens = {**dict.fromkeys(SECRETS, "nothing"), "open_share_link": token}
    return Case(client_of(browser), shared | own, tokens)


def open_links(case: Case, *names: str) -> None:
    """Open links, as long as they work."""
    for name in names or LINKS:
        assert case.client.get(case.path(name)).status_code == 302


def end_links(cases: dict[str, Case], assessment) -> None:
    """Let the links of two holders expire or be revoked; an edit link can only be revoked."""
    expired, revoked = (
        ShareLink.objects.get(pk=cases[role].arguments["link_pk"])
        for role in ("expired", "revoked")
    )
    ShareLink.objects.filter(pk=expired.pk).update(expires_at=expired.created_at)
    revoke_share_link(link=revoked)
    revoke_edit_links(assessment=assessment)
    assessment.refresh_from_db()


def answer(case: Case, method: str, name: str) -> int:
    """The status of one request, whose effects are undone."""
    cookies = case.client.cookies.copy()
    with transaction.atomic():
        sent = {"data": {"sent": "yes"}} if method == "post" else {}
        response = getattr(case.client, method)(case.path(name), **sent)
        transaction.set_rollback(True)
    case.client.cookies = cookies
    return response.status_code


def test_table_has_every_address():
    names = {pattern.name for pattern in get_resolver().url_patterns}
    assert names - {"components"} == set(TABLE)


def test_everybody_gets_what_the_table_says_at_every_address(cases, monkeypatch):
    monkeypatch.setattr(pdf, "cached_pdf", lambda *_, **__: b"%PDF-1.7")
    wrong = {}
    for name, (reading, posting) in TABLE.items():
        for role, case in cases.items():
            for method in METHODS:
                expected = (posting if method == "post" else reading)[role]
                status = answer(case, method, name)
                if status != expected:
                    wrong[name, role, method] = (status, expected)
    assert wrong == {}
