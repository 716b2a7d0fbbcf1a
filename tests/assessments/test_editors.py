"""The offer of the private edit link: to whom, when, and how often."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from decider.assessments.editors import answer_link_offer, link_to_offer
from decider.assessments.models import Assessment, LinkOffer
from decider.assessments.services import (
    answer_question,
    answers_of,
    edit_token,
    open_edit_link,
    walk_through,
)
from decider.reports.services.reports import freeze_report
from tests.conftest import client_of

OFFER = "Keep a way back"


def answer(assessment, count):
    """Answer so many questions, in the order asked, with "I don't know"."""
    for _ in range(count):
        key = walk_through(assessment, answers_of(assessment)).current.key
        answer_question(
            assessment=assessment, question_key=key, value="unknown", note="", revision=0
        )


def offers(client, *urls):
    return [OFFER in client.get(url, follow=True).content.decode() for url in urls]


def pages(assessment):
    return reverse("resume", args=[assessment.pk]), reverse("check", args=[assessment.pk])


@pytest.mark.parametrize(
    ("answered", "offered"), [(2, [False, False]), (3, [True, True]), (4, [False, True])]
)
def test_link_is_offered_once_on_the_way_and_again_on_review(assessment, editor, answered, offered):
    answer(assessment, answered)
    assert offers(editor, *pages(assessment)) == offered


def test_offered_link_lets_another_browser_in(assessment, editor, stranger):
    answer(assessment, 3)
    page = editor.get(reverse("check", args=[assessment.pk])).content.decode()
    link = reverse("open_edit_link", args=[edit_token(assessment)])
    assert f'value="http://127.0.0.1:8000{link}"' in page
    assert stranger.get(link).status_code == 302


def test_link_that_is_kept_is_offered_no_more(assessment, editor, browser_key):
    answer(assessment, 3)
    url = reverse("answer_link_offer", args=[assessment.pk])
    back = reverse("check", args=[assessment.pk])
    assert editor.post(url, {"answer": "kept", "back": back}).url == back
    report = freeze_report(assessment=assessment, browser=browser_key)
    assert offers(editor, *pages(assessment), report.get_absolute_url()) == [False] * 3


def test_offer_that_was_put_off_comes_again_with_the_report_and_then_no_more(
    assessment, editor, browser_key
):
    answer(assessment, 3)
    url = reverse("answer_link_offer", args=[assessment.pk])
    editor.post(url, {"answer": "later"})
    report = freeze_report(assessment=assessment, browser=browser_key)
    assert offers(editor, *pages(assessment), report.get_absolute_url()) == [False, False, True]
    editor.post(url, {"answer": "no"})
    assert offers(editor, report.get_absolute_url()) == [False]


def test_link_is_offered_to_the_owner_only(assessment, browser_key):
    guest = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=guest)
    occasion = LinkOffer.ANSWERS
    offered = [
        link_to_offer(assessment=assessment, browser=browser, occasion=occasion)
        for browser in (browser_key, guest)
    ]
    assert offered == [edit_token(assessment), None]
    answer(assessment, 3)
    assert offers(client_of(guest), *pages(assessment)) == [False, False]


def test_answer_sent_by_htmx_stays_on_the_page(assessment, editor):
    url = reverse("answer_link_offer", args=[assessment.pk])
    response = editor.post(url, {"answer": "kept"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert reverse("assessment_settings", args=[assessment.pk]) in response.content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "", "javascript:1"])
def test_answer_leads_to_no_other_site(assessment, editor, back):
    url = reverse("answer_link_offer", args=[assessment.pk])
    response = editor.post(url, {"answer": "kept", "back": back})
    assert response.url == reverse("resume", args=[assessment.pk])


def test_answer_on_a_deleted_assessment_is_refused(assessment, browser_key):
    Assessment.objects.get().delete()
    with pytest.raises(Assessment.DoesNotExist):
        answer_link_offer(assessment=assessment, browser=browser_key, later=True)
