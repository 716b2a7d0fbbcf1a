"""What networks and servers do to an answer: it is kept, and the person is told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.site import proceed, saved

pytestmark = pytest.mark.browser

SAVES = "**/questions/**"


def test_answer_given_offline_is_kept_told_and_sent_when_the_network_is_back(window, site):
    page, asked = window, window.url
    page.context.set_offline(True)
    proceed(page)
    expect(page.get_by_role("alert")).to_contain_text("What you entered is kept on this page")
    expect(page.get_by_role("radio").first).to_be_checked()
    assert saved(site.empty) == []
    leaving = "dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert page.evaluate(leaving) is False, "leaving the page isn't asked about"
    page.context.set_offline(False)
    page.wait_for_url(lambda url: url != asked)
    assert saved(site.empty) == [1]
    expect(page.get_by_role("alert")).to_have_count(0)
    assert page.evaluate(leaving) is True


def test_answer_is_sent_again_by_itself_while_the_server_restarts(window, site):
    page, asked = window, window.url
    page.clock.install()
    page.route(SAVES, lambda route: route.fulfill(status=502), times=2)
    proceed(page)
    expect(page.get_by_role("alert")).to_contain_text("is sent again by itself")
    for _ in range(2):
        with page.expect_response(SAVES):
            page.clock.run_for(5000)
    page.wait_for_url(lambda url: url != asked)
    assert saved(site.empty) == [1]


def test_two_quick_clicks_save_once_and_go_on_by_one_question(window, site):
    page = window
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.get_by_role("button", name="Continue").dblclick()
    expect(page.locator(".position")).to_contain_text("Question 2")
    assert len(sent) == 1
    assert saved(site.empty) == [1]


def test_two_submits_without_scripts_save_the_same_answer_without_a_conflict(
    open_window, site, live_server
):
    page = open_window(java_script_enabled=False)
    page.goto(site.addresses["first question"])
    page.get_by_role("radio").first.check()
    again = page.context.new_page()
    again.goto(page.url)
    again.get_by_role("radio").first.check()
    for window in (page, again):
        asked = window.url
        proceed(window)
        window.wait_for_url(lambda url, asked=asked: url != asked)
    assert saved(site.empty) == [1]


def test_mistake_of_the_server_leaves_the_answer_on_the_page(window, site):
    page = window
    page.route(SAVES, lambda route: route.fulfill(status=500), times=1)
    proceed(page)
    expect(page.get_by_role("alert")).to_contain_text("error 500")
    expect(page.get_by_role("radio").first).to_be_checked()
    proceed(page)
    expect(page.locator(".position")).to_contain_text("Question 2")
    assert saved(site.empty) == [1]


def test_slow_answer_shows_that_it_is_being_saved_and_a_quick_one_does_not(window):
    page = window
    busy = page.locator(".busy")
    held: list[Route] = []
    page.route(SAVES, lambda route: held.append(route))
    proceed(page)
    expect(page.get_by_role("button", name="Continue")).to_be_disabled()
    expect(busy).to_have_css("animation-delay", "0.2s")
    expect(busy).to_have_css("visibility", "visible")
    held.pop().continue_()
    expect(page.locator(".position")).to_contain_text("Question 2")
    expect(busy).to_have_css("visibility", "hidden")
