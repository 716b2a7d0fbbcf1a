"""Deleting an assessment and leaving it: who may, and who reads its reports afterwards."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decider.assessments.models import Assessment
from decider.assessments.services import edit_token, open_edit_link, start_assessment
from decider.reports.services.reports import freeze_report
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
    assert editor.post(url).url == reverse("workspace")
    assert not Assessment.objects.exists()


def test_all_editors_read_the_reports_of_a_deleted_assessment(
    assessment, browser_key, guest_key, editor, guest, stranger
):
    made = [freeze_report(assessment=assessment, browser=key) for key in (browser_key, guest_key)]
    editor.post(reverse("delete_assessment", args=[assessment.pk]))
    for report in made:
        assert statuses(report, editor, guest, stranger) == [200, 200, 404]
        assert report.get_absolute_url() in guest.get(reverse("workspace")).content.decode()


def test_guest_leaves_and_reads_only_what_it_saved(
    assessment, browser_key, guest_key, editor, guest
):
    theirs, own = (
        freeze_report(assessment=assessment, browser=k) for k in (browser_key, guest_key)
    )
    url = reverse("leave_assessment", args=[assessment.pk])
    assert url in guest.get(reverse("assessment_settings", args=[assessment.pk])).content.decode()
    assert guest.post(url).url == reverse("workspace")
    assert guest.get(reverse("check", args=[assessment.pk])).status_code == 404
    assert (statuses(theirs, guest, editor), statuses(own, guest, editor)) == (
        [404, 200],
        [200] * 2,
    )


def test_whoever_began_it_does_not_leave_it(assessment, editor):
    assert editor.post(reverse("leave_assessment", args=[assessment.pk])).status_code == 403
    assert editor.get(reverse("check", args=[assessment.pk])).status_code == 200


def test_owner_removes_an_editor_who_then_reads_only_what_they_saved(
    assessment, browser_key, guest_key, editor, guest
):
    theirs, own = (
        freeze_report(assessment=assessment, browser=k) for k in (browser_key, guest_key)
    )
    link, settings = edit_token(assessment), reverse("assessment_settings", args=[assessment.pk])
    url = removal(assessment, guest_key)
    assert f'action="{url}"' in editor.get(settings).content.decode()
    assert f'action="{url}"' not in guest.get(settings).content.decode()
    assert editor.post(url).url == settings
    assert guest.get(settings).status_code == 404
    assert statuses(theirs, guest, editor) == [404, 200]
    assert statuses(own, guest, editor) == [200, 200]
    assert guest.get(reverse("open_edit_link", args=[link])).status_code == 404


def test_only_the_owner_removes_editors_and_never_themselves(
    assessment, browser_key, guest_key, editor, guest
):
    own, others = removal(assessment, browser_key), removal(assessment, guest_key)
    assert [guest.post(url).status_code for url in (own, others)] == [403, 403]
    assert editor.post(own).status_code == 403
    assert assessment.editors.count() == 2


def test_editor_of_another_assessment_is_not_removed(assessment, version, guest_key, editor):
    other = start_assessment(version=version, title="Other", context="", browser=guest_key)
    editor_pk = other.editors.get().pk
    url = reverse("remove_editor", args=[assessment.pk, editor_pk])
    assert editor.post(url).status_code == 404
    assert other.editors.count() == 1


def removal(assessment, browser):
    """The address that removes this browser."""
    editor_pk = assessment.editors.get(holder=browser).pk
    return reverse("remove_editor", args=[assessment.pk, editor_pk])


def test_only_the_owner_replaces_the_edit_link(assessment, editor, guest):
    url = reverse("revoke_edit_links", args=[assessment.pk])
    link = reverse("open_edit_link", args=[edit_token(assessment)])
    settings = reverse("assessment_settings", args=[assessment.pk])
    assert url not in guest.get(settings).content.decode()
    assert guest.post(url).status_code == 403
    assert guest.get(link).status_code == 302
    assert editor.post(url).url == settings
    assert guest.get(link).status_code == 404


def test_edit_link_ends_when_its_owner_chose_and_whoever_used_it_goes_on(
    assessment, editor, stranger
):
    url = reverse("revoke_edit_links", args=[assessment.pk])
    settings = reverse("assessment_settings", args=[assessment.pk])
    refused = editor.post(url, {"days": "8"}, follow=True).content.decode()
    assert "Choose how long the new link works." in refused
    assessment.refresh_from_db()
    assert (assessment.edit_link_serial, assessment.edit_link_expires_at) == (1, None)
    editor.post(url, {"days": "7"})
    assessment.refresh_from_db()
    left = assessment.edit_link_expires_at - timezone.now()
    assert timedelta(days=7) - timedelta(minutes=1) < left <= timedelta(days=7)
    assert "It works until" in editor.get(settings).content.decode()
    link = reverse("open_edit_link", args=[edit_token(assessment)])
    invited, late = stranger.get(link).url, client_of(uuid.uuid4())
    late.get(link)
    stranger.post(invited)
    Assessment.objects.update(edit_link_expires_at=timezone.now())
    assert late.post(invited).status_code == 404
    assert late.get(link).status_code == 404
    assert stranger.get(settings).status_code == 200
    page = editor.get(settings).content.decode()
    assert "The private link expired on" in page
    assert edit_token(assessment) not in page
    editor.post(url)
    assessment.refresh_from_db()
    assert assessment.edit_link_expires_at is None
    assert late.get(reverse("open_edit_link", args=[edit_token(assessment)])).status_code == 302


def test_report_offers_no_more_than_its_reader_may_do(assessment, guest_key, editor, guest):
    report = freeze_report(assessment=assessment, browser=guest_key)
    offered = [reverse("share", args=[report.pk]), reverse("record", args=[report.pk])]
    offered.append(reverse("check", args=[assessment.pk]))
    guest.post(reverse("leave_assessment", args=[assessment.pk]))
    page = editor.get(report.get_absolute_url()).content.decode()
    assert [f'href="{url}"' in page for url in offered] == [True, True, True]
    page = guest.get(report.get_absolute_url()).content.decode()
    assert [f'href="{url}"' in page for url in offered] == [False, False, False]


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
