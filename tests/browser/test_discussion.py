"""Two people comment on a report: an editor, and a reader who came by a share link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from decider.reports.services.sharing import share_report
from tests.browser.steps import reply

pytestmark = pytest.mark.browser


def write(page: Page, text: str, name: str) -> None:
    """Fill in the form of a new comment."""
    form = page.get_by_role("region", name="Add a comment")
    form.get_by_label("Your comment").fill(text)
    form.get_by_label("Your name").fill(name)


def test_editor_and_reader_talk_about_a_report(open_window, report, page, javascript):
    here = open_window(java_script_enabled=javascript)
    here.goto(reverse("comments", args=[report.pk]))
    write(here, "Why not containers?", "Ada")
    here.get_by_role("button", name="Add the comment").click()
    expect(here.get_by_text("Your comment has been added.")).to_be_visible()
    _, token = share_report(report=report, label="", lifetime=timedelta(days=1), may_comment=True)
    page.goto(reverse("open_share_link", args=[token]))
    page.get_by_role("link", name="1 comment", exact=True).click()
    reply(page, "Too many machines.", "Alan")
    here.reload()
    expect(here.get_by_text("by share link")).to_be_visible()
    here.get_by_role("button", name="Resolve the thread").click()
    expect(here.get_by_text("Resolved", exact=True)).to_be_visible()


def test_new_comment_appears_in_place_with_the_focus_on_it(open_window, report):
    page = open_window()
    page.goto(reverse("comments", args=[report.pk]))
    page.evaluate("window.stayed = true")
    write(page, "Why?", "Ada")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.locator(".comment")).to_be_focused()
    assert page.evaluate("window.stayed") is True
    expect(page.get_by_label("Your comment").last).to_have_value("")
