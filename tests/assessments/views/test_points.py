"""Pages below a result and its reports: where the points of an alternative come from."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from decider.assessments.models import Answer
from decider.questionnaires.example import example_answers
from decider.reports.services.reports import freeze_report


@pytest.fixture
def answered(assessment, version):
    answers = dict(example_answers(version).answers)
    Answer.objects.bulk_create(
        Answer(assessment=assessment, question_key=key, value=value)
        for key, value in answers.items()
    )
    return assessment


def points_page(editor, assessment, alternative, query=""):
    url = reverse("result_points", args=[assessment.pk, alternative])
    return editor.get(url + query)


def test_page_of_points_adds_up_every_answer_and_compares_with_the_first(editor, answered):
    result = editor.get(reverse("result", args=[answered.pk])).context
    lead = result["analysis"].leads[0]
    page = points_page(editor, answered, lead.behind.key)
    breakdown = page.context["breakdown"]
    added = sum(round(part.points * 10) for part in breakdown.sections)
    assert round(breakdown.base * 10) + added == round(breakdown.points * 10)
    words = " ".join(strip_tags(page.content.decode()).split())
    assert f"Points of {lead.behind.name}" in words
    assert f"{lead.ahead.name}, compared with {lead.behind.name}" in words
    for section in breakdown.sections:
        for part in section.questions:
            assert part.answer.question in words


def test_first_is_compared_with_nothing(editor, answered):
    view = editor.get(reverse("result", args=[answered.pk])).context["view"]
    page = points_page(editor, answered, view.ranking[0].alternative.key)
    assert page.context["lead"] is None
    assert "compared with" not in page.content.decode()


def test_page_of_points_tries_what_the_result_tries_and_leads_back_to_it(editor, answered):
    query = "?q-subject=users-programs"
    result = reverse("result", args=[answered.pk]) + query
    page = points_page(editor, answered, "vm", query)
    links = re.findall(r'href="([^"]*)#answer-', page.content.decode())
    assert set(links) == {result}
    shown = editor.get(result).context["view"].breakdowns
    points = {row.alternative.key: row.points for row in shown}
    assert page.context["breakdown"].points == points["vm"]
    assert (
        page.context["breakdown"].points
        != points_page(editor, answered, "vm").context["breakdown"].points
    )


def test_result_links_the_points_of_every_alternative_with_what_it_tries(editor, answered):
    query = "?q-subject=users-programs"
    page = editor.get(reverse("result", args=[answered.pk]) + query)
    for row in page.context["view"].breakdowns:
        address = reverse("result_points", args=[answered.pk, row.alternative.key]) + query
        assert f'hx-get="{address}"' in page.content.decode()
        assert f'href="{address}#points"' in page.content.decode()


def test_nothing_is_known_of_other_alternatives(editor, answered, browser_key):
    report = freeze_report(assessment=answered, browser=browser_key)
    assert points_page(editor, answered, "no-such").status_code == 404
    address = reverse("report_points", args=[report.pk, "no-such"])
    assert editor.get(address).status_code == 404


def test_points_of_a_report_are_those_that_were_saved(editor, answered, browser_key):
    before = points_page(editor, answered, "vm").context["breakdown"]
    report = freeze_report(assessment=answered, browser=browser_key)
    Answer.objects.filter(assessment=answered, question_key="subject").update(
        value="users-programs"
    )
    page = editor.get(reverse("report_points", args=[report.pk, "vm"]))
    assert page.context["breakdown"] == before
    links = re.findall(r'href="([^"]*)#answer-', page.content.decode())
    assert set(links) == {report.get_absolute_url()}


def test_result_has_few_elements(editor, answered):
    """HTMX looks at every element of a page before anything can be clicked."""
    page = editor.get(reverse("result", args=[answered.pk])).content.decode()
    assert len(re.findall(r"<[a-z]", page)) < 3000
