"""What was entered and not sent: it is there again, whichever way somebody left."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from decider.assessments.models import Answer
from decider.reports.services.records import add_entry
from tests.browser.site import proceed, saved

pytestmark = pytest.mark.browser

NOT_SAVED = "Not saved yet, kept in this browser."
NOTE = "Ask the vendor about the licence."


@pytest.fixture
def left(window) -> Page:
    """A question that was left by a link, after a choice was made and a note written."""
    page, asked = window, window.url
    page.locator("summary", has_text="Add a note").click()
    page.get_by_label("Note").fill(NOTE)
    page.get_by_role("link", name="Result", exact=True).click()
    page.wait_for_url("**/result/")
    page.goto(asked)
    return page


def test_choice_and_note_are_there_again_and_are_sent_as_if_nobody_had_left(left, site):
    page = left
    expect(page.get_by_role("radio").first).to_be_checked()
    expect(page.get_by_label("Note")).to_have_value(NOTE)
    expect(page.get_by_text(NOT_SAVED)).to_be_visible()
    assert saved(site.empty) == []
    proceed(page)
    expect(page.locator(".position")).to_contain_text("Saved")
    expect(page.get_by_text(NOT_SAVED)).to_be_hidden()
    assert Answer.objects.get(assessment=site.empty).note == NOTE
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_label("Note")).to_have_value(NOTE)
    expect(page.get_by_text(NOT_SAVED)).to_be_hidden()


def test_what_was_kept_can_be_discarded(left):
    page = left
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("radio").first).not_to_be_checked()
    expect(page.get_by_label("Note")).to_have_value("")
    page.reload()
    expect(page.get_by_text(NOT_SAVED)).to_be_hidden()


def test_answer_of_somebody_else_meanwhile_is_not_overwritten_by_what_was_kept(left, site):
    page = left
    key = page.url.rstrip("/").rsplit("/", 1)[1]
    Answer.objects.create(assessment=site.empty, question_key=key, value="n/a")
    page.reload()
    expect(page.get_by_role("radio").first).to_be_checked()
    proceed(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Two answers to one question")
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator(".position")).to_contain_text("Question 2")
    answer = Answer.objects.get(assessment=site.empty)
    assert (answer.note, answer.revision) == (NOTE, 2)


def test_what_somebody_was_faster_than_is_saved_when_it_is_sent_again(open_window, site):
    page = open_window()
    page.goto(site.addresses["record"])
    page.get_by_label("Your name").fill("Grace")
    page.get_by_label("Why this change").fill("As agreed")
    record = site.report.record
    last = record.state.number
    add_entry(record=record, revision=last, status="proposed", by="Ada", why="Board")
    page.get_by_role("button", name="Add to the record").click()
    expect(page.get_by_role("main")).to_contain_text("Somebody added to this record")
    page.get_by_role("button", name="Add to the record").click()
    expect(page.get_by_role("main")).not_to_contain_text("Somebody added to this record")
    assert [entry.why for entry in record.entries.filter(number__gt=last)] == ["Board", "As agreed"]


def test_choice_that_is_taken_back_leaves_nothing_to_save(window):
    page = window
    expect(page.get_by_text(NOT_SAVED)).to_be_visible()
    proceed(page)
    expect(page.locator(".position")).to_contain_text("Question 2")
    page.get_by_role("link", name="Back", exact=True).click()
    page.get_by_role("radio").nth(1).check()
    expect(page.get_by_text(NOT_SAVED)).to_be_visible()
    page.get_by_role("radio").first.check()
    expect(page.get_by_text(NOT_SAVED)).to_be_hidden()


def test_choice_made_by_key_is_kept(window):
    page, asked = window, window.url
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("2")
    page.goto("/")
    page.goto(asked)
    expect(page.get_by_role("radio").nth(1)).to_be_checked()


def test_weights_are_there_again(open_window, site):
    page = open_window()
    page.goto(site.addresses["weights"])
    page.get_by_role("spinbutton").first.fill("35")
    page.get_by_role("link", name="Back to your answers").click()
    page.wait_for_url("**/check/")
    page.goto(site.addresses["weights"])
    expect(page.get_by_role("spinbutton").first).to_have_value("35")
    expect(page.get_by_role("slider").first).to_have_value("35")
    expect(page.get_by_text(NOT_SAVED)).to_be_visible()


def test_name_of_a_new_assessment_is_there_again_until_it_is_started(open_window, site):
    page = open_window()
    page.goto("/")
    name = page.get_by_label("What is the application called?")
    name.fill("Payroll")
    page.get_by_role("link", name="Check a record").click()
    page.wait_for_url("**/check-record/")
    page.goto("/")
    expect(name).to_have_value("Payroll")
    page.get_by_role("button", name="Start the assessment").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What do you want to run?")
    page.goto("/")
    expect(name).to_have_value("")


def test_text_that_is_too_long_is_counted_kept_whole_and_refused(window, site):
    page = window
    page.locator("summary", has_text="Add a note").click()
    note = page.get_by_label("Note")
    note.fill("x" * 3500)
    expect(page.get_by_text("500 characters left")).to_be_visible()
    note.fill("x" * 4010)
    expect(page.get_by_text("10 characters too many")).to_be_visible()
    proceed(page)
    expect(page.get_by_role("alert")).to_contain_text("This has 4010 characters; at most 4000 fit.")
    expect(note).to_have_value("x" * 4010)
    assert saved(site.empty) == []


def test_browser_without_scripts_is_not_promised_to_keep_anything(open_window, site):
    page = open_window(java_script_enabled=False)
    page.goto(site.addresses["first question"])
    page.get_by_role("radio").first.check()
    expect(page.get_by_text(NOT_SAVED)).to_be_hidden()
    proceed(page)
    expect(page.locator(".position")).to_contain_text(re.compile("Question 2"))


def test_way_on_is_in_view_on_a_phone_before_and_after_a_choice(open_window, site):
    page = open_window(viewport={"width": 360, "height": 640})
    page.goto(site.addresses["first question"])
    button = page.get_by_role("button", name="Continue")
    expect(button).to_be_in_viewport(ratio=1)
    page.get_by_role("radio").first.check()
    expect(button).to_be_in_viewport(ratio=1)
    last = page.get_by_role("radio").last
    last.focus()
    below, above = last.bounding_box(), page.locator(".question .actions").bounding_box()
    assert below["y"] + below["height"] <= above["y"]
