"""The page of a result: what it says where answers are missing, unknown or do not apply."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from decider.assessments.models import Answer
from decider.assessments.services import questionnaire_for
from decider.questionnaires.example import example_answers
from tests.fixtures.judgement import readings

JOINT = ("what-exists", "end-state")
"""Questions of the example that change what comes first together."""


def answer(assessment, answers):
    Answer.objects.bulk_create(
        Answer(assessment=assessment, question_key=key, value=value)
        for key, value in answers.items()
    )


def result_of(editor, assessment):
    """The page as HTML and as words."""
    page = editor.get(reverse("result", args=[assessment.pk])).content.decode()
    return page, " ".join(strip_tags(page).split())


@pytest.fixture
def known(version):
    """The answers of the example."""
    return dict(example_answers(version).answers)


def test_unknown_answers_that_together_change_what_comes_first_are_not_called_final(
    editor, assessment, known
):
    answer(assessment, known | dict.fromkeys(JOINT, "unknown"))
    _, words = result_of(editor, assessment)
    assert "The open questions can’t change first place" not in words
    assert "No missing answer" not in words
    assert "None of these answers changes what comes first by itself." in words


@pytest.mark.parametrize("value", [None, "unknown"])
def test_where_no_answer_is_known_only_the_open_questions_are_told(editor, assessment, value):
    if value:
        answer(assessment, dict.fromkeys(questionnaire_for(assessment).questions, value))
    page, words = result_of(editor, assessment)
    assert "No recommendation: Too early to say No question has been answered" in words
    assert 'class="ranking"' not in page
    assert "Save report" not in page
    for gone in ("against", "why", "change", "certainty", "next"):
        assert f'href="#{gone}"' not in page
        assert f'id="{gone}"' not in page
    assert 'id="find-out"' in page


def test_where_no_question_applies_this_is_counted_and_nothing_is_recommended(editor, assessment):
    questions = questionnaire_for(assessment).questions
    answer(assessment, dict.fromkeys(questions, "n/a"))
    page, words = result_of(editor, assessment)
    asked = sum(question.shown_when is None for question in questions.values())
    assert f"<dt>Does not apply</dt><dd>{asked}</dd>" in page
    assert "No recommendation: No question applies" in words
    for gone in ("against", "change", "find-out", "certainty", "next"):
        assert f'id="{gone}"' not in page


def test_what_speaks_for_the_second_comes_with_its_questions_before_what_outweighs_it(
    editor, assessment
):
    answer(assessment, readings()["reader-1"]["supercomputer-user-software"])
    page = editor.get(reverse("result", args=[assessment.pk]))
    lead = page.context["analysis"].leads[0]
    assert lead.behind == page.context["view"].ranking[1].alternative
    _, words = result_of(editor, assessment)
    against = words[words.index(f"For “{lead.behind.name}” instead") :]
    counter = [
        f"{r.answer.question} {mark(r.points)} {r.answer.label}" for r in lead.counter_given[:8]
    ]
    decisive = [f"{r.answer.question} {mark(r.points)}" for r in lead.decisive]
    assert counter
    assert decisive
    told = [against.index(text) for text in (*counter, *decisive)]
    assert told == sorted(told)


def mark(points):
    return f"{points:+.1f}".replace("-", "−")


def test_draws_are_told_with_those_that_rule_an_alternative_out(editor, assessment, known):
    answer(assessment, known | {"rights": "unknown"})
    page, _ = result_of(editor, assessment)
    table = page.partition('aria-label="How often at each rank"')[2].partition("</table>")[0]
    assert table.count("Ruled out") == 1
    behind = re.findall(r"(\S+)</td></tr>", table.replace('<td class="number">', " "))
    assert len(behind) > 1
    assert all(float(points) >= 0 for points in behind)
    assert "-0.0" not in behind


def test_draws_that_rule_nothing_out_have_no_column_for_it(editor, assessment, known):
    answer(assessment, known)
    page, _ = result_of(editor, assessment)
    table = page.partition('aria-label="How often at each rank"')[2].partition("</table>")[0]
    assert "Worst gap" in table
    assert "Ruled out" not in table


def test_ranking_so_far_waits_until_enough_is_answered(editor, assessment, known):
    url = reverse("ranking_so_far", args=[assessment.pk])
    early = editor.get(url).content.decode()
    assert "It is too early for a ranking. No question has been answered" in early
    assert 'class="ranking"' not in early
    answer(assessment, known)
    assert 'class="ranking"' in editor.get(url).content.decode()
