"""A production server behind a reverse proxy, which alone is reached by HTTPS."""

from __future__ import annotations

import http.client
import os
import re
import sqlite3
from contextlib import closing

import pytest

from tests.stress.proxy import proxy
from tests.stress.served import served

pytestmark = pytest.mark.skipif(
    "DECIDER_DATABASE_URL" in os.environ, reason="the kind of database makes no difference"
)

HOST = "decider.example.org"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The data folder of the server."""
    return tmp_path_factory.mktemp("behind-a-proxy")


@pytest.fixture(scope="module")
def server(folder):
    """A server as behind one proxy."""
    variables = {"DECIDER_PRODUCTION": "1", "DECIDER_TRUSTED_PROXIES": "1"}
    with served(folder, DECIDER_ADDRESS=f"https://{HOST}", WORKERS="1", **variables) as running:
        yield running


def opened(folder):
    """The database of the server."""
    return closing(sqlite3.connect(folder / "decider.sqlite3"))


def asked(port, method, path, body=b"", **headers):
    """What a client gets at a port: status, headers and text."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=40)) as connection:
        connection.request(method, path, body, {"Host": HOST, **sent})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def start(port, **headers):
    """Begin an assessment as a new browser; the answer."""
    _, given, page = asked(port, "GET", "/")
    cookie = given["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = f"csrfmiddlewaretoken={token}&title=Billing&context=".encode()
    kind = "application/x-www-form-urlencoded"
    more = {"Content_Type": kind, "Cookie": cookie, "Referer": f"https://{HOST}/", **headers}
    return asked(port, "POST", "/start/", form, **more)


def test_cookies_are_secure_and_links_lead_to_the_address_that_people_type(server):
    with proxy(server.port) as port:
        status, headers, _ = start(port)
    assert status == 302
    (cookie,) = [c for c in headers.get_all("Set-Cookie") if "decider_browser" in c]
    assert cookie.startswith("__Host-decider_browser=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_who_comes_by_http_is_led_to_https(server):
    with proxy(server.port, scheme="http") as port:
        status, headers, _ = asked(port, "GET", "/assessments/?page=2")
    assert (status, headers["Location"]) == (301, f"https://{HOST}/assessments/?page=2")


@pytest.mark.parametrize("appends", [False, True], ids=["replaces", "appends"])
def test_client_can_not_pass_for_others_by_a_header(server, folder, appends):
    with opened(folder) as database:
        database.execute("DELETE FROM decider_use")
        database.commit()
    with proxy(server.port, appends=appends) as port:
        statuses = [start(port, X_Forwarded_For=f"203.0.113.{n}")[0] for n in range(3)]
    assert statuses == [302] * 3
    with opened(folder) as database:
        counted = database.execute("SELECT times FROM decider_use").fetchall()
    assert counted == [(3,)], "one address, three times"


def test_host_that_a_client_makes_up_is_refused(server):
    with proxy(server.port) as port:
        status, _, page = asked(port, "GET", "/", X_Forwarded_Host="evil.example")
        assert (status, "evil.example" in page) == (200, False)
        assert asked(port, "GET", "/", Host="evil.example")[0] == 400


def test_huge_forms_and_long_heads_end_with_an_answer(server):
    with proxy(server.port) as port:
        status, _, page = asked(port, "POST", "/start/", bytes(1_100_000))
        assert (status, "At most 1 MB" in page) == (413, True)
        assert asked(port, "GET", f"/?{'a' * 60_000}")[0] in (200, 414, 431)
        assert asked(port, "GET", "/healthz")[0] == 200
