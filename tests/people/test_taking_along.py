"""Work begun in a browser before its person signed in becomes theirs on a button."""

from __future__ import annotations

import uuid

import pytest
from django.core.signing import get_cookie_signer
from django.test import Client
from django.urls import reverse

from decider.assessments.lifecycle import delete_assessment, purge_assessment
from decider.assessments.models import Assessment, Editor
from decider.assessments.services import (
    edit_token,
    leave_assessment,
    open_edit_link,
    start_assessment,
)
from decider.reports.services.reports import freeze_report
from decider.web.cookies import COOKIE
from tests.people.conftest import text_of


@pytest.fixture
def in_browser(signed_in, browser_key) -> Client:
    """Ada's client, in the browser with this key."""
    signed_in.cookies[COOKIE] = get_cookie_signer(salt=COOKIE).sign(str(browser_key))
    return signed_in


def test_home_page_offers_it_only_where_there_is_something(version, signed_in):
    offer = reverse("take_along")
    assert offer not in text_of(signed_in.get(reverse("home")))


def test_page_that_is_not_found_leads_there_in_a_browser_that_worked_before(
    assessment, in_browser, ada
):
    address = reverse("check", args=[assessment.pk])
    offer = reverse("take_along")
    assert offer in text_of(in_browser.get(address))
    in_browser.cookies.pop(COOKIE)
    assert offer not in text_of(in_browser.get(address))


def test_looking_takes_nothing(assessment, in_browser, browser_key):
    assert reverse("take_along") in text_of(in_browser.get(reverse("home")))
    page = text_of(in_browser.get(reverse("take_along")))
    assert "1 assessment and 0 reports" in page
    assert Editor.objects.get().holder == browser_key


def test_assessments_and_reports_become_the_persons(ada, assessment, report, in_browser):
    assert in_browser.get(reverse("check", args=[assessment.pk])).status_code == 404
    assert in_browser.post(reverse("take_along")).url == reverse("workspace")
    editor = Editor.objects.get()
    assert (editor.holder, editor.is_owner) == (ada.pk, True)
    assert in_browser.get(reverse("check", args=[assessment.pk])).status_code == 200
    assert in_browser.get(reverse("report", args=[report.pk])).status_code == 200


def test_browser_has_nothing_left_afterwards(assessment, report, in_browser):
    in_browser.post(reverse("take_along"))
    assert in_browser.cookies[COOKIE].value == ""
    assert "Nothing was started" in text_of(in_browser.get(reverse("take_along")))


def test_report_of_an_assessment_that_the_browser_left_is_taken_along(
    ada, version, in_browser, browser_key
):
    others = start_assessment(version=version, title="B", context="", browser=uuid.uuid4())
    report = freeze_report(assessment=others, browser=browser_key)
    in_browser.post(reverse("take_along"))
    assert in_browser.get(reverse("report", args=[report.pk])).status_code == 200
    assert in_browser.get(reverse("share", args=[report.pk])).status_code == 403


def test_who_had_left_an_assessment_never_reads_the_comments_on_a_report_taken_along(
    assessment, in_browser, browser_key
):
    departed = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=departed)
    report = freeze_report(assessment=assessment, browser=departed)
    leave_assessment(assessment=assessment, browser=departed)
    in_browser.cookies[COOKIE] = get_cookie_signer(salt=COOKIE).sign(str(departed))
    in_browser.post(reverse("take_along"))
    for remove in (delete_assessment, purge_assessment):
        remove(assessment=assessment)
        assert in_browser.get(reverse("report", args=[report.pk])).status_code == 200
        assert in_browser.get(reverse("comments", args=[report.pk])).status_code == 403


def test_report_that_goes_with_its_assessment_is_not_kept_by_itself(
    ada, assessment, in_browser, browser_key
):
    from decider.reports.models import Reader

    freeze_report(assessment=assessment, browser=uuid.uuid4())
    in_browser.post(reverse("take_along"))
    assert Reader.objects.count() == 0


def test_person_who_was_an_editor_becomes_the_owner(ada, assessment, in_browser):
    open_edit_link(token=edit_token(assessment), browser=ada.pk)
    in_browser.post(reverse("take_along"))
    assert [(e.holder, e.is_owner) for e in Editor.objects.all()] == [(ada.pk, True)]


def test_deleted_assessment_can_be_restored_by_whoever_took_it_along(ada, assessment, in_browser):
    delete_assessment(assessment=assessment)
    in_browser.post(reverse("take_along"))
    assert in_browser.post(reverse("restore_assessment", args=[assessment.pk])).status_code == 302
    assert Assessment.objects.get() == assessment


def test_assessment_with_a_report_that_was_taken_along_is_deleted_for_good(
    ada, assessment, report, in_browser
):
    in_browser.post(reverse("take_along"))
    delete_assessment(assessment=assessment)
    purge_assessment(assessment=assessment)
    assert Assessment.deleted.count() == 0
    for page in ("report", "comments"):
        assert in_browser.get(reverse(page, args=[report.pk])).status_code == 200


def test_new_work_of_a_person_is_kept_under_them_and_sets_no_cookie(ada, version, signed_in):
    response = signed_in.post(reverse("start"), {"title": "Shop"})
    assert response.status_code == 302
    assert COOKIE not in response.cookies
    assert Editor.objects.get().holder == ada.pk
