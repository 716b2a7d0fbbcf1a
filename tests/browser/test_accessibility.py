"""No page in any state breaks a rule of WCAG 2.2 AA that axe can check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route

from decider.models import Answer
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PROBLEM = "There is a problem"
OPEN_FOLDS = """() => {
  const repeated = ".breakdown ~ .breakdown ~ .breakdown, .answered ~ .answered ~ .answered";
  for (const fold of document.querySelectorAll("details")) fold.open = !fold.closest(repeated);
}"""
"""Opens what is folded; of the long rows of alternatives and sections only the first two."""


def states(page: Page, site: Site) -> Iterator[str]:
    """Bring up each page in each state, loaded with its styles; yields its name."""
    for name in visits(page, site):
        page.wait_for_load_state()
        yield name


def visits(page: Page, site: Site) -> Iterator[str]:
    """Go to each page and do what brings it into each state; yields its name."""
    for name, address in site.addresses.items():
        page.goto(address)
        yield name
    page.goto("/")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", name=PROBLEM).wait_for()
    yield "home, error"
    page.goto(site.addresses["first question"])
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name=PROBLEM).wait_for()
    yield "question, error"
    page.goto(site.addresses["weights"])
    page.get_by_role("spinbutton").first.fill("101")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name=PROBLEM).wait_for()
    yield "weights, error"
    page.goto(site.addresses["share"])
    page.get_by_role("button", name="Make").click()
    page.get_by_role("heading", name="Your new link").wait_for()
    yield "share, new link"
    yield from conflict(page, site)
    yield from broken(page)


def conflict(page: Page, site: Site) -> Iterator[str]:
    """Two answers to one question, and a form without its token."""
    page.goto(site.addresses["first question"])
    key = page.url.rstrip("/").rsplit("/", 1)[1]
    Answer.objects.create(assessment=site.empty, question_key=key, value="n/a")
    page.get_by_label("I don’t know").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Two answers to one question").wait_for()
    yield "question, conflict"
    page.goto("/")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", name="This page was open too long").wait_for()
    yield "form open too long"


def broken(page: Page) -> Iterator[str]:
    """The page for a mistake of the server, which is rendered without any context."""

    def fail(route: Route) -> None:
        route.fulfill(status=500, body=render_to_string("500.html"), content_type="text/html")

    page.route("**/broken/", fail)
    page.goto("/broken/")
    yield "server error"


def violations(page: Page) -> list[tuple[str, Any]]:
    """What axe finds wrong, with the first element."""
    page.evaluate(OPEN_FOLDS)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


@pytest.mark.parametrize(("scheme", "scripts"), [("light", True), ("dark", True), ("light", False)])
def test_axe_finds_nothing_in_any_state(open_window, site, scheme, scripts):
    page = open_window(color_scheme=scheme, reduced_motion="reduce")
    if not scripts:
        page.route("**/*.js", lambda route: route.abort())
    found = {name: wrong for name in states(page, site) if (wrong := violations(page))}
    assert found == {}


def test_no_state_scrolls_sideways_at_320_pixels(open_window, site):
    """320 pixels is also what a window of 1280 has at a zoom of 400%."""
    page = open_window(viewport={"width": 320, "height": 600})
    wider = {}
    for name in states(page, site):
        page.evaluate(OPEN_FOLDS)
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wider[name] = needed
    assert wider == {}


def test_every_state_has_a_language_a_title_of_its_own_and_one_main_heading(open_window, site):
    page = open_window()
    found = {
        name: (
            page.evaluate("document.documentElement.lang"),
            page.locator("h1").count(),
            page.locator("main").count(),
        )
        for name in states(page, site)
    }
    assert found == dict.fromkeys(found, ("en", 1, 1))


def test_targets_are_at_least_24_pixels_or_stand_in_text(open_window, site):
    """WCAG 2.2, 2.5.8: axe leaves out what it isn't sure of; here everything is measured."""
    page = open_window(viewport={"width": 360, "height": 700}, has_touch=True)
    small = {}
    for name in states(page, site):
        if found := page.evaluate(SMALL_TARGETS):
            small[name] = found
    assert small == {}


SMALL_TARGETS = """() => {
  const inText = ".unseen, p, dd, dt, td, li:not(.row) > .small, .copy";
  return [...document.querySelectorAll("a, button, summary, select, input, textarea")]
    .filter(target => target.checkVisibility({visibilityProperty: true})
      && !target.closest(inText) && !["hidden", "radio"].includes(target.type))
    .filter(target => { const box = target.getBoundingClientRect();
      return box.width > 1 && Math.min(box.width, box.height) < 24 })
    .map(target => target.outerHTML.slice(0, 120)); }"""
