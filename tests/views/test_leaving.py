"""Deleting an assessment and leaving it: who may, and who reads its reports afterwards."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from decider.models import Assessment
from decider.services.assessments import edit_token, open_edit_link, start_assessment
from decider.services.reports import freeze_report
from tests.conftest import client_of


@pytest.fixture
def guest_key(assessment) -> uuid.UUID:
    """The key of a browser that opened the edit link."""
    key = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=key)
    return key


@pytest.fixture
def guest(guest_key) -> Client:
    return client_of(guest_key)


def statuses(report, *clients):
    return [client.get(report.get_absolute_url()).status_code for client in clients]


def test_only_whoever_began_an_assessment_may_delete_it(assessment, editor, guest):
    url = reverse("delete_assessment", args=[assessment.pk])
    settings = reverse("assessment_settings", args=[assessment.pk])
    assert url not in guest.get(settings).content.decode()
    assert guest.post(url).status_code == 403
    assert Assessment.objects.exists()
    assert url in editor.get(settings).content.decode()
    assert editor.post(url).url == reverse("home")
    assert not Assessment.objects.exists()


def test_all_editors_read_the_reports_of_a_deleted_assessment(
    assessment, browser_key, guest_key, editor, guest, stranger
):
    made = [freeze_report(assessment=assessment, browser=key) for key in (browser_key, guest_key)]
    editor.post(reverse("delete_assessment", args=[assessment.pk]))
    for report in made:
        assert statuses(report, editor, guest, stranger) == [200, 200, 404]
        assert report.get_absolute_url() in guest.get(reverse("home")).content.decode()


def test_guest_leaves_and_reads_only_what_it_saved(
    assessment, browser_key, guest_key, editor, guest
):
    theirs, own = (
        freeze_report(assessment=assessment, browser=k) for k in (browser_key, guest_key)
    )
    url = reverse("leave_assessment", args=[assessment.pk])
    assert url in guest.get(reverse("assessment_settings", args=[assessment.pk])).content.decode()
    assert guest.post(url).url == reverse("home")
    assert guest.get(reverse("check", args=[assessment.pk])).status_code == 404
    assert (statuses(theirs, guest, editor), statuses(own, guest, editor)) == (
        [404, 200],
        [200] * 2,
    )


def test_whoever_began_it_does_not_leave_it(assessment, editor):
    assert editor.post(reverse("leave_assessment", args=[assessment.pk])).status_code == 403
    assert editor.get(reverse("check", args=[assessment.pk])).status_code == 200


def test_assessment_of_no_browser_is_that_of_the_first_to_open_its_link(version, browser_key):
    saved = start_assessment(version=version, title="Saved", context="", browser=None)
    for key in (browser_key, uuid.uuid4()):
        open_edit_link(token=edit_token(saved), browser=key)
    assert (
        client_of(uuid.uuid4()).post(reverse("delete_assessment", args=[saved.pk])).status_code
        == 404
    )
    assert (
        client_of(browser_key).post(reverse("delete_assessment", args=[saved.pk])).status_code
        == 302
    )
