"""What is said to those who come the wrong way, and small files at the root."""

from __future__ import annotations

from contextlib import closing

import pytest
from django.test import Client
from django.urls import reverse

from decider.assessments.models import Assessment, Editor
from decider.assessments.services import edit_token, questionnaire_for

pytestmark = pytest.mark.django_db

FORMS = ["start", "start_example", "verify_record", "import_report"]


@pytest.mark.parametrize("name", ["save_report", "archive_assessment", "leave_assessment"])
def test_address_that_takes_only_forms_says_so(assessment, editor, name):
    response = editor.get(reverse(name, args=[assessment.pk]))
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "This page can’t be opened directly" in response.content.decode()


@pytest.mark.parametrize("name", FORMS)
def test_page_with_a_form_answers_head_as_get(version, name):
    opened, asked = Client().get(reverse(name)), Client().head(reverse(name))
    assert asked.status_code == opened.status_code
    assert asked.content == b""


@pytest.mark.parametrize(
    "name", ["weights", "assessment_settings", "apply_what_if", "delete_assessment"]
)
def test_form_of_an_assessment_answers_head_as_get(assessment, editor, name):
    url = reverse(name, args=[assessment.pk])
    assert editor.head(url).status_code == editor.get(url).status_code


def test_head_of_an_edit_link_lets_nobody_edit(assessment):
    url = reverse("open_edit_link", args=[edit_token(assessment)])
    opened = Client().head(url, follow=True)
    assert (opened.status_code, len(opened.redirect_chain)) == (200, 1)
    assert Editor.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "kind", "start"),
    [
        ("/robots.txt", "text/plain", b"User-agent: *\nAllow: /$\nAllow: /static/\nDisallow: /\n"),
        ("/favicon.ico", "image/", b"\0\0\1\0"),
    ],
)
def test_root_has_what_crawlers_and_browsers_look_for(path, kind, start):
    with closing(Client().get(path)) as response:
        content = response.getvalue()
    assert response.headers["Content-Type"].startswith(kind)
    assert content.startswith(start)


def test_manifest_is_served_as_one(settings):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    with closing(Client().get("/static/web/icons/site.webmanifest")) as response:
        assert response.getvalue().startswith(b"{")
    assert response.headers["Content-Type"].split(";")[0] == "application/manifest+json"


@pytest.mark.parametrize("path", ["/start/", "/no-such-page/"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded; charset=utf-16", "title=Billing".encode("utf-16")),
        ("application/x-www-form-urlencoded", b"&".join(b"f=1" for _ in range(1001))),
        ("multipart/form-data", b"without a boundary"),
    ],
    ids=["utf-16", "fields", "boundary"],
)
def test_form_that_can_not_be_read_is_refused_with_a_page(version, path, kind, body):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    response = client.generic("POST", path, body, kind)
    assert response.status_code == (400 if path == "/start/" else 404)
    page = response.content.decode()
    assert ("could not be read" if path == "/start/" else "Page not found") in page


@pytest.mark.parametrize("name", ["save_report", "assessment_settings", "weights", "apply_what_if"])
def test_assessment_that_goes_during_a_request_is_not_found(assessment, editor, monkeypatch, name):
    def gone(*_):
        raise Assessment.DoesNotExist

    for module in ("assessments.services", "reports.services.reports"):
        monkeypatch.setattr(f"decider.{module}.lock_assessment", gone)
    url = reverse(name, args=[assessment.pk])
    sections = {f"weight-{s.key}": 5 for s in questionnaire_for(assessment).sections}
    response = editor.post(url, {"title": "Billing", "revision": 0, **sections})
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
