"""The whole journey by keyboard alone, and what a screen reader would say on the way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from decider.engine.questionnaire.schema import Question, Questionnaire, Section
from decider.questionnaires.versions import questionnaire_of

pytestmark = pytest.mark.browser


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has this name."""
    for _ in range(150):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "[document.activeElement.textContent, document.activeElement.labels?.[0]?.textContent]"
        )
        if any(text and text.strip().startswith(name) for text in words):
            return
    raise AssertionError(f"Tab never reached {name}")


def answer(page: Page, *, scripts: bool) -> None:
    """Choose the first answer and go on."""
    asked = page.url
    if scripts:
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    else:
        while page.evaluate("document.activeElement.type") != "radio":
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != asked)


@pytest.fixture
def window(new_context, version, javascript) -> Page:
    return new_context(java_script_enabled=javascript).new_page()


def test_journey_by_keyboard_alone(window, javascript):
    page = window
    page.goto("/")
    tab_to(page, "What is the application called?")
    page.keyboard.type("Invoicing")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/questions/"))
    while "/questions/" in page.url:
        answer(page, scripts=javascript)
    tab_to(page, "See the result")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/result/"))
    tab_to(page, "Save report")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/reports/"))
    tab_to(page, "Download PDF")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_skip_link_comes_first_and_leads_to_the_content(open_window, site):
    page = open_window()
    page.goto(site.addresses["result"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_focus_goes_to_the_new_question_and_is_announced(open_window, site):
    page = open_window()
    page.goto(site.addresses["first question"])
    heading = page.get_by_role("heading", level=1)
    first, title = heading.inner_text(), page.title()
    expect(heading).to_be_focused()
    page.keyboard.press("2")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    expect(heading).not_to_have_text(first)
    expect(heading).to_be_focused()
    expect(page.locator("#status")).to_have_text(re.compile("^Saved. Question 2 of"))
    assert page.title() != title
    page.keyboard.press("Backspace")
    expect(heading).to_have_text(first)


def test_focus_goes_to_the_error_summary_and_from_there_to_the_choices(open_window, site):
    page = open_window()
    page.goto(site.addresses["first question"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio").first).to_be_focused()


def test_keys_of_a_question_leave_the_note_alone(open_window, site):
    page = open_window()
    page.goto(site.addresses["first question"])
    page.get_by_text("Add a note").click()
    expect(page.get_by_label("Note")).to_be_focused()
    page.keyboard.type("12")
    page.keyboard.press("Backspace")
    page.keyboard.type("3")
    expect(page.get_by_label("Note")).to_have_value("13")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


def first_question(version) -> tuple[Questionnaire, Section, Question]:
    questionnaire = questionnaire_of(version_id=version.pk)
    section = questionnaire.sections[0]
    return questionnaire, section, section.questions[0]


def test_a_screen_reader_hears_the_question_with_its_section_and_choices(
    open_window, site, version
):
    page = open_window()
    page.goto(site.addresses["first question"])
    _, section, question = first_question(version)
    group = page.get_by_role("group", name=f"{section.title} · Question 1 of")
    expect(group.get_by_role("heading", level=1)).to_have_accessible_name(question.text)
    labels = [*(c.label for c in question.choices), "I don’t know", "Does not apply"]
    radios = group.get_by_role("radio")
    expect(radios).to_have_count(len(labels))
    for index, label in enumerate(labels):
        expect(radios.nth(index)).to_have_accessible_name(label)
    for index, choice in enumerate(question.choices):
        expect(radios.nth(index)).to_have_accessible_description(choice.help)
    current = page.get_by_role("navigation", name="Sections").locator("[aria-current]")
    expect(current).to_have_accessible_name(re.compile(rf"{section.title} 0 ?/? ?of \d+ answered"))


def test_a_screen_reader_hears_the_ranking_as_a_numbered_list(open_window, site):
    page = open_window()
    page.goto(site.addresses["result"])
    region = page.get_by_role("region", name=re.compile("^Recommended"))
    rows = region.locator("ol.ranking").first.get_by_role("listitem")
    result = site.report.document.result
    names = site.report.document.questionnaire.content.alternative_by_key
    heard = [re.sub(r"\s+", " ", row).strip() for row in rows.all_inner_texts()]
    ranked = heard[: len(result.ranking)]
    assert [row.split(" points")[0] for row in ranked] == [
        f"{row.rank} {names[row.alternative].name}"
        + (" could still be ruled out" if row.provisional else "")
        + f" {row.points}"
        for row in result.ranking
    ]
