"""Log lines as JSON."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from django.urls import reverse

from decider.web.logs import JsonFormatter, redacted, request_id


@pytest.fixture
def printed() -> Iterator[StringIO]:
    """What the log of the server prints."""
    handler = next(h for h in logging.getLogger().handlers if h.get_name() == "console")
    assert isinstance(handler, logging.StreamHandler)
    printed = StringIO()
    before = handler.setStream(printed)
    yield printed
    handler.setStream(before)


def line(**more: object) -> dict[str, object]:
    """The line of a warning, read."""
    record = logging.makeLogRecord({"name": "a.b", "levelname": "WARNING", "msg": "lost", **more})
    text = JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_line_has_the_request_and_what_the_record_adds():
    request_id.set("0a1b2c3d")
    made = line(created=0.0, fields={"status": "200"})
    assert made == {
        "time": "1970-01-01T00:00:00.000+00:00",
        "level": "WARNING",
        "logger": "a.b",
        "message": "lost",
        "request_id": "0a1b2c3d",
        "status": "200",
    }


def test_failure_is_one_line_without_the_row_that_was_refused():
    try:
        raise ValueError("duplicate\nDETAIL:  Key (email)=(ada@example.org) exists.\nEND")
    except ValueError:
        made = line(exc_info=sys.exc_info())
    assert "test_logs.py" in made["exception"]
    assert "DETAIL: ***\nEND" in made["exception"]
    assert "example.org" not in made["exception"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Not Found: /shared/Zm9v/report.pdf now", "Not Found: /shared/*** now"),
        ("from /edit/a:b:c", "from /edit/***"),
        ("at /asked/Zm9v", "at /asked/***"),
        ("mail to ada.l@example.org failed", "mail to ***@*** failed"),
        ("postgres://decider:pa55@db/x", "postgres://decider:***@db/x"),
        ("report 7 at 12:30", "report 7 at 12:30"),
    ],
)
def test_secrets_and_addresses_of_people_are_left_out(text, left):
    assert redacted(text) == left


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (lambda made: reverse("leave_assessment", args=[made.pk]), "Forbidden (Permission denied)"),
        (lambda made: reverse("make_owner", args=[made.pk, 0]), "Not Found"),
    ],
)
def test_refused_request_is_one_line_without_traceback(assessment, editor, printed, address, says):
    editor.post(address(assessment))
    (one,) = printed.getvalue().splitlines()
    assert one.endswith(f"WARNING django.request {says}: {address(assessment)}")


def test_fault_of_the_code_keeps_its_traceback(assessment, editor, printed, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise ValueError("a fault")

    monkeypatch.setattr("decider.assessments.views.settings.render_form", fail)
    editor.raise_request_exception = False
    editor.get(reverse("assessment_settings", args=[assessment.pk]))
    assert "ValueError: a fault" in printed.getvalue()
    assert "Traceback" in printed.getvalue()
