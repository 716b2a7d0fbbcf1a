"""Every form keeps what was entered while the server can't be reached, and sends it later."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, Route, expect

from decider.assessments.models import Answer, Assessment
from decider.reports.models import Report
from tests.browser.site import Site
from tests.browser.test_accessibility import OPEN_FOLDS

pytestmark = pytest.mark.browser

TITLE = "What is the application called?"


class Form(NamedTuple):
    """Where a form is, what is entered, its button, and the heading that it leads to."""

    address: str
    button: str
    leads_to: str
    field: str = ""
    text: str = ""


FORMS = [
    Form("edit link", "Edit in this browser", "Check your answers"),
    Form("home", "Start the assessment", "What do you want to run?", TITLE, "New"),
    Form("home", "Open a copy", "Save report"),
    Form("weights", "Save the weights", "Check your answers", "Multi-OS needs", "35"),
    Form("assessment_settings", "Save", "Saved.", TITLE, "Renamed"),
    Form("assessment_settings", "Replace the link", "no longer works"),
    Form("result", "Save report", "Report saved."),
    Form("record", "Add to the record", "There is a problem", "Consequences", "Two platforms"),
    Form("share", "Make the link", "Your new link", "Who is it for?", "Auditors"),
    Form("share", "Revoke the link Board", "no longer works"),
    Form("trial", "Keep", "This is the result now."),
]


def fill(page: Page, site: Site, form: Form) -> None:
    """Open the page of a form and enter what is to be kept."""
    page.goto(site.addresses[form.address])
    page.evaluate(OPEN_FOLDS)
    if form.field:
        page.get_by_label(form.field, exact=form.field == "Multi-OS needs").fill(form.text)


def arrived(page: Page, form: Form) -> None:
    """Expect what the form leads to."""
    expect(page.get_by_role("main")).to_contain_text(form.leads_to)
    expect(page.get_by_role("alert").filter(has_text="server")).to_have_count(0)


def test_every_form_is_kept_and_told_of_offline_and_sent_when_the_network_is_back(
    open_window, site
):
    page = open_window()
    for form in FORMS:
        fill(page, site, form)
        page.context.set_offline(True)
        page.get_by_role("button", name=form.button).first.click()
        expect(page.locator("#send-error")).to_contain_text(
            "is kept on this page and is sent again"
        )
        if form.field:
            field = page.get_by_label(form.field, exact=form.field == "Multi-OS needs")
            expect(field).to_have_value(form.text)
        page.context.set_offline(False)
        arrived(page, form)
    site.full.refresh_from_db()
    assert (site.full.title, site.full.weights["multi-os"]) == ("Renamed", 35)
    assert [a.title for a in Assessment.objects.filter(title="New")] == ["New"]
    assert site.full.reports.count() == 2


def test_every_form_whose_token_expired_is_sent_with_a_fresh_one(open_window, site):
    page = open_window()
    for form in FORMS:
        fill(page, site, form)
        page.context.clear_cookies(name="csrftoken")
        page.get_by_role("button", name=form.button).first.click()
        arrived(page, form)


def test_double_click_makes_one_assessment_and_one_report(open_window, site):
    page = open_window()
    Assessment.objects.filter(pk=site.full.pk).update(title="Not saved like this yet")
    for address, button, made in [
        ("home", "Start the assessment", Assessment),
        ("result", "Save report", Report),
    ]:
        before = made.objects.count()
        page.goto(site.addresses[address])
        if address == "home":
            page.get_by_label(TITLE).fill("Once")
        page.get_by_role("button", name=button).first.dblclick()
        page.wait_for_url("**/questions/**" if address == "home" else "**/reports/**")
        assert made.objects.count() == before + 1


def test_file_to_check_is_kept_and_sent_again_with_the_button_that_was_pressed(open_window, site):
    page = open_window()
    page.goto(site.addresses["check a record"])
    file = {"name": "r.json", "mimeType": "application/json", "buffer": site.files["outdated"]}
    page.get_by_label("PDF or JSON").set_input_files(file)
    page.context.set_offline(True)
    page.get_by_role("button", name="Import it").click()
    expect(page.locator("#send-error")).to_contain_text("is kept on this page")
    page.get_by_role("heading", level=1).click()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported, with remarks")


def test_choice_between_two_answers_is_sent_again_as_it_was_made(
    open_window, site, answer_of_another
):
    page = open_window()
    page.goto(site.addresses["first question"])
    saved = answer_of_another(page)
    page.get_by_label("I don’t know").check()
    page.get_by_role("button", name="Continue").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Keep the saved one").click()
    expect(page.locator("#send-error")).to_contain_text("is kept on this page")
    page.get_by_role("heading", level=1).click()
    page.context.set_offline(False)
    expect(page.locator(".position")).to_contain_text("Question 2")
    saved.refresh_from_db()
    assert (saved.value, saved.revision) == ("n/a", 1)


@pytest.fixture
def answer_of_another(site: Site) -> Callable[[Page], Answer]:
    """Saves an answer to the question on the page, as another person would."""

    def answer(page: Page) -> Answer:
        key = page.url.rstrip("/").rsplit("/", 1)[1]
        return Answer.objects.create(assessment=site.empty, question_key=key, value="n/a")

    return answer


def test_trial_says_when_the_server_is_gone_and_shows_the_change_when_it_is_back(open_window, site):
    page = open_window()
    page.goto(site.addresses["result"])
    page.locator("summary", has_text="Questions and answers").click()
    page.context.set_offline(True)
    page.get_by_role("spinbutton").first.fill("5")
    page.get_by_role("spinbutton").first.blur()
    expect(page.locator("#send-error")).to_contain_text("is kept on this page")
    page.context.set_offline(False)
    page.locator("summary", has_text="What moved").click()
    expect(page.locator("#trial")).to_contain_text("90 → 5")


def test_request_that_hangs_is_given_up_told_and_sent_again(open_window, site):
    page = open_window()
    page.clock.install()
    page.goto(site.addresses["first question"])
    page.get_by_role("radio").first.check()
    timeout = page.evaluate("JSON.parse(document.forms[0].getAttribute('hx-request')).timeout")
    assert timeout == 20_000
    page.evaluate(GIVE_UP_AFTER, 50)
    held: list[Route] = []
    page.route("**/questions/**", lambda route: held.append(route), times=1)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#send-error")).to_contain_text("is kept on this page")
    page.evaluate(GIVE_UP_AFTER, timeout)
    page.clock.run_for(5000)
    expect(page.locator(".position")).to_contain_text("Question 2")


GIVE_UP_AFTER = """timeout =>
  document.forms[0].setAttribute("hx-request", JSON.stringify({timeout}))"""
