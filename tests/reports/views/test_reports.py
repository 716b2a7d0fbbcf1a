"""Saved reports, their PDFs and their decision records."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from decider.reports.models import Report
from decider.reports.services.reports import freeze_report
from decider.reports.services.sharing import share_report
from tests.conftest import answer_enough, answer_first


@pytest.fixture
def second(assessment, report, browser_key):
    answer_first(assessment, "new")
    return freeze_report(assessment=assessment, browser=browser_key)


def test_saving_leads_to_the_report(editor, assessment):
    answer_enough(assessment)
    response = editor.post(reverse("save_report", args=[assessment.pk]))
    assert response.url == Report.objects.get().get_absolute_url()


def test_saving_before_enough_is_answered_saves_nothing_and_says_what_is_missing(
    editor, assessment
):
    answer_first(assessment, "")
    page = editor.post(reverse("save_report", args=[assessment.pk]), follow=True)
    assert page.redirect_chain == [(reverse("result", args=[assessment.pk]), 302)]
    text = page.content.decode()
    assert "It is too early to save a report. The answers so far cover" in text
    assert not Report.objects.exists()


def test_saving_twice_leads_to_the_one_report(editor, assessment):
    answer_enough(assessment)
    url = reverse("save_report", args=[assessment.pk])
    addresses = {editor.post(url).url for _ in range(2)}
    assert addresses == {Report.objects.get().get_absolute_url()}
    assert "Already saved" in editor.get(addresses.pop()).content.decode()


def test_report_shows_the_saved_title_after_a_change(editor, report, assessment):
    assessment.title = "Renamed"
    assessment.save()
    text = editor.get(report.get_absolute_url()).content.decode()
    assert re.search(r"<h1[^>]*>Billing</h1>", text)


def test_list_takes_as_many_queries_for_three_reports_as_for_one(
    editor, assessment, browser_key, django_assert_max_num_queries
):
    url = reverse("reports", args=[assessment.pk])
    for _ in range(3):
        freeze_report(assessment=assessment, browser=browser_key)
        with django_assert_max_num_queries(4):
            editor.get(url)


def test_holder_of_a_share_link_sees_the_record_and_cannot_change_it(report):
    _, token = share_report(report=report, label="", lifetime=timedelta(days=1))
    opened = Client().get(reverse("open_share_link", args=[token]), follow=True)
    page = opened.content.decode()
    assert str(report.record) in page
    assert reverse("record", args=[report.pk]) not in page


def test_comparison_says_what_differs_and_what_it_did(editor, report, second):
    response = editor.get(reverse("compare"), {"before": report.pk, "after": second.pk})
    comparison = response.context["comparison"]
    noted = [row for row in comparison.questions if row.after.note]
    assert [(row.before.answer, row.after.note) for row in noted] == [("Not answered", "new")]
    assert comparison.weights == []


def test_report_alone_is_compared_with_the_one_before_it(editor, report, second):
    link = f"{reverse('compare')}?after={second.pk}"
    assert link in editor.get(second.get_absolute_url()).content.decode()
    response = editor.get(link)
    assert (response.context["before"], response.context["after"]) == (report, second)


def test_first_report_alone_has_nothing_to_be_compared_with(editor, report):
    assert "?after=" not in editor.get(report.get_absolute_url()).content.decode()
    for after in (report.pk, "nonsense"):
        response = editor.get(reverse("compare"), {"after": after})
        assert response.status_code == 422
        assert "before" in response.context["form"].errors


def test_report_is_not_compared_with_itself(editor, report):
    response = editor.get(reverse("compare"), {"before": report.pk, "after": report.pk})
    assert response.context["form"].errors == {
        "after": ["That is the first report. Choose another one."]
    }
    assert "---" not in response.content.decode()


def test_comparison_with_a_stranger_s_report_or_with_none_is_refused(stranger, report):
    response = stranger.get(reverse("compare"), {"before": report.pk, "after": "nonsense"})
    assert response.status_code == 422
    errors = response.context["form"].errors
    message = ["That is not a report that you can read here."]
    assert errors == {"before": message, "after": message}
