"""Which pages are limited, by browser and by address."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from decider.assessments.models import Assessment
from decider.people import limits
from decider.people.limits import Action
from decider.reports.models import Report
from decider.web.models import Use
from decider.web.tickets import TICKET, Ticket
from tests.conftest import answer_enough, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tight(settings, monkeypatch) -> None:
    """Limits count, and everybody may do everything twice, three times from one address."""
    settings.LIMITS = True
    monkeypatch.setattr(Action, "spend", spend_tight)
    monkeypatch.setattr(limits, "AN_OFFICE", 1.5)


def spend_tight(action: Action, request) -> None:
    SPEND(Action(action.name, 2), request)


SPEND = Action.spend


def start(client: Client) -> int:
    return client.post(reverse("start"), {"title": "Billing", "context": ""}).status_code


def test_browser_that_starts_too_often_is_told_when_to_come_back(version, browser_key):
    client = client_of(browser_key)
    assert [start(client), start(client)] == [302, 302]
    refused = client.post(reverse("start"), {"title": "Billing", "context": ""})
    assert refused.status_code == 429
    assert 590 < int(refused.headers["Retry-After"]) <= 600
    assert "in 10 minutes" in refused.content.decode()
    assert client.post(reverse("start_example")).status_code == 429
    assert client.get(reverse("home")).status_code == 200
    assert Assessment.objects.count() == 2


def test_browsers_without_cookies_share_the_limit_of_their_address(version):
    assert [start(Client()) for _ in range(4)] == [302, 302, 302, 429]
    far = Client(REMOTE_ADDR="203.0.113.9")
    assert start(far) == 302


def test_browser_at_its_limit_keeps_no_other_one_out(version):
    first, second = (client_of(uuid.uuid4()) for _ in range(2))
    assert [start(first), start(first), start(second)] == [302, 302, 302]


@pytest.mark.parametrize("name", ["save_report", "duplicate_assessment"])
def test_saving_and_copying_are_limited(assessment, editor, name):
    answer_enough(assessment)
    url = reverse(name, args=[assessment.pk])
    assert [editor.post(url).status_code for _ in range(3)] == [302, 302, 429]
    assert Report.objects.count() <= 1


@pytest.mark.parametrize("name", ["verify_record", "import_report"])
def test_files_are_limited_and_counted_once_though_they_wait_in_the_queue(
    version, stranger, name, caplog
):
    url = reverse(name)

    def send(ticket: Ticket) -> int:
        file = SimpleUploadedFile("a.json", b"{}")
        return stranger.post(url, {"file": file}, **{TICKET: ticket}).status_code

    for _ in range(2):
        assert send(Ticket()) == 202  # until the server calls again
        assert caplog.records == []
        assert send(Ticket(admitted=True)) in (200, 422)
        caplog.clear()
    assert send(Ticket()) == 429


@pytest.mark.parametrize("name", ["record", "share"])
def test_records_and_share_links_are_limited(report, editor, name):
    url = reverse(name, args=[report.pk])
    sent = [editor.post(url, {"sent": "yes"}).status_code for _ in range(3)]
    assert sent == [422, 422, 429]


def test_limits_can_be_switched_off(version, stranger, settings):
    settings.LIMITS = False
    assert [start(stranger) for _ in range(4)] == [302] * 4
    assert Use.objects.count() == 0
