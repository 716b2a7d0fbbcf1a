"""What people do on several pages of the browser tests."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from decider.assessments.models import Assessment


def begin(page: Page) -> Assessment:
    """Begin an assessment from the home page."""
    page.goto("/")
    page.get_by_label("What is the application called?").fill("Invoicing")
    page.get_by_role("button", name=re.compile("^Start")).click()
    expect(page.locator("fieldset")).to_be_visible()
    return Assessment.objects.get()


def reply(page: Page, text: str, name: str) -> None:
    """Reply to the first comment."""
    page.get_by_text("Reply").first.click()
    form = page.get_by_role("article")
    form.get_by_label("Your comment").fill(text)
    form.get_by_label("Your name").fill(name)
    form.get_by_role("button", name="Reply").click()
    expect(page.get_by_text(text)).to_be_visible()
