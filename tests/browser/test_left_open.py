"""Tabs that were left open, and what the browser's own buttons do: nothing is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from decider.assessments.models import Answer
from decider.questionnaires.versions import load_questionnaire
from decider.web.cookies import COOKIE
from tests.browser.site import proceed, saved
from tests.conftest import DEFAULT_FILE

pytestmark = pytest.mark.browser


def test_form_whose_token_expired_is_sent_with_a_fresh_one(window, site):
    page, asked = window, window.url
    page.context.clear_cookies(name="csrftoken")
    proceed(page)
    page.wait_for_url(lambda url: url != asked)
    assert saved(site.empty) == [1]


def test_form_whose_token_expired_says_so_where_there_are_no_scripts(open_window, site):
    page = open_window(java_script_enabled=False)
    page.goto(site.addresses["first question"])
    page.get_by_role("radio").first.check()
    page.context.clear_cookies(name="csrftoken")
    proceed(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("This page was open too long")
    assert saved(site.empty) == []


def test_browser_that_lost_its_cookie_is_told_how_to_go_on(window, site):
    page = window
    page.context.clear_cookies(name=COOKIE)
    proceed(page)
    expect(page.get_by_role("alert")).to_contain_text("through its private edit link")
    expect(page.get_by_role("radio").first).to_be_checked()
    assert saved(site.empty) == []


def test_tab_left_open_across_a_deployment_still_saves(window, site):
    """Files of the old deployment are gone; the page needs none of them to save."""
    page, asked = window, window.url
    page.route("**/static/**", lambda route: route.fulfill(status=404))
    proceed(page)
    page.wait_for_url(lambda url: url != asked)
    assert saved(site.empty) == [1]


def test_tab_left_open_while_a_new_questionnaire_is_published_goes_on_with_its_own(
    window, site, version
):
    page = window
    text = DEFAULT_FILE.read_text(encoding="utf-8")
    asked = page.get_by_role("heading", level=1).inner_text()
    assert text.count(asked) == 1
    newer, _ = load_questionnaire(text=text.replace(asked, "What is there?"))
    assert newer.number == version.number + 1
    proceed(page)
    expect(page.locator(".position")).to_contain_text("Question 2")
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(asked)
    assert saved(site.empty) == [1]


def test_browser_that_refuses_cookies_is_told_what_to_do(open_window, site):
    page = open_window()

    def without_cookies(route: Route) -> None:
        page.context.clear_cookies()
        route.continue_()

    page.route("**/*", without_cookies)
    page.goto("/")
    page.get_by_label("What is the application called?").fill("Invoicing")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("alert")).to_contain_text("allow cookies for this site")
    expect(page.get_by_label("What is the application called?")).to_have_value("Invoicing")


def test_reload_after_an_error_asks_the_question_again(window, site):
    page = window
    page.get_by_role("radio").first.evaluate("radio => { radio.checked = false }")
    proceed(page)
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="There is a problem")).to_have_count(0)
    expect(page.locator(".position")).to_contain_text("Question 1")


def test_reload_asks_the_question_that_was_reached(window):
    page = window
    proceed(page)
    expect(page.locator(".position")).to_contain_text("Question 2")
    address, question = page.url, page.get_by_role("heading", level=1).inner_text()
    page.reload()
    expect(page).to_have_url(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(question)


def test_answer_changed_after_going_back_is_the_one_that_counts(window, site):
    page, asked = window, window.url
    proceed(page)
    page.wait_for_url(lambda url: url != asked)
    page.get_by_role("link", name="Back", exact=True).click()
    page.wait_for_url(re.compile(re.escape(asked)))
    page.get_by_label("Does not apply").check()
    proceed(page)
    page.wait_for_url(lambda url: url != asked)
    answer = Answer.objects.get(assessment=site.empty)
    assert (answer.value, answer.revision) == ("n/a", 2)
