"""Secrets of links: in no log line and in no Referer, whatever goes wrong at their address."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from decider.assessments.services import edit_token
from decider.assessments.views import edit_links
from decider.reports.services.sharing import share_report
from decider.reports.views import share_links
from tests.conftest import client_of


@pytest.fixture(params=["open_share_link", "open_edit_link"])
def secret(request, report, assessment) -> tuple[str, str]:
    """A secret, and the address that holds it."""
    token = edit_token(assessment)
    if request.param == "open_share_link":
        _, token = share_report(report=report, label="", lifetime=timedelta(days=1))
    return token, reverse(request.param, args=[token])


@pytest.fixture
def logged(caplog):
    """Every record that is logged from now on, with its traceback, as one text."""
    caplog.set_level(logging.DEBUG)
    formatter = logging.Formatter()

    def text() -> str:
        lines = (
            f"{formatter.format(record)} {getattr(record, 'request', '')!r}"
            for record in caplog.records
        )
        return "\n".join(lines)

    return text


def assert_hidden(token: str, text: str) -> None:
    assert "***" in text
    assert token not in text


def test_wrong_method_at_a_secret_address_is_logged_without_the_secret(secret, logged):
    token, url = secret
    for method in ("post", "put", "delete"):
        assert getattr(Client(), method)(url).status_code == 405
    assert_hidden(token, logged())


def test_refused_form_at_a_secret_address_is_logged_without_the_secret(secret, logged):
    token, url = secret
    assert Client(enforce_csrf_checks=True).post(url).status_code == 403
    assert "Forbidden (CSRF" in logged()
    assert_hidden(token, logged())


@pytest.mark.parametrize("error", [RuntimeError, OperationalError])
def test_failure_at_a_secret_address_is_logged_without_the_secret(
    secret, logged, monkeypatch, error
):
    def fail(**_):
        raise error("failed")

    token, url = secret
    monkeypatch.setattr(share_links, "find_share_link", fail)
    monkeypatch.setattr(edit_links, "assessment_by_edit_link", fail)
    client = Client(raise_request_exception=False)
    assert client.get(url).status_code in (500, 503)
    assert_hidden(token, logged())


def test_host_that_is_refused_at_a_secret_address_is_logged_without_the_secret(secret, logged):
    token, url = secret
    assert Client().get(url, headers={"Host": "evil.example"}).status_code == 400
    assert_hidden(token, logged())


@pytest.mark.parametrize("around", ["{}/nothing/here", "/x{}"])
def test_address_around_a_secret_is_logged_without_it(secret, logged, around):
    token, url = secret
    Client().get(around.format(url))
    assert token not in logged()


def test_secret_address_sends_no_referer_and_is_kept_in_no_cache(secret):
    _, url = secret
    for path in (url, f"{url}wrong"):
        response = Client().get(path)
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]


def test_secret_is_exchanged_for_a_cookie_that_no_script_reads(secret):
    token, url = secret
    response = Client().get(url)
    assert token not in response.url
    (cookie,) = response.cookies.values()
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", response.url)


def test_cookies_are_tied_to_this_host_where_it_is_reached_by_https(secret, settings):
    settings.HTTPS = True
    _, url = secret
    client = Client()
    response = client.get(url, secure=True)
    (cookie,) = response.cookies.values()
    assert cookie.key.startswith("__Secure-decider_")
    assert cookie["secure"] is True
    assert client.get(response.url, secure=True).status_code == 200


def test_cookie_of_one_share_link_opens_no_other(report):
    links = [share_report(report=report, label="", lifetime=timedelta(days=1)) for _ in range(2)]
    client = Client()
    client.get(reverse("open_share_link", args=[links[0][1]]))
    own, other = (reverse("shared_report", args=[link.public_id]) for link, _ in links)
    assert [client.get(url).status_code for url in (own, other)] == [200, 404]


def test_invitation_to_one_assessment_is_none_to_another(assessment, version, browser_key):
    client = client_of(browser_key)
    client.get(reverse("open_edit_link", args=[edit_token(assessment)]))
    client.cookies["decider_invitation"]["path"] = "/"
    other = reverse("join_assessment", args=["00000000-0000-4000-8000-000000000000"])
    assert client.post(other).status_code == 404


def test_test_run_fails_where_a_secret_gets_into_a_log(report, secrets_in_logs):
    _, token = share_report(report=report, label="", lifetime=timedelta(days=1))
    logging.getLogger("anywhere").warning("Opened %s", f"/shared/{token}")
    assert secrets_in_logs.found == [f"Opened /shared/{token}"]
    secrets_in_logs.found = []
