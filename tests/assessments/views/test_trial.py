"""Trying answers and weights on a result: shown at once, saved only when kept."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse
from django.utils.html import escape

from decider.assessments import comparisons, services
from decider.assessments.models import Answer
from decider.assessments.services import answer_question, document_of, questionnaire_for

HTMX = {"HX-Request": "true"}


@pytest.fixture
def answered(assessment):
    questions = [q for q in questionnaire_for(assessment).questions.values() if not q.shown_when]
    for question in questions:
        answer_question(
            assessment=assessment,
            question_key=question.key,
            value=question.choices[0].key,
            note=f"note on {question.key}",
            revision=0,
        )
    return questions


@pytest.fixture
def url(assessment):
    return reverse("result", args=[assessment.pk])


def alternatives(response):
    return {
        row.name: (row.before, row.after) for row in response.context["comparison"].alternatives
    }


def test_untried_address_shows_the_saved_result_and_compares_nothing(editor, answered, url):
    response = editor.get(url)
    assert response.context["comparison"] is None
    assert 'id="trial"' not in response.content.decode()


def test_former_address_leads_to_the_result_with_what_is_tried(editor, answered, url, assessment):
    former = reverse("what_if", args=[assessment.pk])
    assert editor.get(former).url == url
    assert editor.get(f"{former}?q-subject=part&w-security=10").url == (
        f"{url}?q-subject=part&w-security=10"
    )


def test_tried_answer_changes_the_ranking_and_saves_nothing(editor, answered, url, assessment):
    before = document_of(assessment=assessment)
    question = answered[0]
    response = editor.get(url, {f"q-{question.key}": question.choices[1].key})
    changed = response.context["comparison"].questions
    assert question.key in [row.key for row in changed]
    assert any(before != after for before, after in alternatives(response).values())
    assert document_of(assessment=assessment) == before


def parameters(address):
    return dict(parse_qsl(urlsplit(address).query))


def test_address_keeps_only_what_differs_from_the_saved_state(editor, answered, url):
    first, second = answered[0], answered[1]
    tried = {f"q-{first.key}": first.choices[1].key}
    given = {**tried, f"q-{second.key}": second.choices[0].key, "q-state": "", "w-security": ""}
    response = editor.get(url, given)
    assert response.status_code == 302
    assert parameters(response["Location"]) == tried
    assert editor.get(response["Location"]).status_code == 200
    pushed = editor.get(url, given, headers=HTMX)["HX-Push-Url"]
    assert pushed == response["Location"]


def test_untried_address_is_bare(editor, answered, url):
    question = answered[0]
    assert editor.get(url, {f"q-{question.key}": question.choices[0].key})["Location"] == url


def test_empty_value_is_what_was_saved_since(editor, answered, url, assessment):
    name = f"q-{answered[2].key}"
    shown = editor.get(url, {name: "", "w-security": "10"}, follow=True)
    assert answered[2].key not in [row.key for row in shown.context["comparison"].questions]
    posted = {name: "", "w-security": "10", "state_token": shown.context["trial"].state_token}
    editor.post(reverse("apply_what_if", args=[assessment.pk]), posted)
    assert Answer.objects.get(question_key=answered[2].key).value == answered[2].choices[0].key
    assessment.refresh_from_db()
    assert assessment.weights["security"] == 10


def fields(text):
    return set(re.findall(r'<select name="q-([^"]+)"', text))


def test_form_follows_the_branch_that_is_tried(editor, answered, url):
    shown = fields(editor.get(url).content.decode())
    assert "users-get" not in shown
    sent = {f"q-{key}": "" for key in shown} | {"q-subject": "users-programs"}
    tried = fields(editor.get(url, sent, headers=HTMX).content.decode())
    assert "users-get" in tried
    assert tried == fields(editor.get(url, {"q-subject": "users-programs"}).content.decode())


def test_answer_tried_in_a_branch_that_is_not_taken_is_dropped(editor, answered, url):
    response = editor.get(url, {"q-users-get": "machine", "w-security": "10"})
    assert parameters(response["Location"]) == {"w-security": "10"}


def test_note_on_a_question_that_is_merely_hidden_is_no_change(editor, answered, url, assessment):
    question = questionnaire_for(assessment).questions["users-get"]
    answer_question(
        assessment=assessment,
        question_key=question.key,
        value=question.choices[0].key,
        note="Asked the users",
        revision=0,
    )
    text = editor.get(url, {"q-subject": "users-programs"}).content.decode()
    assert "Not asked" in text
    assert "Note:" not in text


def test_each_change_says_what_it_was_and_can_be_dropped_alone(editor, answered, url, assessment):
    question = answered[0]
    weight = questionnaire_for(assessment).sections[1].weight
    tried = {f"q-{question.key}": question.choices[1].key, "w-security": "10"}
    changes = editor.get(url, tried).context["trial"].changes
    assert [(change.label, change.before, change.after) for change in changes] == [
        (question.text, question.choices[0].label, question.choices[1].label),
        ("Security sensitivity", str(weight), "10"),
    ]
    assert parameters(changes[0].url_without) == {"w-security": "10"}
    assert changes[1].url_without == f"{url}?q-{question.key}={question.choices[1].key}"


def test_each_flip_leads_to_what_it_says_beside_what_is_tried_already(editor, answered, url):
    page = editor.get(url, {"w-security": "60"})
    for flip in page.context["analysis"].flips[:3]:
        address = page.context["trial"].url_with(flip.changes)
        assert escape(address) in page.content.decode()
        assert parameters(address) == {
            "w-security": "60",
            **{f"q-{change.key}": change.value for change in flip.changes},
        }
        first = editor.get(address).context["view"].ranking[0].alternative
        assert first in flip.leaders


def test_report_is_not_saved_from_what_is_merely_tried(editor, answered, url, assessment):
    save = f'action="{reverse("save_report", args=[assessment.pk])}"'
    assert save in editor.get(url).content.decode()
    assert save not in editor.get(url, {"w-security": "10"}).content.decode()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("q-subject", "<script>", "not one of the answers"),
        ("w-security", "101", "The largest weight is 100"),
        ("w-security", "-1", "The smallest weight is 0"),
        ("w-security", "1e9999", "Enter a whole number"),
        ("w-security", "9" * 5000, "Enter a whole number"),
        ("q-no-such", "x", "isn’t asked here"),
    ],
)
def test_hostile_address_gets_a_clear_error(editor, answered, url, name, value, message):
    response = editor.get(url, {name: value})
    assert response.status_code == 422
    assert message in response.content.decode()


def test_all_weights_zero_is_refused(editor, answered, url, assessment):
    weights = {f"w-{s.key}": "0" for s in questionnaire_for(assessment).sections}
    response = editor.get(url, weights)
    assert response.status_code == 422
    assert "At least one section" in response.content.decode()


def test_tried_state_is_saved_when_asked_and_notes_stay(editor, answered, url, assessment):
    question = answered[0]
    tried = {f"q-{question.key}": question.choices[1].key, "w-security": "10"}
    seen = editor.get(url, tried).context["trial"].state_token
    apply = reverse("apply_what_if", args=[assessment.pk])
    assert editor.post(apply, {**tried, "state_token": seen}).status_code == 302
    saved = Answer.objects.get(question_key=question.key)
    assert (saved.value, saved.note, saved.revision) == (
        question.choices[1].key,
        f"note on {question.key}",
        2,
    )
    assessment.refresh_from_db()
    assert assessment.weights["security"] == 10


def test_stale_trial_saves_nothing_and_says_so(editor, answered, url, assessment):
    seen = editor.get(url).context["trial"].state_token
    other = answered[-1]
    answer_question(
        assessment=assessment, question_key=other.key, value="unknown", note="", revision=1
    )
    tried = {f"q-{answered[0].key}": answered[0].choices[1].key, "state_token": seen}
    response = editor.post(reverse("apply_what_if", args=[assessment.pk]), tried)
    assert response.status_code == 409
    assert "Somebody changed the assessment in the meantime" in response.content.decode()
    assert Answer.objects.get(question_key=answered[0].key).value == answered[0].choices[0].key


@pytest.fixture
def builds(monkeypatch):
    """A list that gets "all" or "points" for each report document that is built."""
    built = []
    for module, name, kind in (
        (services, "build_document", "all"),
        (services, "build_points", "points"),
        (comparisons, "build_document", "all"),
    ):
        original = getattr(module, name)

        def build(kind=kind, original=original, **given):
            built.append(kind)
            return original(**given)

        monkeypatch.setattr(module, name, build)
    return built


def test_change_analyses_the_tried_state_alone(editor, answered, url, builds):
    tried = {f"q-{answered[0].key}": answered[0].choices[1].key}
    assert editor.get(url, tried).status_code == 200
    assert builds == ["points", "all"]


def test_page_without_a_change_builds_one_document(editor, answered, url, builds):
    editor.get(url)
    assert builds == ["all"]


def test_keeping_builds_no_document(editor, answered, url, assessment, builds):
    seen = editor.get(url).context["trial"].state_token
    builds.clear()
    tried = {f"q-{answered[0].key}": answered[0].choices[1].key, "state_token": seen}
    assert editor.post(reverse("apply_what_if", args=[assessment.pk]), tried).status_code == 302
    assert builds == []
