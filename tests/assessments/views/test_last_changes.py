"""Names beside what people changed: at answers, and where two saved at once."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from decider.assessments.editors import name_browser
from decider.assessments.models import Assessment, Change
from decider.assessments.services import (
    change_assessment,
    edit_token,
    open_edit_link,
    questionnaire_for,
    state_token,
)
from tests.conftest import give_answer


@pytest.fixture
def key(assessment) -> str:
    """The key of the first question."""
    return next(iter(questionnaire_for(assessment).questions))


@pytest.fixture
def ada(assessment) -> uuid.UUID:
    """The key of a browser that opened the edit link and goes by the name of Ada."""
    ada = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=ada)
    name_browser(browser=ada, name="Ada")
    return ada


def give(assessment, key, actor, *values) -> None:
    """Give these answers, each some minutes after the one before."""
    for value in values:
        give_answer(assessment, key, value, actor=actor)
        QuerySet(Change).update(at=F("at") - timedelta(minutes=6))


def text(response) -> str:
    """The page without tags, white space folded."""
    return " ".join(strip_tags(response.content.decode()).split())


def question_page(client, assessment, key) -> str:
    return text(client.get(reverse("question", args=[assessment.pk, key])))


def test_question_says_how_often_and_by_whom_its_answer_was_changed(
    assessment, editor, key, browser_key, ada
):
    assert "History of this answer" not in question_page(editor, assessment, key)
    give(assessment, key, browser_key, "unknown")
    assert "Answered by you on" in question_page(editor, assessment, key)
    give(assessment, key, ada, "n/a", "unknown")
    page = question_page(editor, assessment, key)
    assert "Changed 2 times, last by Ada on" in page
    assert "History of this answer" in page


def test_review_names_nobody_where_only_one_person_edited(assessment, editor, key, browser_key):
    give(assessment, key, browser_key, "unknown", "n/a")
    assert "by you" not in text(editor.get(reverse("check", args=[assessment.pk])))


def test_review_names_who_changed_each_answer_last(assessment, editor, key, browser_key, ada):
    second = list(questionnaire_for(assessment).questions)[1]
    give(assessment, key, browser_key, "unknown")
    give(assessment, key, ada, "n/a")
    give(assessment, second, browser_key, "unknown")
    changes = editor.get(reverse("check", args=[assessment.pk])).context["last_changes"]
    assert {key: change.actor for key, change in changes.items()} == {
        key: "Ada",
        second: "you",
    }
    assert "Does not apply by Ada, " in text(editor.get(reverse("check", args=[assessment.pk])))


def test_names_on_the_review_take_as_many_queries_for_many_answers(assessment, editor, ada):
    counts = []
    for key in list(questionnaire_for(assessment).questions)[:3]:
        give(assessment, key, ada, "unknown")
        with CaptureQueriesContext(connection) as queries:
            editor.get(reverse("check", args=[assessment.pk]))
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_question_with_a_history_takes_four_queries(
    assessment, editor, key, ada, django_assert_num_queries
):
    give(assessment, key, ada, *["unknown", "n/a"] * 3)
    with django_assert_num_queries(4):
        editor.get(reverse("question", args=[assessment.pk, key]))


@pytest.mark.parametrize(("is_own", "named"), [(False, "Ada"), (True, "you")])
def test_conflict_names_who_saved_the_other_answer(
    assessment, editor, key, browser_key, ada, is_own, named
):
    give(assessment, key, browser_key if is_own else ada, "unknown")
    url = reverse("question", args=[assessment.pk, key])
    response = editor.post(url, {"value": "n/a", "revision": 0})
    assert response.status_code == 409
    assert f"another answer was saved by {named} 6 minutes ago." in text(response)


@pytest.mark.parametrize(("is_own", "who"), [(False, "Ada"), (True, "You")])
def test_stale_form_names_who_changed_it(assessment, editor, key, browser_key, ada, is_own, who):
    actor = browser_key if is_own else ada
    change_assessment(assessment=assessment, revision=0, actor=actor, title="Bills")
    give(assessment, key, browser_key, "unknown")
    url = reverse("rename_assessment", args=[assessment.pk])
    response = editor.post(url, {"title": "Invoices", "revision": 0})
    assert response.status_code == 422
    assert f"{who} changed this in the meantime." in text(response)


def test_trial_names_who_changed_the_assessment(assessment, editor, key, ada):
    token = state_token(Assessment.objects.get(pk=assessment.pk))
    give(assessment, key, ada, "unknown")
    url = reverse("apply_what_if", args=[assessment.pk])
    response = editor.post(url, {f"q-{key}": "n/a", "state_token": token})
    assert response.status_code == 409
    assert "Ada changed the assessment in the meantime" in text(response)


def test_saving_name_and_weights_as_they_are_makes_no_form_stale(assessment, ada):
    change_assessment(assessment=assessment, revision=0, actor=ada, title=assessment.title)
    change_assessment(assessment=assessment, revision=0, actor=ada, title="Bills")
    assert assessment.revision == 1
