"""Whatever is done to an assessment on a page is in its history, with who did it."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from decider.assessments.models import Assessment, Change
from decider.assessments.services import (
    answers_of,
    edit_token,
    open_edit_link,
    questionnaire_for,
    state_token,
    weights_of,
)
from decider.reports.models import ShareLink
from decider.reports.services.records import add_entry
from tests.conftest import answer_enough


@pytest.fixture
def guest_key(assessment) -> uuid.UUID:
    """The key of a browser that opened the edit link."""
    key = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=key)
    return key


def kinds(assessment, actor) -> list[str]:
    """What somebody did, the oldest first."""
    found = assessment.changes.filter(actor=actor).order_by("pk")
    return list(found.values_list("kind", flat=True))


def test_changes_of_an_assessment_name_who_made_them(assessment, editor, browser_key, guest_key):
    def send(name, *more, **data):
        assert editor.post(reverse(name, args=[assessment.pk, *more]), data).status_code == 302

    question = next(iter(questionnaire_for(assessment).questions))
    weights = {f"weight-{key}": 7 for key in weights_of(assessment)}
    send("question", question, value="unknown", revision=0)
    send("rename_assessment", title="Bills", revision=0)
    send("assessment_settings", title="Billing", revision=1)
    send("weights", revision=2, **weights)
    token = state_token(Assessment.objects.get(pk=assessment.pk))
    send("apply_what_if", state_token=token, **{f"q-{question}": "n/a"})
    send("revoke_edit_links")
    send("make_owner", assessment.editors.get(holder=guest_key).pk)
    assert kinds(assessment, browser_key) == [
        *("started", "answer", "details", "weights", "edit-link", "owner"),
    ]
    assert answers_of(assessment)[question].value == "n/a"


def test_removing_editors_and_the_assessment_names_who_did_it(
    assessment, editor, browser_key, guest_key
):
    guest = assessment.editors.get(holder=guest_key)
    editor.post(reverse("remove_editor", args=[assessment.pk, guest.pk]))
    for name in ("delete_assessment", "restore_assessment"):
        editor.post(reverse(name, args=[assessment.pk]))
    assert kinds(assessment, browser_key) == ["started", "removed", "deleted", "undeleted"]


def test_reports_links_and_decisions_name_who_made_them(assessment, editor, browser_key):
    answer_enough(assessment)
    editor.post(reverse("save_report", args=[assessment.pk]))
    report = assessment.reports.get()
    editor.post(
        reverse("share", args=[report.pk]), {"label": "Board", "shows": "this", "days": "30"}
    )
    link = ShareLink.objects.get()
    for name in ("revoke_share", "revoke_share", "restore_share", "restore_share"):
        editor.post(reverse(name, args=[report.pk, link.pk]))
    entry = {"status": "rejected", "by": "Ada", "why": "Too dear", "reason": "x", "revision": 1}
    assert editor.post(reverse("record", args=[report.pk]), entry).status_code == 302
    of_report = {"report": str(report.pk), "record": str(report.record)}
    of_link = of_report | {"label": "Board"}
    found = assessment.changes.order_by("pk").values_list("kind", "actor", "details")
    assert list(found)[1:] == [
        ("report", browser_key, of_report),
        ("shared", browser_key, of_link),
        ("unshared", browser_key, of_link),
        ("reshared", browser_key, of_link),
        ("record", browser_key, of_report | {"entry": 2, "status": "rejected"}),
    ]


def test_decision_on_a_report_whose_assessment_is_gone_has_no_history(report):
    Assessment.objects.get().delete()
    add_entry(record=report.record, revision=1, status="rejected", by="Ada", why="Too dear")
    assert not Change.objects.exists()
