"""Who reaches what: the editor, a stranger, a new browser and the holder of a share link."""

import uuid
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decider.assessments.lifecycle import delete_assessment
from decider.assessments.models import Assessment
from decider.assessments.services import edit_token, revoke_edit_links
from decider.reports.services.sharing import revoke_share_link, share_report
from tests.conftest import client_of, reader_of

ASSESSMENT_PAGES = ["check", "weights", "assessment_settings", "result", "reports"]
REPORT_PAGES = ["report", "report_pdf", "report_pdf_letter", "share"]
ACTIONS = ["save_report", "archive_assessment", "leave_assessment", "revoke_edit_links"]


@pytest.mark.parametrize("name", ASSESSMENT_PAGES)
def test_assessment_page_opens_for_its_editor_only(assessment, editor, stranger, name):
    url = reverse(name, args=[assessment.pk])
    opened = [client.get(url).status_code for client in (editor, stranger, Client())]
    assert opened == [200, 404, 404]


@pytest.mark.parametrize("name", REPORT_PAGES)
def test_report_page_opens_for_its_editor_only(report, editor, stranger, name):
    url = reverse(name, args=[report.pk])
    opened = [client.get(url).status_code for client in (editor, stranger, Client())]
    assert opened == [200, 404, 404]


@pytest.mark.parametrize("name", ACTIONS)
def test_action_is_refused_to_strangers_and_never_done_by_get(assessment, editor, stranger, name):
    url = reverse(name, args=[assessment.pk])
    assert stranger.post(url).status_code == 404
    assert editor.get(url).status_code == 405


def test_question_opens_for_its_editor_only(assessment, editor, stranger):
    resume = reverse("resume", args=[assessment.pk])
    url = editor.get(resume).url
    assert editor.get(url).status_code == 200
    assert stranger.get(url).status_code == 404
    assert stranger.post(url, {"value": "unknown", "revision": 0}).status_code == 404


def test_forged_cookie_is_a_new_browser(assessment):
    client = Client()
    client.cookies["decider_browser"] = f"{uuid.uuid4()}:forged"
    assert client.get(reverse("check", args=[assessment.pk])).status_code == 404
    assert client.get(reverse("home")).status_code == 200


def test_edit_link_asks_then_lets_another_browser_edit(assessment, stranger):
    invitation = stranger.get(reverse("open_edit_link", args=[edit_token(assessment)])).url
    assert invitation == reverse("join_assessment", args=[assessment.pk])
    assert stranger.get(invitation).status_code == 200
    assert stranger.get(reverse("check", args=[assessment.pk])).status_code == 404
    assert stranger.post(invitation).url == reverse("resume", args=[assessment.pk])
    assert stranger.get(reverse("check", args=[assessment.pk])).status_code == 200


def expire(assessment) -> None:
    """Let the edit link end at this very moment."""
    Assessment.objects.filter(pk=assessment.pk).update(edit_link_expires_at=timezone.now())


def end_with_revocation(assessment) -> None:
    revoke_edit_links(assessment=assessment)


def end_with_assessment(assessment) -> None:
    delete_assessment(assessment=assessment)


@pytest.mark.parametrize("end", [expire, end_with_revocation, end_with_assessment])
def test_edit_link_that_ends_while_it_is_open_lets_nobody_in(assessment, stranger, end):
    link = reverse("open_edit_link", args=[edit_token(assessment)])
    invitation = stranger.get(link).url
    end(assessment)
    wrong = [stranger.get(path) for path in (link, link[:-1], "/edit/nonsense", invitation)]
    for response in (*wrong, stranger.post(invitation)):
        assert response.status_code == 404
        assert "This edit link does not work" in response.content.decode()
    assert stranger.get(reverse("check", args=[assessment.pk])).status_code == 404


def test_share_link_shows_its_report_and_nothing_else(report, assessment):
    _, token = share_report(report=report, label="Board", lifetime=timedelta(days=7))
    reader = Client()
    opened = reader.get(reverse("open_share_link", args=[token]))
    page = reader.get(opened.url)
    assert page.status_code == 200
    assert str(assessment.pk) not in page.content.decode()
    assert reader.get(f"{opened.url}pdf/").status_code == 200
    assert reader.get(reverse("report", args=[report.pk])).status_code == 404
    assert reader.get(reverse("check", args=[assessment.pk])).status_code == 404


def test_share_link_notes_when_it_was_last_opened(report):
    link, token = share_report(report=report, label="", lifetime=timedelta(days=7))
    assert link.last_opened_at is None
    reader_of(token).get(reverse("shared_report", args=[link.public_id]))
    link.refresh_from_db()
    assert link.last_opened_at >= link.created_at


@pytest.mark.parametrize("name", ["shared_report", "shared_report_pdf", "shared_report_pdf_letter"])
def test_ended_share_link_says_so_and_is_kept_in_no_cache(report, name):
    link, token = share_report(report=report, label="", lifetime=timedelta(days=7))
    reader, address = reader_of(token), reverse(name, args=[link.public_id])
    unknown = reverse(name, args=[uuid.uuid4()])
    told = [(reader, unknown, 404), (Client(), address, 404), (Client(), "/shared/unknown", 404)]
    for client, url, status in told:
        assert_told(client.get(url), status)
    revoke_share_link(link=link)
    _, expired = share_report(report=report, label="", lifetime=timedelta(0))
    assert_told(reader.get(address), 410)
    for secret in (token, expired):
        assert_told(reader.get(f"/shared/{secret}"), 404)


def assert_told(response, status):
    assert response.status_code == status
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("rest", ["", "/", "/pdf/", "/pdf/letter/", "/export/json/"])
def test_share_link_with_the_address_of_a_file_still_leads_to_the_report(report, rest):
    link, token = share_report(report=report, label="", lifetime=timedelta(days=7))
    opened = Client().get(f"/shared/{token}{rest}")
    assert opened.url == reverse("shared_report", args=[link.public_id])


def test_reading_goes_on_where_an_opening_cannot_be_noted(report, monkeypatch, caplog):
    link, token = share_report(report=report, label="", lifetime=timedelta(days=7))
    reader = reader_of(token)

    def fail(*args, **kwargs):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(QuerySet, "update", fail)
    page = reader.get(reverse("shared_report", args=[link.public_id]))
    assert page.status_code == 200
    assert "could not be noted" in caplog.text


def test_secret_of_a_share_link_is_not_kept(report):
    link, token = share_report(report=report, label="", lifetime=timedelta(days=7))
    assert token not in str(vars(link))
    assert len(token) == 43


def test_share_page_shows_the_new_address_once(report, editor):
    url = reverse("share", args=[report.pk])
    made = editor.post(url, {"label": "Board", "shows": "this", "days": "30"})
    address = made.context["new_address"]
    assert address in made.content.decode()
    assert address not in editor.get(url).content.decode()
    assert address.startswith("http://127.0.0.1:8000/shared/")
    assert Client().get(urlsplit(address).path, follow=True).status_code == 200


def test_only_the_report_s_own_links_can_be_revoked(report, assessment, browser_key):
    other = client_of(uuid.uuid4())
    link, token = share_report(report=report, label="", lifetime=timedelta(days=7))
    url = reverse("revoke_share", args=[report.pk, link.pk])
    assert other.post(url).status_code == 404
    assert client_of(browser_key).post(url).url == reverse("share", args=[report.pk])
    assert Client().get(reverse("open_share_link", args=[token])).status_code == 404
