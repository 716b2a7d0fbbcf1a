"""The history of an assessment: what is added to it, and that it is only added to."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db.models import F, QuerySet

from decider.assessments.editors import hand_over
from decider.assessments.history import ONE_CHANGE
from decider.assessments.lifecycle import (
    delete_assessment,
    duplicate_assessment,
    purge_assessment,
    restore_assessment,
)
from decider.assessments.models import Assessment, Change, ChangeKind
from decider.assessments.services import (
    StaleAnswer,
    StaleAssessment,
    answer_question,
    answers_of,
    apply_tried,
    change_assessment,
    edit_token,
    leave_assessment,
    open_edit_link,
    questionnaire_for,
    remove_editor,
    revoke_edit_links,
    start_from_answers,
    state_token,
    weights_of,
)
from decider.base.frozen import Frozen
from decider.questionnaires.example import example_answers
from tests.conftest import give_answer

ADA, BO = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def key(assessment) -> str:
    """The key of the first question."""
    return next(iter(questionnaire_for(assessment).questions))


def later() -> None:
    """So much later that the next change is one of its own."""
    QuerySet(Change).update(at=F("at") - ONE_CHANGE - timedelta(seconds=1))


def answer(assessment, key, value, actor=ADA, **more):
    """Answer as Ada, or as somebody else."""
    give_answer(assessment, key, value, actor=actor, **more)


def changes(assessment, kind=ChangeKind.ANSWER) -> list[tuple[object, object]]:
    """Who replaced what, the oldest first."""
    found = assessment.changes.filter(kind=kind).order_by("pk")
    return list(found.values_list("actor", "before"))


def said(value, note="") -> dict[str, str]:
    """An answer as the history keeps it."""
    return {"value": value, "note": note}


def test_each_change_of_an_answer_keeps_what_it_replaced(assessment, key):
    answer(assessment, key, "unknown", ADA, note="Ask the vendor")
    answer(assessment, key, "n/a", BO)
    answer(assessment, key, "n/a", ADA, note="Really")
    assert changes(assessment) == [
        (ADA, None),
        (BO, said("unknown", "Ask the vendor")),
        (ADA, said("n/a")),
    ]
    assert {change.question_key for change in Change.objects.filter(kind="answer")} == {key}


def test_answer_saved_again_as_it_is_is_no_change(assessment, key):
    answer(assessment, key, "unknown")
    later()
    answer(assessment, key, "unknown", BO)
    assert changes(assessment) == [(ADA, None)]


def test_refused_answer_is_no_change(assessment, key):
    answer(assessment, key, "unknown")
    with pytest.raises(StaleAnswer):
        answer_question(
            assessment=assessment, question_key=key, value="n/a", note="", revision=0, actor=BO
        )
    assert changes(assessment) == [(ADA, None)]


def test_what_one_person_changes_again_at_once_is_one_change(assessment, key):
    for value in ("unknown", "n/a"):
        answer(assessment, key, value)
    later()
    for value in ("unknown", "n/a", "unknown"):
        answer(assessment, key, value, note="Later")
    assert changes(assessment) == [(ADA, None), (ADA, said("n/a"))]


def test_answer_of_somebody_in_between_is_kept(assessment, key):
    for actor, value in ((ADA, "unknown"), (BO, "n/a"), (ADA, "unknown")):
        answer(assessment, key, value, actor)
    assert changes(assessment) == [(ADA, None), (BO, said("unknown")), (ADA, said("n/a"))]


def test_changes_of_nobody_known_are_never_one(assessment, key):
    for value in ("unknown", "n/a"):
        answer(assessment, key, value, None)
    assert changes(assessment) == [(None, None), (None, said("unknown"))]


def test_restored_answer_is_a_change_of_its_own(assessment, key):
    answer(assessment, key, "unknown")
    later()
    answer(assessment, key, "n/a")
    change = Change.objects.get(before__isnull=False)
    for value, restored in (("unknown", change.pk), ("n/a", None)):
        answer(assessment, key, value, restored=restored)
    newest = Change.objects.filter(kind=ChangeKind.ANSWER)
    assert list(newest.values_list("before__value", "details")[:3]) == [
        ("unknown", {}),
        ("n/a", {"restored": change.pk}),
        ("unknown", {}),
    ]


def test_change_of_title_and_weights_keeps_what_was_there(assessment):
    weights = weights_of(assessment)
    other = {section: 100 - weight for section, weight in weights.items()}
    change_assessment(assessment=assessment, revision=0, actor=ADA, title="Bills", context="")
    change_assessment(assessment=assessment, revision=1, actor=BO, weights=other)
    assert changes(assessment, ChangeKind.DETAILS) == [
        (ADA, {"title": "Billing", "context": "Invoices since 2009"})
    ]
    assert changes(assessment, ChangeKind.WEIGHTS) == [(BO, weights)]


def test_defaults_saved_as_weights_and_a_stale_form_are_no_change(assessment):
    weights = weights_of(assessment)
    change_assessment(assessment=assessment, revision=0, actor=ADA, weights=weights)
    with pytest.raises(StaleAssessment):
        change_assessment(assessment=assessment, revision=1, actor=ADA, title="Bills")
    assert set(Change.objects.values_list("kind", flat=True)) == {ChangeKind.STARTED}


def test_tried_answers_and_weights_that_are_kept_are_changes(assessment, key):
    answer(assessment, key, "unknown", note="Ask")
    assessment.refresh_from_db()
    second = list(questionnaire_for(assessment).questions)[1]
    weights = weights_of(assessment)
    apply_tried(
        assessment=assessment,
        answers={key: "n/a", second: "unknown"},
        weights=dict.fromkeys(weights, 7),
        token=state_token(assessment),
        actor=BO,
    )
    assert changes(assessment) == [(ADA, None), (BO, said("unknown", "Ask")), (BO, None)]
    assert changes(assessment, ChangeKind.WEIGHTS) == [(BO, weights)]


def test_who_edits_and_whose_it_is_is_kept(assessment, browser_key):
    for guest in (ADA, BO):
        open_edit_link(token=edit_token(assessment), browser=guest)
        open_edit_link(token=edit_token(assessment), browser=guest)
    leave_assessment(assessment=assessment, browser=BO)
    leave_assessment(assessment=assessment, browser=BO)
    revoke_edit_links(assessment=assessment, actor=browser_key)
    ada = assessment.editors.get(holder=ADA)
    hand_over(assessment=assessment, owner=browser_key, editor=ada, actor=browser_key)
    remove_editor(editor=assessment.editors.get(holder=browser_key), actor=ADA)
    found = assessment.changes.order_by("pk").values_list("kind", "actor", "details")
    assert list(found) == [
        ("started", browser_key, {}),
        ("joined", ADA, {}),
        ("joined", BO, {}),
        ("left", BO, {}),
        ("edit-link", browser_key, {}),
        ("owner", browser_key, {"whom": str(ADA)}),
        ("removed", ADA, {"whom": str(browser_key)}),
    ]


def test_copy_and_file_begin_a_history_of_their_own(assessment, key):
    answer(assessment, key, "unknown")
    copy = duplicate_assessment(assessment=assessment, browser=BO)
    example = example_answers(assessment.version)
    read = start_from_answers(version=assessment.version, answers=example, browser=BO)
    kept = [list(a.changes.values_list("kind", "actor", "details")) for a in (copy, read)]
    assert kept == [[("started", BO, {"source": source})] for source in ("copy", "file")]


def test_deletion_is_kept_until_the_assessment_is_gone_for_good(assessment):
    delete_assessment(assessment=assessment, actor=ADA)
    restore_assessment(assessment=assessment, actor=BO)
    assert list(assessment.changes.values_list("kind", "actor")[:2]) == [
        ("undeleted", BO),
        ("deleted", ADA),
    ]
    delete_assessment(assessment=assessment)
    purge_assessment(assessment=assessment)
    assert not Change.objects.exists()


def test_changes_can_be_neither_changed_nor_deleted(assessment):
    change = assessment.changes.get()
    change.actor = BO
    for forbidden in (
        change.save,
        change.delete,
        assessment.changes.all().delete,
        lambda: assessment.changes.update(actor=BO),
    ):
        with pytest.raises(Frozen):
            forbidden()
    assert Change.objects.get().actor != BO


def test_change_and_its_history_are_saved_together_or_not_at_all(assessment, key, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(Change.objects, "bulk_create", fail)
    before = Assessment.objects.values_list("updated_at", "title", "weights").get()
    with pytest.raises(RuntimeError):
        answer(assessment, key, "unknown")
    with pytest.raises(RuntimeError):
        change_assessment(assessment=assessment, revision=0, title="Bills")
    assert answers_of(assessment) == {}
    assert Assessment.objects.values_list("updated_at", "title", "weights").get() == before
