"""The list of assessments in a real Chromium, with JavaScript and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from decider.assessments.lifecycle import duplicate_assessment
from decider.assessments.models import Assessment
from decider.assessments.services import change_assessment

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_window, assessment, javascript) -> Page:
    """The list with one assessment."""
    page = open_window(java_script_enabled=javascript)
    page.goto("/assessments/")
    return page


def act(page: Page, title: str, action: str) -> None:
    """Choose an action of the assessment with this title."""
    row = row_of(page, title)
    row.get_by_text("Actions").click()
    row.get_by_text(action, exact=False).first.click()


def row_of(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", name=title, exact=True)
    return page.locator(".assessment-row").filter(has=heading)


def test_assessment_is_renamed_unless_somebody_was_faster(page, assessment):
    act(page, "Billing", "Rename")
    change_assessment(assessment=assessment, revision=0, title="Theirs")
    page.get_by_label("New name").fill("Mine")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_text("Theirs", exact=True)).to_be_visible()
    expect(page.get_by_label("New name")).to_have_value("Mine")
    page.get_by_role("button", name="Rename").click()
    expect(row_of(page, "Mine")).to_be_visible()


def test_assessment_is_copied_archived_and_brought_back(page):
    act(page, "Billing", "Duplicate")
    expect(row_of(page, "Billing (copy)")).to_be_visible()
    act(page, "Billing (copy)", "Archive")
    expect(page.get_by_text("“Billing (copy)” is archived.")).to_be_visible()
    expect(row_of(page, "Billing (copy)")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row_of(page, "Billing (copy)")).to_be_visible()


def test_deleted_assessment_is_restored_at_once_or_from_the_list(page):
    for undo in ("Undo", "Restore “Billing”"):
        act(page, "Billing", "Delete")
        expect(page.get_by_text("You can restore it for 30 days.")).to_be_visible()
        page.get_by_role("button", name="Delete “Billing”").click()
        expect(page.get_by_role("button", name="Undo")).to_be_visible()
        assert not Assessment.objects.exists()
        if undo != "Undo":
            page.get_by_role("link", name="Deleted (1)").click()
        page.get_by_role("button", name=undo).click()
        expect(page).to_have_url(re.compile("/assessments/$"))
        expect(row_of(page, "Billing")).to_be_visible()


def test_list_is_searched_and_sorted(page, assessment, browser_key):
    duplicate_assessment(assessment=assessment, browser=browser_key)
    page.get_by_label("Search names and contexts").fill("copy")
    page.get_by_label("Sort by").select_option("Name")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".assessment-row")).to_have_count(1)
    expect(row_of(page, "Billing (copy)")).to_be_visible()
