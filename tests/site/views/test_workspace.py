"""The page "Your assessments"."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decider.assessments.lifecycle import archive_assessment, delete_assessment
from decider.assessments.services import (
    answer_question,
    edit_token,
    leave_assessment,
    open_edit_link,
    start_assessment,
    start_from_answers,
)
from decider.questionnaires.example import example_answers
from decider.reports.services.records import add_entry
from decider.reports.services.reports import freeze_report
from decider.site import workspace
from tests.conftest import answer_first, client_of

URL = "/assessments/"


@pytest.fixture
def begin(version, browser_key):
    """Begins an assessment with this title."""

    def begin(title, context=""):
        return start_assessment(version=version, title=title, context=context, browser=browser_key)

    return begin


def titles(client, **query):
    return [row.assessment.title for row in client.get(URL, query).context["rows"]]


def decide(report, *, number=1, status="accepted", review_on=None):
    add_entry(
        record=report.record,
        revision=number,
        status=status,
        alternative="vm",
        reason="The team knows them.",
        by="Ada",
        why="Board",
        review_on=review_on,
    )


def test_browser_without_a_cookie_gets_a_helpful_empty_page(version):
    page = Client().get(URL)
    assert page.status_code == 200
    assert "Nothing here yet" in page.content.decode()
    assert "private edit link" in page.content.decode()


def test_header_leads_to_the_list(version):
    assert f'href="{URL}"' in Client().get(reverse("home")).content.decode()
    assert f'<a href="{URL}" aria-current="page">' in Client().get(URL).content.decode()


def test_list_shows_nobody_else_s_assessments(begin, stranger):
    begin("Secret")
    assert "Secret" not in stranger.get(URL).content.decode()


def test_row_says_how_far_it_is(begin, editor, assessment, browser_key):
    states = []
    states.append(editor.get(URL).context["rows"][0])
    answer_first(assessment, "")
    states.append(editor.get(URL).context["rows"][0])
    freeze_report(assessment=assessment, browser=browser_key)
    states.append(editor.get(URL).context["rows"][0])
    answer_first_again(assessment)
    states.append(editor.get(URL).context["rows"][0])
    assert [(row.state, row.answered) for row in states] == [
        ("Not started", 0),
        ("In progress", 1),
        ("Report saved", 1),
        ("Changed since its report", 1),
    ]


def answer_first_again(assessment):
    """Change the one answer."""
    answer = assessment.answers.get()
    answer_question(
        assessment=assessment,
        question_key=answer.question_key,
        value="unknown",
        note="",
        revision=answer.revision,
    )


def test_row_shows_recommendation_decision_and_review_date(version, editor, browser_key):
    answers = example_answers(version)
    full = start_from_answers(version=version, answers=answers, browser=browser_key)
    report = freeze_report(assessment=full, browser=browser_key)
    decide(report, review_on=date(2030, 3, 31))
    page = editor.get(URL)
    (row,) = page.context["rows"]
    text = page.content.decode()
    result, asked = report.document.result, report.document.questionnaire.content
    assert report.recommendation == result.recommendation
    assert row.recommended == asked.alternative_by_key[result.recommendation].name
    assert result.wording.words in text
    assert "Accepted: Virtual machines" in text
    assert "31 Mar 2030" in text


def test_accepted_decision_is_shown_before_that_of_a_newer_report(editor, assessment, browser_key):
    first = freeze_report(assessment=assessment, browser=browser_key)
    decide(first, status="proposed", review_on=date(2030, 1, 1))
    second = freeze_report(assessment=assessment, browser=browser_key)
    (row,) = editor.get(URL).context["rows"]
    assert (row.report, row.decision.record) == (second, second.record)
    decide(first, number=2, review_on=date(2030, 1, 1))
    (row,) = editor.get(URL).context["rows"]
    assert (row.report, row.decision.record, row.decision.number) == (second, first.record, 3)


def test_decision_that_is_out_of_use_is_shown_as_it_stands_now(editor, assessment, browser_key):
    report = freeze_report(assessment=assessment, browser=browser_key)
    decide(report)
    decide(report, number=2, status="deprecated")
    (row,) = editor.get(URL).context["rows"]
    assert (row.decision.status, row.decision.number) == ("deprecated", 3)


def test_review_that_is_due_says_so(begin, editor, browser_key):
    report = freeze_report(assessment=begin("Due"), browser=browser_key)
    today = timezone.localdate()
    decide(report, review_on=today)
    assert '<span class="tag bad">due</span>' in editor.get(URL).content.decode()


def test_list_is_sorted_as_chosen(begin, editor, browser_key):
    reviews = {"Cargo": date(2031, 1, 1), "alpha": None, "Beta": date(2030, 1, 1)}
    for title, review_on in reviews.items():
        decide(freeze_report(assessment=begin(title), browser=browser_key), review_on=review_on)
    assert titles(editor) == ["Beta", "alpha", "Cargo"]
    assert titles(editor, sort="name") == ["alpha", "Beta", "Cargo"]
    assert titles(editor, sort="review") == ["Beta", "Cargo", "alpha"]


def test_search_finds_words_of_title_and_context(begin, editor):
    begin("Payroll", "Runs on the mainframe")
    begin("Mainframe gateway")
    begin("Shop")
    assert titles(editor, q="MAINFRAME") == ["Mainframe gateway", "Payroll"]
    assert titles(editor, q="mainframe payroll") == ["Payroll"]
    page = editor.get(URL, {"q": "nowhere"}).content.decode()
    assert "No active assessment has “nowhere”" in page


def test_search_that_can_t_be_meant_is_told_at_its_field(begin, editor):
    begin("Shop")
    page = editor.get(URL, {"q": "x" * 121, "sort": "size"})
    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["q", "sort"]
    assert editor.get(URL, {"q": "a\0b"}).status_code == 200


def test_archived_and_deleted_assessments_have_lists_of_their_own(begin, editor, browser_key):
    archived, deleted = begin("Archived"), begin("Deleted")
    begin("Active")
    archive_assessment(assessment=archived, browser=browser_key)
    delete_assessment(assessment=deleted)
    lists = [titles(editor, show=show) for show in ("active", "archived", "deleted")]
    assert lists == [["Active"], ["Archived"], ["Deleted"]]
    assert editor.get(URL).context["counts"] == {"active": 1, "archived": 1, "deleted": 1}


def test_guest_finds_a_deleted_assessment_in_no_list(assessment, stranger, browser_key):
    delete_assessment(assessment=assessment)
    assert titles(stranger, show="deleted") == []


def test_long_list_is_cut_into_pages_that_keep_the_search(begin, editor, monkeypatch):
    monkeypatch.setattr("decider.site.views.workspace.PAGE_SIZE", 2)
    for number in range(5):
        begin(f"App {number}")
    first = editor.get(URL, {"q": "app", "sort": "name"})
    assert [row.assessment.title for row in first.context["rows"]] == ["App 0", "App 1"]
    assert first.context["addresses"] == {"next": "?q=app&sort=name&page=2"}
    assert titles(editor, q="app", sort="name", page="3") == ["App 4"]
    assert titles(editor, q="app", sort="name", page="99") == ["App 4"]


def test_list_takes_as_many_queries_for_three_assessments_as_for_one(
    begin, editor, browser_key, django_assert_num_queries
):
    for number in range(3):
        begun = begin(f"App {number}")
        answer_first(begun, "")
        decide(freeze_report(assessment=begun, browser=browser_key))
        editor.get(URL)
        with django_assert_num_queries(7):
            editor.get(URL)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan")
@pytest.mark.parametrize("sort", ["changed", "review"])
def test_list_reads_no_whole_table(version, browser_key, sort):
    found = workspace.assessments_of(browser_key, show="active", search="", sort=sort)
    assert "SCAN decider" not in found.explain().replace('"', "")


def test_reports_that_can_still_be_read_are_listed_apart(
    version, assessment, editor, stranger, browser_key
):
    guest = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=guest)
    report = freeze_report(assessment=assessment, browser=guest)
    assert list(editor.get(URL).context["reports"]) == []
    leave_assessment(assessment=assessment, browser=guest)
    delete_assessment(assessment=assessment)
    for client in (editor, client_of(guest)):
        assert list(client.get(URL).context["reports"]) == [report]
    assert list(stranger.get(URL).context["reports"]) == []
