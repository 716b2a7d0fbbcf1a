"""The cookie that a browser is known by, also while the secret key is the wrong one."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def right_key(settings) -> str:
    return settings.SECRET_KEY


def begin(client: Client, title: str) -> str:
    """Begin an assessment; the address that it is read at."""
    return client.post(reverse("start"), {"title": title, "context": ""}).url


def test_reading_with_a_wrong_secret_key_changes_no_cookie(editor, assessment, settings):
    settings.SECRET_KEY = "wrong" * 10
    for name in ("home", "verify_record", "compare"):
        assert editor.get(reverse(name)).cookies.get("decider_browser") is None
    assert editor.get(reverse("check", args=[assessment.pk])).status_code == 404


def test_access_comes_back_with_the_right_secret_key(editor, assessment, settings, right_key):
    settings.SECRET_KEY = "wrong" * 10
    meanwhile = [begin(editor, title) for title in ("Meanwhile", "Meanwhile too")]
    assert [editor.get(url).status_code for url in meanwhile] == [302, 302]
    settings.SECRET_KEY = right_key
    check = reverse("check", args=[assessment.pk])
    assert editor.get(check).status_code == 200
    later = begin(editor, "Later")
    assert [editor.get(url).status_code for url in (check, later)] == [200, 302]


def test_what_was_begun_with_another_secret_key_is_not_lost_either(
    editor, version, settings, right_key
):
    settings.SECRET_KEY = "wrong" * 10
    meanwhile = begin(editor, "Meanwhile")
    settings.SECRET_KEY = right_key
    begin(editor, "Later")
    settings.SECRET_KEY = "wrong" * 10
    assert editor.get(meanwhile).status_code == 302


def test_browser_whose_cookie_counts_gets_no_second_one(editor, version):
    begun = editor.post(reverse("start"), {"title": "A", "context": ""})
    assert "decider_browser" in begun.cookies
    assert "decider_browser_kept" not in begun.cookies


def test_access_survives_two_wrong_secret_keys(editor, assessment, settings, right_key):
    for wrong in ("wrong" * 10, "other" * 10):
        settings.SECRET_KEY = wrong
        begin(editor, "Meanwhile")
    settings.SECRET_KEY = right_key
    assert editor.get(reverse("check", args=[assessment.pk])).status_code == 200


def test_cookie_is_tied_to_this_host_where_it_is_reached_by_https(version, settings):
    settings.HTTPS = True
    client = Client()
    begun = client.post(reverse("start"), {"title": "A", "context": ""}, secure=True)
    cookie = begun.cookies["__Host-decider_browser"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    assert client.get(begun.url, secure=True).status_code == 302


def test_cookie_from_before_https_still_counts(assessment, browser_key, settings):
    settings.HTTPS = True
    check = reverse("check", args=[assessment.pk])
    assert client_of(browser_key).get(check, secure=True).status_code == 200
    assert client_of(uuid.uuid4()).get(check, secure=True).status_code == 404
