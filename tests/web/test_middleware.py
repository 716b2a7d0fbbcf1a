"""Who comes by HTTP to a server with an HTTPS address."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def https(settings) -> None:
    settings.HTTPS = True
    settings.ADDRESS = "https://decider.example"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def test_http_leads_to_the_configured_address_whatever_the_host(version):
    forwarded = {"X-Forwarded-Proto": "http", "Host": "localhost"}
    response = Client().get("/compare/?before=1", headers=forwarded)
    assert response.status_code == 301
    assert response.url == "https://decider.example/compare/?before=1"


def test_link_that_is_opened_by_http_keeps_its_secret(version):
    response = Client().get("/shared/secret", headers={"X-Forwarded-Proto": "http"})
    assert response.url == "https://decider.example/shared/secret"


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-Proto": "https"}])
def test_https_and_a_proxy_that_does_not_say_are_not_redirected(version, headers):
    assert Client().get("/", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/", "/static/none.css", "/shared/secret"])
def test_no_page_of_another_site_may_use_an_answer(version, path):
    headers = Client().get(path).headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=(), geolocation=()")
