"""Reviewing an assessment: its answers and its weights."""

import pytest
from django.urls import reverse

from decider.assessments.models import Answer, Assessment
from decider.assessments.services import answer_question, change_assessment, questionnaire_for
from decider.engine.scoring.flow import walk


@pytest.fixture
def sections(assessment):
    return questionnaire_for(assessment).sections


def weights(sections, revision=0, **changed):
    data = {f"weight-{section.key}": section.weight for section in sections}
    return {**data, "revision": revision, **changed}


def test_check_page_shows_each_visible_question_with_its_answer_and_a_way_to_change_it(
    editor, assessment
):
    question = next(iter(questionnaire_for(assessment).questions.values()))
    answer_question(
        assessment=assessment,
        question_key=question.key,
        value="unknown",
        note="<b>ask</b>",
        revision=0,
    )
    text = editor.get(reverse("check", args=[assessment.pk])).content.decode()
    assert question.text in text
    assert "&lt;b&gt;ask&lt;/b&gt;" in text
    change = reverse("question", args=[assessment.pk, question.key])
    assert f'href="{change}?return_to=check"' in text


def test_check_page_counts_every_kind_of_answer_in_words_that_fit_any_number(editor, assessment):
    url = reverse("check", args=[assessment.pk])
    asked = [question.key for question in walk(questionnaire_for(assessment), {}).visible]
    Answer.objects.create(assessment=assessment, question_key=asked[0], value="n/a")
    answered, left = f"0 of {len(asked)} questions answered", len(asked) - 1
    page = editor.get(url).content.decode()
    assert f"{answered}, 1 “Does not apply”, {left} not answered" in page
    Answer.objects.create(assessment=assessment, question_key=asked[-1], value="unknown")
    page = editor.get(url).content.decode()
    assert f"{answered}, 1 “I don’t know”, 1 “Does not apply”, {left - 1} not answered" in page


def test_weights_are_saved(editor, assessment, sections):
    url = reverse("weights", args=[assessment.pk])
    data = weights(sections, **{f"weight-{sections[0].key}": "7"})
    assert editor.post(url, data).url == reverse("check", args=[assessment.pk])
    assessment.refresh_from_db()
    assert (assessment.weights[sections[0].key], assessment.revision) == (7, 1)


@pytest.mark.parametrize("value", ["", "101", "-1", "1.5", "much"])
def test_weight_that_is_no_whole_number_to_100_is_told_at_its_field(
    editor, assessment, sections, value
):
    name = f"weight-{sections[0].key}"
    response = editor.post(
        reverse("weights", args=[assessment.pk]), weights(sections, **{name: value})
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]


def test_weights_that_are_all_zero_are_refused(editor, assessment, sections):
    zeros = {f"weight-{section.key}": 0 for section in sections}
    response = editor.post(reverse("weights", args=[assessment.pk]), weights(sections, **zeros))
    assert response.status_code == 422
    assert "At least one section" in response.content.decode()


def test_stale_weights_show_both_and_change_nothing_until_saved_again(editor, assessment, sections):
    key = sections[0].key
    change_assessment(assessment=assessment, revision=0, weights={key: 11})
    url = reverse("weights", args=[assessment.pk])
    response = editor.post(url, weights(sections, **{f"weight-{key}": 22}))
    text = response.content.decode()
    assert response.status_code == 422
    assert "Saved in the meantime: <strong>11</strong>" in text
    assert 'value="22"' in text
    assert Assessment.objects.get().weights == {key: 11}
    editor.post(url, weights(sections, revision=1, **{f"weight-{key}": 22}))
    assert Assessment.objects.get().weights[key] == 22


@pytest.fixture
def answered(assessment, sections):
    """The assessment with the first choice for each question that is always asked."""
    Answer.objects.bulk_create(
        Answer(assessment=assessment, question_key=q.key, value=q.choices[0].key)
        for section in sections
        for q in section.questions
        if q.shown_when is None
    )
    return assessment


def test_weights_show_what_they_change_before_they_are_saved(editor, answered, sections):
    url = reverse("weights", args=[answered.pk])
    alone = {f"weight-{section.key}": 0 for section in sections[1:]}
    response = editor.post(url, weights(sections, show="1", **alone))
    comparison = response.context["comparison"]
    assert response.status_code == 200
    assert [weight.title for weight in comparison.weights] == [s.title for s in sections[1:]]
    assert any(row.change for row in comparison.alternatives)
    assert f"{comparison.first_after} would" in response.content.decode()
    answered.refresh_from_db()
    assert (answered.weights, answered.revision) == ({}, 0)


def test_weights_of_an_assessment_without_answers_have_no_effect_to_show(editor, assessment):
    text = editor.get(reverse("weights", args=[assessment.pk])).content.decode()
    assert "Weights are best set once the questions are answered" in text
    assert "Show what changes" not in text
    assert 'id="effect"' not in text


def test_weights_say_what_their_defaults_are(editor, assessment, sections):
    text = editor.get(reverse("weights", args=[assessment.pk])).content.decode()
    for section in sections:
        assert f"Default: {section.weight}</p>" in text
