"""What is tried, in a browser: the form follows its answers, and nobody loses their place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from decider.assessments.services import questionnaire_for

pytestmark = pytest.mark.browser


@pytest.fixture
def trying(open_window, site) -> Page:
    """The what-if page of the filled-in example."""
    page = open_window()
    page.goto(site.addresses["what_if"])
    return page


def test_form_asks_what_the_tried_branch_asks_and_keeps_the_focus(trying, site) -> None:
    page = trying
    questions = questionnaire_for(site.full).questions
    changed = page.get_by_label(questions["subject"].text)
    expect(page.get_by_label(questions["end-state"].text)).to_have_count(1)
    changed.focus()
    changed.select_option("users-programs")
    expect(page.get_by_label(questions["users-get"].text)).to_have_count(1)
    expect(page.get_by_label(questions["end-state"].text)).to_have_count(0)
    expect(changed).to_have_value("users-programs")
    expect(changed).to_be_focused()
    assert page.url.endswith("/what-if/?q-subject=users-programs")


def test_address_holds_what_is_tried(trying) -> None:
    page = trying
    weight = page.get_by_role("spinbutton").first
    weight.fill("5")
    weight.press("Tab")
    page.wait_for_url("**/?w-*=5")
    expect(page.get_by_role("heading", name="Weights")).to_be_visible()
