"""Trying answers and weights: shown at once, saved only when asked."""

import pytest
from django.urls import reverse

from decider.models import Answer
from decider.services.assessments import answer_question, document_of, questionnaire_for


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
    return reverse("what_if", args=[assessment.pk])


def standings(response):
    return {row.name: (row.before, row.after) for row in response.context["comparison"].standings}


def test_untried_address_shows_the_saved_result(editor, answered, url):
    response = editor.get(url)
    assert response.context["comparison"].is_empty
    assert all(before == after for before, after in standings(response).values())


def test_tried_answer_changes_the_ranking_and_saves_nothing(editor, answered, url, assessment):
    before = document_of(assessment=assessment)
    question = answered[0]
    response = editor.get(url, {f"q-{question.key}": question.choices[1].key})
    changed = response.context["comparison"].questions
    assert question.key in [row.key for row in changed]
    assert any(before != after for before, after in standings(response).values())
    assert document_of(assessment=assessment) == before


def test_differences_add_up_to_the_change_of_the_points(editor, answered, url):
    response = editor.get(
        url,
        {
            f"q-{answered[0].key}": answered[0].choices[1].key,
            f"q-{answered[1].key}": "n/a",
            "w-security": "10",
        },
    )
    comparison = response.context["comparison"]
    for row in comparison.standings:
        parts = [dict(comparison.weight_effects).get(row.name, 0.0)]
        parts += [dict(q.effects).get(row.name, 0.0) for q in comparison.questions]
        assert sum(parts) == pytest.approx(row.change, abs=0.05 * len(parts))


def test_htmx_gets_the_part_that_changes(editor, answered, url):
    text = editor.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in text
    assert 'id="tried"' in text


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("q-what-exists", "<script>", "not one of the answers"),
        ("w-security", "101", "The largest weight is 100"),
        ("w-security", "-1", "The smallest weight is 0"),
        ("w-security", "1e9999", "Write a whole number"),
        ("w-security", "9" * 5000, "Write a whole number"),
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
    seen = editor.get(url, tried).context["seen"]
    apply = reverse("apply_what_if", args=[assessment.pk])
    assert editor.post(apply, {**tried, "seen": seen}).status_code == 302
    saved = Answer.objects.get(question_key=question.key)
    assert (saved.value, saved.note, saved.revision) == (
        question.choices[1].key,
        f"note on {question.key}",
        2,
    )
    assessment.refresh_from_db()
    assert assessment.weights["security"] == 10


def test_stale_what_if_saves_nothing_and_says_so(editor, answered, url, assessment):
    seen = editor.get(url).context["seen"]
    other = answered[-1]
    answer_question(
        assessment=assessment, question_key=other.key, value="unknown", note="", revision=1
    )
    tried = {f"q-{answered[0].key}": answered[0].choices[1].key, "seen": seen}
    response = editor.post(reverse("apply_what_if", args=[assessment.pk]), tried)
    assert response.status_code == 409
    assert "changed in the meantime" in response.content.decode()
    assert Answer.objects.get(question_key=answered[0].key).value == answered[0].choices[0].key
