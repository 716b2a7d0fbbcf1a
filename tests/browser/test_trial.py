"""Trying on the result itself, in a browser: in place, in view, and nobody loses their place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from decider.assessments.services import answers_of, questionnaire_for

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 760}


@pytest.fixture
def trying(open_window, site) -> Page:
    """The result of the filled-in example, with its answers unfolded."""
    page = open_window()
    page.goto(site.addresses["result"])
    unfold(page, "Questions and answers")
    return page


def unfold(page: Page, chapter: str) -> None:
    """Open a chapter of the result."""
    page.locator("summary", has_text=chapter).click()


def test_answers_ask_what_the_tried_branch_asks_and_keep_place_and_focus(trying, site):
    page = trying
    questions = questionnaire_for(site.full).questions
    changed = page.get_by_label(questions["subject"].text)
    expect(page.get_by_label(questions["end-state"].text)).to_be_visible()
    changed.focus()
    before = changed.bounding_box()
    changed.select_option("users-programs")
    expect(page.get_by_label(questions["users-get"].text)).to_be_visible(timeout=20_000)
    expect(page.get_by_label(questions["end-state"].text)).to_have_count(0)
    expect(changed).to_have_value("users-programs")
    expect(changed).to_be_focused()
    assert changed.bounding_box()["x"] == before["x"]
    assert page.url.endswith("/result/?q-subject=users-programs")
    expect(page.locator("#status")).to_contain_text("come first")


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "laptop"])
def test_flip_is_tried_where_it_stands_with_its_outcome_in_view_then_dropped(
    open_window, site, size
):
    page = open_window(viewport=size)
    page.goto(site.addresses["result"])
    unfold(page, "What would change it")
    page.get_by_role("link", name="Try this").first.click()
    outcome = page.locator("#trial .outcome")
    expect(outcome).to_contain_text("would come first, not")
    expect(outcome).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Keep")).to_be_in_viewport(ratio=1)
    page.reload()
    expect(outcome).to_contain_text("would come first, not")
    page.locator("#trial").get_by_role("link", name="Drop", exact=True).click()
    expect(page.locator("#trial")).to_have_count(0)
    assert page.url.endswith("/result/")


def test_what_is_tried_is_kept_when_asked(trying, site):
    page = trying
    weight = page.get_by_role("spinbutton").first
    weight.fill("5")
    weight.press("Tab")
    page.wait_for_url("**/?w-*=5")
    unfold(page, "What moved")
    expect(page.locator("#trial")).to_contain_text("→ 5")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Saved. This is the result now.")).to_be_visible()
    site.full.refresh_from_db()
    section = questionnaire_for(site.full).sections[0]
    assert site.full.weights[section.key] == 5


def test_trying_works_without_scripts(open_window, site):
    page = open_window(java_script_enabled=False)
    page.goto(site.addresses["result"])
    unfold(page, "Questions and answers")
    question = questionnaire_for(site.full).questions["subject"]
    page.get_by_label(question.text).select_option("users-programs")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#trial .outcome")).to_contain_text("come first")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Saved. This is the result now.")).to_be_visible()
    assert answers_of(site.full)["subject"].value == "users-programs"
