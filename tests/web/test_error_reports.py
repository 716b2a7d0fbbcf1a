"""What a server of Sentry gets to know of errors."""

from __future__ import annotations

import json
import logging

import pytest
import sentry_sdk
from django.test import Client

from decider.web.error_reports import report_errors
from tests.web.receiver import receiver

SECRETS = ["ada@example.org", "Ada", "a-secret", "127.0.0.1", "sk-note", "Mozilla"]


@pytest.fixture
def sent():
    """A function that gives the events sent so far."""
    with receiver() as server:
        dsn = f"http://key@127.0.0.1:{server.port}/1"
        report_errors(dsn, environment="https://decider.example.org")
        client = sentry_sdk.get_client()

        def events():
            client.flush(5)
            return [json.loads(body.splitlines()[2]) for body in server.bodies]

        yield events
        client.close(1)
    sentry_sdk.get_global_scope().set_client(None)


@pytest.fixture
def broken(monkeypatch):
    """A page that fails with what somebody wrote."""

    def fail(*_args, **_kwargs):
        note = "sk-note"
        raise ValueError(f"Ada <ada@example.org> wrote {note} at /shared/a-secret")

    monkeypatch.setattr("decider.site.views.state.readiness", fail)
    return Client(raise_request_exception=False)


def test_error_is_sent_with_its_place_and_its_request_and_nothing_that_people_wrote(sent, broken):
    page = broken.get(
        "/readyz?name=Ada",
        headers={
            "User-Agent": "Mozilla",
            "Cookie": "decider=a-secret",
            "Referer": "/edit/a-secret",
        },
    )
    (event,) = sent()
    (raised,) = event["exception"]["values"]
    assert (raised["type"], raised["stacktrace"]["frames"][-1]["function"]) == (
        "ValueError",
        "fail",
    )
    assert set(raised) == {"type", "module", "stacktrace"}
    assert event["logentry"] == {"message": "%s: %s"}
    assert event["tags"] == {"request_id": page.headers["X-Request-ID"]}
    assert event["environment"] == "https://decider.example.org"
    told = json.dumps({**event, "exception": [frame_data(raised)]})
    assert [secret for secret in SECRETS if secret in told] == []


def frame_data(raised):
    """What the frames have beside lines of code."""
    lines = {"context_line", "pre_context", "post_context"}
    return [
        {k: v for k, v in frame.items() if k not in lines}
        for frame in raised["stacktrace"]["frames"]
    ]


def test_secret_in_words_of_a_log_line_is_left_out(sent):
    logging.getLogger("decider.web").error("Lost /shared/a-secret for %s", "Ada")
    (event,) = sent()
    assert event["logentry"] == {"message": "Lost /shared/*** for %s"}


def test_request_for_another_host_and_warnings_are_not_sent(sent, db):
    assert Client().get("/", headers={"Host": "evil.example"}).status_code == 400
    logging.getLogger("decider.web").warning("slow")
    assert sent() == []
