"""One question a page, with and without HTMX."""

import re

import pytest
from django.core.cache import caches
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape

from decider.assessments.forms.answers import QuestionForm
from decider.assessments.models import Answer
from decider.assessments.services import (
    answers_of,
    questionnaire_for,
    start_assessment,
    walk_through,
)
from decider.assessments.step import Step
from decider.questionnaires.example import example_answers
from decider.questionnaires.versions import load_questionnaire
from tests import heating


@pytest.fixture
def questions(assessment):
    return list(questionnaire_for(assessment).questions.values())


@pytest.fixture
def url(assessment, questions):
    return reverse("question", args=[assessment.pk, questions[0].key])


def url_after(assessment, question):
    walk = walk_through(assessment, answers_of(assessment))
    return reverse("question", args=[assessment.pk, walk.next_after(question.key).key])


def post(client, url, htmx=False, **data):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(url, {"revision": 0, "note": "", **data}, headers=headers)


def test_question_offers_choices_unknown_and_does_not_apply(editor, url, questions):
    form = editor.get(url).context["form"]
    values = [value for value, _ in form.fields["value"].choices]
    assert values == [*(c.key for c in questions[0].choices), "unknown", "n/a"]


def test_answer_is_saved_and_leads_on(editor, url, assessment, questions):
    choice = questions[0].choices[0].key
    response = post(editor, url, value=choice, note="As in the audit")
    saved = Answer.objects.get(assessment=assessment)
    assert (saved.question_key, saved.value, saved.note, saved.revision) == (
        questions[0].key,
        choice,
        "As in the audit",
        1,
    )
    assert response.status_code == 302
    assert response.url == url_after(assessment, questions[0])


def test_htmx_saves_and_gets_the_next_question_in_one_request(editor, url, assessment, questions):
    response = post(editor, url, htmx=True, value="unknown")
    assert response.headers["HX-Push-Url"] == url_after(assessment, questions[0])
    assert response.context["step"].question != questions[0]
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response.headers["Vary"]


def test_history_restore_gets_the_full_page(editor, url):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in editor.get(url, headers=headers).content.decode()


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("data", [{}, {"value": "no-such-choice"}])
def test_missing_or_unknown_choice_is_told_at_the_field_and_the_note_kept(editor, url, htmx, data):
    response = post(editor, url, htmx=htmx, note="Ask the vendor", **data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["value"]
    assert "Ask the vendor" in response.content.decode()
    assert not Answer.objects.exists()


def test_too_long_note_is_told_at_the_field_and_kept(editor, url):
    response = post(editor, url, value="unknown", note="x" * 4001)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["note"]
    assert "x" * 4001 in response.content.decode()


def test_stale_save_shows_both_answers_and_changes_nothing(editor, url, questions):
    theirs, mine = questions[0].choices[0], questions[0].choices[1]
    post(editor, url, value=theirs.key, note="theirs")
    response = post(editor, url, value=mine.key, note="mine")
    assert response.status_code == 409
    text = response.content.decode()
    assert "theirs" in text
    assert "mine" in text
    assert Answer.objects.get().value == theirs.key


def test_stale_save_can_be_settled_either_way(editor, url, questions):
    theirs, mine = questions[0].choices[0], questions[0].choices[1]
    post(editor, url, value=theirs.key)
    shown = post(editor, url, value=mine.key).context["form"]
    post(editor, url, value=mine.key, resolve="theirs", revision=shown["revision"].value())
    assert Answer.objects.get().value == theirs.key
    post(editor, url, value=mine.key, resolve="mine", revision=shown["revision"].value())
    assert Answer.objects.get().value == mine.key


def test_the_same_answer_twice_is_no_conflict(editor, url):
    assert post(editor, url, value="unknown").status_code == 302
    assert post(editor, url, value="unknown").status_code == 302
    assert Answer.objects.get().revision == 1


def test_saved_answer_is_shown_again(editor, url):
    post(editor, url, value="unknown", note="Ask the vendor")
    form = editor.get(url).context["form"]
    assert (form["value"].value(), form["note"].value(), form["revision"].value()) == (
        "unknown",
        "Ask the vendor",
        1,
    )


def test_page_checks_the_choice_that_is_saved_now(editor, url):
    for seen, value in enumerate(["unknown", "n/a"]):
        post(editor, url, value=value, revision=seen)
        page = editor.get(url).content.decode()
        assert re.findall(r'value="([^"]+)" checked', page) == [value]


def test_form_with_ids_of_its_own_leaves_those_of_other_forms_alone(
    editor, url, assessment, questions
):
    caches["template_fragments"].clear()
    other = {
        "assessment": assessment,
        "step": Step(assessment, {}, questions[0]),
        "form": QuestionForm(questions[0], auto_id="other_%s"),
    }
    assert 'id="other_note"' in render_to_string("assessments/_answer.html", other)
    page = editor.get(url).content.decode()
    assert 'id="id_note"' in page
    assert "other_" not in page


def test_change_from_the_check_page_returns_there(editor, url, assessment, questions):
    back = reverse("check", args=[assessment.pk]) + f"#{questions[0].key}"
    assert post(editor, url, value="unknown", return_to="check").url == back
    htmx = post(editor, url, htmx=True, value="unknown", return_to="check")
    assert htmx.headers["HX-Redirect"] == back


def test_unknown_question_is_not_found(editor, assessment):
    url = reverse("question", args=[assessment.pk, "no-such-question"])
    assert editor.get(url).status_code == 404
    assert post(editor, url, value="unknown").status_code == 404


@pytest.mark.parametrize("answered", [1, 3])
def test_step_takes_eight_queries(
    editor, assessment, questions, answered, django_assert_num_queries
):
    for question in questions[:answered]:
        post(editor, reverse("question", args=[assessment.pk, question.key]), value="unknown")
    url = reverse("question", args=[assessment.pk, questions[answered].key])
    with django_assert_num_queries(8):
        post(editor, url, htmx=True, value="unknown")


def test_quick_path_begins_with_the_most_decisive_question_and_goes_on_so(editor, assessment):
    first = editor.get(reverse("quick", args=[assessment.pk])).url
    assert first.endswith("?return_to=quick")
    following = post(editor, first, value="unknown", return_to="quick").url
    assert following.endswith("?return_to=quick")
    assert following != first


def test_quick_path_ends_at_the_check_page(editor, assessment, questions):
    url = editor.get(reverse("quick", args=[assessment.pk])).url
    for _ in range(len(questions)):
        if "/questions/" not in url:
            break
        value = editor.get(url).context["step"].question.choices[0].key
        url = post(editor, url, value=value, return_to="quick").url
    assert url == reverse("check", args=[assessment.pk])
    assert len(answers_of(assessment)) < len(questions)


NOTHING_OPEN = "No open question can change what comes first any more."
NOTHING_UNANSWERED = "No unanswered question can change what comes first any more."
FOUND_OUT = "What you answered with “I don’t know” still can, once you find it out."


def answer_all(assessment, **others):
    answers = dict(example_answers(assessment.version).answers) | others
    Answer.objects.bulk_create(
        Answer(assessment=assessment, question_key=key, value=value)
        for key, value in answers.items()
    )


def test_end_of_the_quick_path_speaks_of_unknown_answers_only_where_they_matter(
    editor, assessment, questions
):
    answer_all(assessment)
    text = editor.get(reverse("quick", args=[assessment.pk]), follow=True).content.decode()
    assert NOTHING_OPEN in text
    assert "still can, once" not in text
    Answer.objects.all().delete()
    answer_all(assessment, **dict.fromkeys(("end-state", "whose-code", "splits"), "unknown"))
    text = editor.get(reverse("quick", args=[assessment.pk]), follow=True).content.decode()
    assert f"{NOTHING_UNANSWERED} {FOUND_OUT}" in text


def test_question_calls_the_ranking_settled_only_where_unknown_answers_can_not_change_it(
    editor, assessment, url
):
    assert '<span class="count">can still change</span>' in editor.get(url).content.decode()
    answer_all(assessment, **dict.fromkeys(("end-state", "whose-code", "splits"), "unknown"))
    text = editor.get(url).content.decode()
    assert f"{NOTHING_UNANSWERED} {FOUND_OUT} <a" in text
    assert '<span class="count">can still change</span>' in text
    Answer.objects.all().delete()
    answer_all(assessment)
    text = editor.get(url).content.decode()
    assert f"{NOTHING_OPEN} <a" in text
    assert '<span class="count">settled</span>' in text


def positions(editor, url, choose):
    """The position that each question shows, from this address on; `choose` picks the answer."""
    shown = []
    while "/questions/" in url:
        step = editor.get(url).context["step"]
        shown.append(step.position)
        asked_from = "quick" if url.endswith("=quick") else ""
        url = post(editor, url, value=choose(step.question), return_to=asked_from).url
    return shown


@pytest.mark.parametrize("place", [0, -1])
def test_questions_are_counted_within_bounds_that_only_narrow(editor, url, place):
    shown = positions(editor, url, lambda question: question.choices[place].key)
    bounds = [re.fullmatch(r"Question (\d+) of (\d+)(?: to (\d+))?", words) for words in shown]
    places, least, most = zip(
        *([int(n) for n in (b[1], b[2], b[3] or b[2])] for b in bounds), strict=True
    )
    assert list(places) == list(range(1, len(shown) + 1))
    assert sorted(least) == list(least)
    assert sorted(most, reverse=True) == list(most)
    assert least[-1] == most[-1] == len(shown)


def test_quick_path_counts_what_was_answered_and_how_many_there_can_be(editor, assessment):
    url = editor.get(reverse("quick", args=[assessment.pk])).url
    shown = positions(editor, url, lambda question: question.choices[0].key)
    counts = [
        re.fullmatch(r"Quick path: question (\d+) of at most (\d+)", words) for words in shown
    ]
    assert [int(count[1]) for count in counts] == list(range(1, len(shown) + 1))
    most = [int(count[2]) for count in counts]
    assert sorted(most, reverse=True) == most
    assert len(shown) <= most[-1]


def test_quick_path_leads_back_to_the_question_answered_last_and_offers_no_skipping(
    editor, assessment
):
    first = editor.get(reverse("quick", args=[assessment.pk])).url
    assert editor.get(first).context["step"].previous is None
    second = post(editor, first, value="unknown", return_to="quick").url
    page = editor.get(second)
    assert page.context["step"].previous.url == first
    assert "Skip for now" not in page.content.decode()
    assert editor.get(first).context["step"].position.startswith("Quick path: question 1 of")


def test_htmx_says_that_the_answer_is_saved(editor, url):
    assert "Saved" not in editor.get(url).content.decode()
    text = post(editor, url, htmx=True, value="unknown").content.decode()
    assert 'hx-swap-oob="innerHTML">Saved. Question 2 of' in text


def cited(choice):
    """The quotations that the judgement of a choice rests on."""
    return {key for evidence in choice.evidence.values() for key in evidence.quotations}


def test_what_sources_say_is_grouped_by_the_choice_that_it_speaks_to(editor, assessment, questions):
    asked = next(q for q in questions if q.shown_when is None and all(map(cited, q.choices)))
    url = reverse("question", args=[assessment.pk, asked.key])
    step = editor.get(url).context["step"]
    sides = [side for dispute in step.disputes for side in (dispute.a, dispute.b)]
    disputed = {quotation.key for side in sides for quotation in side.quotations}
    expected = {choice.label: cited(choice) - disputed for choice in asked.choices}
    expected[""] = set(asked.quotations).difference(disputed, *map(cited, asked.choices))
    assert {group.choice: {q.key for q in group.quotations} for group in step.sources} == {
        choice: keys for choice, keys in expected.items() if keys
    }


def test_each_version_shows_what_its_own_sources_say(db, editor, browser_key):
    said = ["likes its water lukewarm", "is at its best with floor heating"]
    for words in said * 2:
        with transaction.atomic():
            version, _ = load_questionnaire(text=heating.TEXT.replace(said[0], words))
            own = start_assessment(version=version, title="A", context="", browser=browser_key)
            url = reverse("question", args=[own.pk, "walls"])
            for _ in range(2):
                text = editor.get(url).content.decode()
                assert [one in text for one in said] == [one == words for one in said]
            # On SQLite, the version that is loaded next gets the same id.
            transaction.set_rollback(True)


def test_forged_way_back_is_ignored(editor, url):
    assert editor.get(f"{url}?return_to=//evil.example").context["form"]["return_to"].value() == ""


def test_contradicting_answers_are_pointed_out_with_links(editor, assessment):
    questionnaire = questionnaire_for(assessment)
    conflict = next(c for c in questionnaire.conflicts if is_askable(questionnaire, c))
    for key, choices in conflict.when.items():
        page = post(
            editor,
            reverse("question", args=[assessment.pk, key]),
            htmx=True,
            value=choices[0],
        )
    text = page.content.decode()
    assert escape(conflict.message) in text
    for key in conflict.when:
        assert reverse("question", args=[assessment.pk, key]) in text


def is_askable(questionnaire, conflict):
    return all(questionnaire.questions[key].shown_when is None for key in conflict.when)


def test_revision_of_an_answer_that_never_was_saves_it_as_the_first(editor, url):
    assert post(editor, url, value="unknown", revision=5).status_code == 302
    assert Answer.objects.get().revision == 1
