"""The page of the history, earlier answers, and restoring them."""

from __future__ import annotations

import uuid

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from decider.assessments.editors import name_browser
from decider.assessments.models import Assessment, Change
from decider.assessments.services import (
    answers_of,
    change_assessment,
    edit_token,
    leave_assessment,
    open_edit_link,
    questionnaire_for,
    weights_of,
)
from decider.assessments.views import history
from decider.web.limits import Limit
from tests.conftest import give_answer


@pytest.fixture
def questions(assessment) -> list:
    """The questions in the order in which they are asked."""
    return list(questionnaire_for(assessment).questions.values())


@pytest.fixture
def guest_key(assessment) -> uuid.UUID:
    """The key of a browser that opened the edit link and goes by the name of Ada."""
    key = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=key)
    name(key, "Ada")
    return key


def name(key, called) -> None:
    """Let a browser go by a name."""
    name_browser(browser=key, name=called)


@pytest.fixture
def changed(assessment, questions, browser_key, guest_key) -> Change:
    """The owner's answer to the first question, which Ada changed."""
    give_answer(
        assessment,
        questions[0].key,
        questions[0].choices[0].key,
        actor=browser_key,
        note="Seen\n<b>it</b>",
    )
    give_answer(assessment, questions[0].key, "unknown", actor=guest_key)
    return Change.objects.get(before__isnull=False)


def address(assessment, **query) -> str:
    """The address of the history."""
    return reverse("history", args=[assessment.pk], query=query)


def of_change(name, change) -> str:
    """An address of a change."""
    return reverse(name, args=[change.assessment_id, change.pk])


def entries(client, assessment, **query) -> list[tuple[str, str]]:
    """Who did what on the page of the history."""
    shown = client.get(address(assessment, **query)).context["entries"]
    return [(entry.actor, entry.change.kind) for entry in shown]


def test_history_says_who_changed_what_into_what(changed, assessment, editor, questions):
    newest, oldest, *_ = editor.get(address(assessment)).context["entries"]
    first = questions[0].choices[0].label
    assert (newest.actor, newest.before.label, newest.after.label) == ("Ada", first, "I don’t know")
    assert (oldest.actor, oldest.before, oldest.after.label) == ("Browser 1", None, first)
    page = editor.get(address(assessment)).content.decode()
    assert "Seen\n&lt;b&gt;it&lt;/b&gt;" in page
    assert questions[0].text in page


def test_what_came_next_is_what_the_next_change_replaced(
    assessment, editor, questions, browser_key, guest_key
):
    keys = [choice.key for choice in questions[0].choices[:2]]
    for number, value in enumerate([*keys, "unknown"]):
        give_answer(assessment, questions[0].key, value, actor=(browser_key, guest_key)[number % 2])
    shown = editor.get(address(assessment, question=questions[0].key)).context["entries"]
    labels = [choice.label for choice in questions[0].choices[:2]]
    assert [(e.before and e.before.label, e.after.label) for e in shown] == [
        (labels[1], "I don’t know"),
        (labels[0], labels[1]),
        (None, labels[0]),
    ]


def test_weights_name_and_context_are_shown_before_and_after(assessment, editor, guest_key):
    weights = weights_of(assessment)
    section = questionnaire_for(assessment).sections[0]
    change_assessment(assessment=assessment, revision=0, actor=guest_key, title="Bills")
    change_assessment(
        assessment=assessment,
        revision=1,
        actor=guest_key,
        weights=weights | {section.key: 7},
    )
    newest, older, *_ = editor.get(address(assessment)).context["entries"]
    (weight,), (title,) = newest.parts, older.parts
    assert (weight.name, weight.before, weight.after) == (
        *(section.title, str(weights[section.key]), "7"),
    )
    assert (title.name, title.before, title.after) == ("Name", "Billing", "Bills")


def test_history_of_a_question_or_a_person_is_found(
    changed, assessment, editor, questions, browser_key
):
    give_answer(assessment, questions[1].key, "unknown", actor=browser_key)
    assert entries(editor, assessment) == [
        ("Browser 1", "answer"),
        ("Ada", "answer"),
        ("Browser 1", "answer"),
        ("Ada", "joined"),
        ("Browser 1", "started"),
    ]
    assert entries(editor, assessment, question=questions[1].key) == [("Browser 1", "answer")]
    assert entries(editor, assessment, person="2") == [("Ada", "answer"), ("Ada", "joined")]
    assert entries(editor, assessment, person="2", question=questions[0].key) == [
        ("Ada", "answer"),
    ]


@pytest.mark.parametrize("query", [{"person": "3"}, {"person": "x"}, {"question": "none"}])
def test_filter_that_names_nothing_is_told_and_shows_all(changed, assessment, editor, query):
    response = editor.get(address(assessment, **query))
    assert (response.status_code, list(response.context["form"].errors)) == (422, list(query))
    assert len(response.context["entries"]) == 4


def test_long_history_has_pages(assessment, editor, questions, guest_key, monkeypatch):
    monkeypatch.setattr(history, "PAGE_SIZE", 2)
    for question in questions[:3]:
        give_answer(assessment, question.key, "unknown", actor=guest_key)
    page = editor.get(address(assessment, person="2")).content.decode()
    assert "4 changes, page 1 of 2" in page
    assert 'href="?person=2&amp;page=2" rel="next"' in page
    assert len(entries(editor, assessment, page="3")) == 1


def test_page_takes_as_many_queries_for_many_changes_as_for_few(
    changed, assessment, editor, questions, guest_key, django_assert_num_queries
):
    for count in (1, 10):
        for question in questions[:count]:
            give_answer(assessment, question.key, "n/a", actor=guest_key)
        editor.get(address(assessment))  # whoever is signed in is remembered
        with django_assert_num_queries(7):
            editor.get(address(assessment))


def test_whoever_left_is_named_by_the_name_they_have_or_as_somebody_who_left(
    changed, assessment, editor, guest_key
):
    leave_assessment(assessment=assessment, browser=guest_key)
    assert entries(editor, assessment)[:2] == [("Ada", "left"), ("Ada", "answer")]
    name(guest_key, "")
    assert entries(editor, assessment)[0] == ("Somebody who left", "left")


def test_earlier_answer_is_shown_in_full(changed, editor, questions):
    page = editor.get(of_change("earlier_state", changed)).content.decode()
    assert questions[0].choices[0].label in page
    assert "Seen<br>&lt;b&gt;it&lt;/b&gt;" in page
    assert "Restore this answer" in page


def test_restored_answer_is_the_present_one_and_its_predecessor_is_kept(
    changed, assessment, editor, questions, browser_key
):
    question = questions[0]
    response = editor.post(of_change("restore_state", changed), {"revision": 2})
    assert response.url == address(assessment, question=question.key)
    present = answers_of(assessment)[question.key]
    assert (present.value, present.note) == (question.choices[0].key, "Seen\n<b>it</b>")
    newest = Change.objects.first()
    assert (newest.actor, newest.before, newest.details) == (
        browser_key,
        {"value": "unknown", "note": ""},
        {"restored": changed.pk},
    )
    page = editor.get(of_change("earlier_state", changed)).content.decode()
    assert "Restore this answer" not in page


def test_answer_that_was_changed_in_the_meantime_is_not_replaced(
    changed, assessment, editor, questions, guest_key
):
    give_answer(assessment, questions[0].key, "n/a", actor=guest_key, note="Theirs")
    response = editor.post(of_change("restore_state", changed), {"revision": 2})
    page = response.content.decode()
    assert response.status_code == 409
    assert "The answer was changed in the meantime" in page
    assert "Theirs" in page
    assert 'name="revision" value="3"' in page
    assert answers_of(assessment)[questions[0].key].note == "Theirs"
    assert editor.post(of_change("restore_state", changed), {"revision": 3}).status_code == 302
    assert answers_of(assessment)[questions[0].key].value == questions[0].choices[0].key


def test_damaged_form_restores_nothing_and_says_so(changed, assessment, editor, questions):
    response = editor.post(of_change("restore_state", changed), {"revision": "x"})
    assert response.status_code == 422
    assert "This page is damaged or very old." in response.content.decode()
    assert answers_of(assessment)[questions[0].key].value == "unknown"


def test_only_replaced_answers_of_this_assessment_can_be_opened(changed, assessment, editor):
    other = Assessment.objects.create(version=assessment.version, title="Other")
    first = Change.objects.get(kind="answer", before__isnull=True)
    for change in (first, Change.objects.get(kind="joined")):
        assert editor.get(of_change("earlier_state", change)).status_code == 404
    assert editor.get(reverse("earlier_state", args=[assessment.pk, 2**70])).status_code == 404
    elsewhere = reverse("earlier_state", args=[other.pk, changed.pk])
    assert editor.get(elsewhere).status_code == 404
    QuerySet(Change).filter(pk=changed.pk).update(assessment=other)
    moved = reverse("restore_state", args=[assessment.pk, changed.pk])
    assert editor.post(moved, {"revision": 2}).status_code == 404


@pytest.fixture
def weighed(assessment, guest_key) -> Change:
    """Ada's change of the weight of the first section to 7."""
    weights = weights_of(assessment) | {first_section(assessment).key: 7}
    change_assessment(assessment=assessment, revision=0, actor=guest_key, weights=weights)
    return Change.objects.get(kind="weights")


@pytest.fixture
def renamed(assessment, guest_key) -> Change:
    """Ada's change of the name to "Bills"."""
    change_assessment(assessment=assessment, revision=0, actor=guest_key, title="Bills")
    return Change.objects.get(kind="details")


def first_section(assessment):
    """The section that is asked first."""
    return questionnaire_for(assessment).sections[0]


def reread(assessment) -> Assessment:
    """The assessment as it is saved now."""
    return Assessment.objects.get(pk=assessment.pk)


def test_earlier_weights_are_shown_beside_those_of_now_and_restored(
    weighed, assessment, editor, browser_key
):
    link = of_change("earlier_state", weighed)
    assert f'href="{link}"' in editor.get(address(assessment)).content.decode()
    section = first_section(assessment)
    shown = editor.get(link).context["earlier"]
    (part,) = shown.parts
    assert (part.name, part.before, part.after) == (section.title, str(section.weight), "7")
    response = editor.post(of_change("restore_state", weighed), {"revision": 1})
    assert response.url == address(assessment)
    assert weights_of(reread(assessment)) == weighed.before
    newest = Change.objects.first()
    assert (newest.actor, newest.kind, newest.before[section.key], newest.details) == (
        browser_key,
        "weights",
        7,
        {"restored": weighed.pk},
    )
    assert "restored earlier weights" in editor.get(address(assessment)).content.decode()
    again = editor.get(link)
    assert "The same as before the change." in again.content.decode()
    assert "Restore these weights" not in again.content.decode()
    assert len(again.context["earlier"].parts) == len(weighed.before)


def test_earlier_weights_are_restored_all_together(weighed, assessment, editor, guest_key):
    other = dict.fromkeys(weighed.before, 0) | {first_section(assessment).key: 7}
    change_assessment(assessment=assessment, revision=1, actor=guest_key, weights=other)
    editor.post(of_change("restore_state", weighed), {"revision": 2})
    assert weights_of(reread(assessment)) == weighed.before


def test_of_name_and_context_what_the_change_replaced_is_restored(
    renamed, assessment, editor, guest_key
):
    change_assessment(assessment=assessment, revision=1, actor=uuid.uuid4(), context="Later")
    page = editor.get(of_change("earlier_state", renamed)).content.decode()
    assert "An earlier name" in page
    assert "Later" not in page
    editor.post(of_change("restore_state", renamed), {"revision": 2})
    assert (reread(assessment).title, reread(assessment).context) == ("Billing", "Later")
    assert "restored an earlier name" in editor.get(address(assessment)).content.decode()
    context = Change.objects.filter(kind="details").order_by("pk")[1]
    assert "An earlier context" in editor.get(of_change("earlier_state", context)).content.decode()
    editor.post(of_change("restore_state", context), {"revision": 3})
    assert (reread(assessment).title, reread(assessment).context) == (
        *("Billing", "Invoices since 2009"),
    )


@pytest.mark.parametrize("kind", ["weighed", "renamed"])
def test_weights_and_names_that_were_changed_in_the_meantime_are_not_replaced(
    kind, request, assessment, editor, guest_key
):
    change = request.getfixturevalue(kind)
    later = dict.fromkeys(weights_of(assessment), 3)
    change_assessment(
        assessment=assessment, revision=1, actor=guest_key, title="Theirs", weights=later
    )
    response = editor.post(of_change("restore_state", change), {"revision": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "were changed in the meantime" in page
    assert 'name="revision" value="2"' in page
    assert {part.after for part in response.context["earlier"].parts} == (
        {"3"} if kind == "weighed" else {"Theirs"}
    )
    assert (reread(assessment).title, weights_of(reread(assessment))) == ("Theirs", later)
    assert editor.post(of_change("restore_state", change), {"revision": 2}).status_code == 302
    restored = (reread(assessment).title == "Billing", weights_of(reread(assessment)) != later)
    assert restored == (kind == "renamed", kind == "weighed")


def test_address_of_the_form_leads_to_the_answer(changed, editor):
    response = editor.get(of_change("restore_state", changed))
    assert response.url == of_change("earlier_state", changed)


def test_settings_and_review_lead_to_the_history(assessment, editor):
    for page in ("assessment_settings", "check"):
        text = editor.get(reverse(page, args=[assessment.pk])).content.decode()
        assert f'href="{address(assessment)}"' in text


def test_whoever_changes_what_is_saved_too_often_has_to_wait_and_changes_nothing(
    changed, assessment, editor, questions, guest_key, settings, monkeypatch
):
    settings.LIMITS = True
    monkeypatch.setattr("decider.assessments.history.CHANGES", Limit("test", times=1, seconds=600))
    key = questions[0].key
    url = reverse("question", args=[assessment.pk, key])
    answered = [editor.post(url, {"value": "n/a", "revision": 2}).status_code]
    give_answer(assessment, questions[0].key, "unknown", actor=guest_key)
    answered.append(editor.post(url, {"value": "n/a", "revision": 4}).status_code)
    assert answered == [302, 429]
    assert answers_of(assessment)[key].value == "unknown"
    first = reverse("question", args=[assessment.pk, questions[1].key])
    assert editor.post(first, {"value": "n/a", "revision": 0}).status_code == 302
