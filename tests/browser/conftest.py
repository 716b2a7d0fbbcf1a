"""What the browser tests share: a server with content, and windows on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from decider.models import Assessment, Report
from decider.services.assessments import edit_token, start_assessment, start_from_answers
from decider.services.example import example_answers
from decider.services.reports import freeze_report
from decider.services.sharing import revoke_share_link, share_report
from decider.views.access import COOKIE
from tests.conftest import client_of


@dataclass(frozen=True)
class Site:
    """An assessment without answers, the filled-in example, its report, and their addresses."""

    empty: Assessment
    full: Assessment
    report: Report
    addresses: dict[str, str]


@pytest.fixture
def site(version, assessment, browser_key) -> Site:
    """A server with something on every page."""
    answers = example_answers(version)
    assert answers is not None
    full = start_from_answers(version=version, answers=answers, browser=browser_key)
    report = freeze_report(assessment=full, browser=browser_key)
    early = start_assessment(version=version, title="Early", context="", browser=browser_key)
    other = freeze_report(assessment=early, browser=browser_key)
    week = timedelta(days=7)
    _, open_token = share_report(report=report, label="Board", lifetime=week)
    ended, ended_token = share_report(report=report, label="", lifetime=week)
    revoke_share_link(link=ended)
    pages = ["check", "weights", "result", "what_if", "standing", "reports", "assessment_settings"]
    addresses = {
        "home": "/",
        "first question": reverse("resume", args=[assessment.pk]),
        "quick path": reverse("quick", args=[assessment.pk]),
        "check, nothing answered": reverse("check", args=[assessment.pk]),
        "result, nothing answered": reverse("result", args=[assessment.pk]),
        "no reports": reverse("reports", args=[assessment.pk]),
        **{name: reverse(name, args=[full.pk]) for name in pages},
        **{name: reverse(name, args=[report.pk]) for name in ("report", "record", "share")},
        "compare": f"{reverse('compare')}?before={report.pk}&after={other.pk}",
        "compare, nothing chosen": reverse("compare"),
        "check a record": reverse("check_record"),
        "read in a report": reverse("read_in_report"),
        "edit link": reverse("open_edit_link", args=[edit_token(full)]),
        "shared report": reverse("shared_report", args=[open_token]),
        "ended link": reverse("shared_report", args=[ended_token]),
        "unknown link": reverse("shared_report", args=["nothing"]),
        "no such page": "/nowhere/",
    }
    return Site(assessment, full, report, addresses)


@pytest.fixture
def open_window(chromium, live_server, browser_key) -> Iterator[Callable[..., Page]]:
    """Opens a window of the browser that edits `assessment`; options as for a new context."""
    contexts: list[BrowserContext] = []

    def window(**options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        cookie = client_of(browser_key).cookies[COOKIE].value
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"page error: {error}"))
        return page

    yield window
    for context in contexts:
        context.close()
