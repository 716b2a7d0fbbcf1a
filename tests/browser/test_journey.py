"""The whole journey in a real Chromium, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from decider.assessments.models import Assessment
from decider.assessments.services import answers_of, questionnaire_for, walk_through
from decider.reports.models import Report
from tests.browser.steps import begin
from tests.pdf_text import folded, pdf_text

pytestmark = pytest.mark.browser


@pytest.fixture
def window(new_context, version, javascript) -> Page:
    return new_context(java_script_enabled=javascript).new_page()


def mark(page: Page, value: str) -> None:
    """Click a choice where people do, on its label."""
    page.locator(f'.choice:has(input[value="{value}"]) label').click()


def choose(page: Page, value: str) -> None:
    """Choose an answer and wait until the next page has come."""
    asked = page.url
    mark(page, value)
    page.get_by_role("button", name=re.compile("Continue|Save and return")).click()
    page.wait_for_url(lambda url: url != asked)


def answer_everything(page: Page, assessment: Assessment) -> None:
    """Take the first choice of each question that comes up, until the check page."""
    questions = questionnaire_for(assessment).questions
    while "/questions/" in page.url:
        key = page.url.rstrip("/").rsplit("/", 1)[1].split("?")[0]
        choose(page, questions[key].choices[0].key)


def test_journey_from_first_question_to_pdf(window, javascript):
    page = window
    assessment = begin(page)
    page.get_by_text("Add a note").click()
    page.get_by_label("Note").fill("As the audit of May says")
    answer_everything(page, assessment)
    expect(page).to_have_url(re.compile("/check/$"))

    branch = close_a_branch(page, assessment)
    walk = walk_through(assessment, answers_of(assessment))
    assert branch not in walk.counted
    assert branch in answers_of(assessment)

    page.goto(f"/assessments/{assessment.pk}/result/")
    page.get_by_role("button", name=re.compile("Save")).first.click()
    expect(page).to_have_url(re.compile("/reports/"))
    assert_pdf_holds_every_answer(page, assessment)


def close_a_branch(page: Page, assessment: Assessment) -> str:
    """Change the parent of a visible conditional question from the check page; its key."""
    questions = questionnaire_for(assessment).questions
    walk = walk_through(assessment, answers_of(assessment))
    child = next(q for q in walk.visible if q.shown_when)
    parent = questions[child.shown_when.question]
    other = next(c.key for c in parent.choices if c.key not in child.shown_when.choices)
    page.locator(f'a[href*="/questions/{parent.key}/"]').last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(parent.text)
    choose(page, other)
    expect(page).to_have_url(re.compile(f"/check/#{parent.key}$"))
    return child.key


def assert_pdf_holds_every_answer(page: Page, assessment: Assessment) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    text = pdf_text(download.value.path())
    questions = questionnaire_for(assessment).questions
    counted = walk_through(assessment, answers_of(assessment)).counted
    for key, value in counted.items():
        assert folded(questions[key].text) in text
        assert folded(questions[key].choice(value).label) in text
    assert folded("As the audit of May says") in text
    assert Report.objects.get().content_hash[:12] in text


def test_back_and_forward_of_the_browser_are_safe(window, version):
    page = window
    assessment = begin(page)
    first, title = page.url, page.title()
    choose(page, "unknown")
    page.go_back()
    expect(page).to_have_url(first)
    expect(page.locator('input[value="unknown"]')).to_be_checked()
    choose(page, "n/a")
    answer = next(iter(answers_of(assessment).values()))
    assert (answer.value, answer.revision) == ("n/a", 2)
    page.go_back()
    expect(page).to_have_title(title)
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Two answers")


def test_two_tabs_are_told_of_each_other(new_context, version, javascript):
    context = new_context(java_script_enabled=javascript)
    one = context.new_page()
    begin(one)
    other = context.new_page()
    other.goto(one.url)
    choose(one, "unknown")
    mark(other, "n/a")
    other.get_by_role("button", name="Continue").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Two answers")
    expect(other.get_by_text("Does not apply")).to_be_visible()
    expect(other.get_by_text("I don’t know")).to_be_visible()
    other.get_by_role("button", name="Keep mine").click()
    expect(other.locator("fieldset")).to_be_visible()
    assessment = Assessment.objects.get()
    assert [a.value for a in answers_of(assessment).values()] == ["n/a"]


def test_missing_answer_is_told_and_the_note_kept(window):
    page = window
    begin(page)
    page.get_by_text("Add a note").click()
    page.get_by_label("Note").fill("Half a thought")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Half a thought")


def test_resume_goes_on_at_the_first_open_question(window, javascript):
    page = window
    begin(page)
    choose(page, "unknown")
    second = page.url
    page.goto("/assessments/")
    page.get_by_role("link", name="Invoicing").click()
    expect(page).to_have_url(second)


def test_offer_of_the_edit_link_is_answered_without_losing_the_answer_begun(window, javascript):
    page = window
    assessment = begin(page)
    questions = questionnaire_for(assessment).questions
    for _ in range(3):
        key = page.url.rstrip("/").rsplit("/", 1)[1]
        choose(page, questions[key].choices[0].key)
    asked = page.url
    expect(page.get_by_label("Private edit link")).to_have_value(re.compile("/edit/"))
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="I have saved it").click()
    expect(page.get_by_text("Keep a way back")).to_have_count(0)
    expect(page).to_have_url(asked)
    if javascript:
        expect(page.get_by_role("radio").first).to_be_checked()
        expect(page.get_by_text("You’ll find the link in the settings")).to_be_focused()
