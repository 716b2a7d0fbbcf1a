"""No page in any state breaks a rule of WCAG 2.2 AA that axe can check."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT as AXE
from django.urls import resolve
from playwright.sync_api import Page

from tests.browser import urls
from tests.browser.states import states

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RULES = {
    "light": {"type": "tag", "values": TAGS},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""What axe looks at: the dark page is the same page in other colours."""

OPEN_FOLDS = "for (const d of document.querySelectorAll('details:not(.fetched)')) d.open = true"
"""What is fetched when it is opened has pages of its own."""

THIN_OUT = """() => {
  const repeated = [".section-part", ".answered"].map(part => `${part} ~ ${part} ~ ${part}`).join();
  for (const part of document.querySelectorAll(repeated)) part.remove();
}"""
"""Leaves two of the long rows of sections, which are all built alike."""

NO_PAGES = {
    *("healthz", "readyz", "schema", "signing_keys", "report_export", "shared_report_export"),
    *("report_pdf", "report_pdf_letter", "shared_report_pdf", "shared_report_pdf_letter"),
}
"""Addresses of files, not of pages."""

LEAD_ON = {
    *("start", "start_example", "resume", "quick", "save_report"),
    *("what_if", "apply_what_if", "restore_state"),
    *("revoke_edit_links", "leave_assessment", "revoke_share", "restore_share"),
    *("remove_editor", "make_owner"),
    *("duplicate_assessment", "archive_assessment", "unarchive_assessment"),
    *("restore_assessment", "purge_assessment", "answer_link_offer"),
    *("begin_round", "invite_to_round", "revoke_round_invitation", "close_round"),
    *("take_over_agreed", "finish_round"),
    *("remove_participant", "restore_participant"),
    *("remove_comment", "resolve_comment", "flag_question"),
    *("shared_remove_comment", "shared_resolve_comment", "shared_flag_question"),
}
"""Addresses that lead to other pages, or show the page that their form is on."""


AXE_MILLISECONDS = 60_000
"""How long axe may take on a page: one on which a script never ends fails its test then."""


def violations(page: Page, scheme: str) -> list[tuple[str, Any]]:
    """What axe finds wrong, with the first element; it is put on a page once.

    Without motion: colors on their way from one scheme to the other belong to neither.
    """
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": RULES[scheme], "resultTypes": ["violations"]}
    # Unlike evaluate, this has a deadline.
    found = page.wait_for_function(
        "options => axe.run(options)", arg=options, timeout=AXE_MILLISECONDS
    ).evaluate("found => found.violations")
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_axe_finds_nothing_in_any_state_light_or_dark(open_window, site, scripts):
    page = open_window()
    if not scripts:
        page.route("**/*.js", lambda route: route.abort())
    found = {}
    for name in states(page, site):
        page.evaluate(OPEN_FOLDS)
        page.evaluate(THIN_OUT)
        for scheme in RULES:
            if wrong := violations(page, scheme):
                found[name, scheme] = wrong
    assert found == {}


def test_every_state_is_well_formed_and_fits_a_window_of_320_pixels(open_window, site):
    """320 pixels is also what a window of 1280 has at a zoom of 400%."""
    page = open_window(viewport={"width": 320, "height": 600}, has_touch=True)
    found, seen, titles = {}, set(), {}
    for name in states(page, site):
        if name != "no such page":
            seen.add(resolve(urlsplit(page.url).path).url_name)
        titles[name] = page.title()
        found[name] = page.evaluate(FORM)
        page.evaluate(OPEN_FOLDS)
        found[name] |= {"width": page.evaluate("document.documentElement.scrollWidth")}
        found[name] |= {"small": page.evaluate(SMALL_TARGETS)}
    found["components"]["headings"] -= 4  # it shows four questions
    good = {"language": "en", "headings": 1, "mains": 1, "plainForms": 0, "width": 320, "small": []}
    assert {name: form for name, form in found.items() if form != good} == {}
    assert [name for name, title in titles.items() if not title.endswith(" – Decider")] == []
    pages = {pattern.name for pattern in urls.urlpatterns if pattern.name} - NO_PAGES - LEAD_ON
    assert pages - seen == set(), "a page without a state in states.py"


FORM = """() => ({
  language: document.documentElement.lang,
  headings: document.querySelectorAll("h1").length,
  mains: document.querySelectorAll("main").length,
  plainForms: document.querySelectorAll("form[method=post]:not([hx-post])").length,
})"""

SMALL_TARGETS = """() => {
  const inText = ".visually-hidden, p, dd, dt, td, li:not(.row) > .small, .copy";
  return [...document.querySelectorAll("a, button, summary, select, input, textarea")]
    .filter(target => target.checkVisibility({visibilityProperty: true})
      && !target.closest(inText) && !["hidden", "radio"].includes(target.type))
    .filter(target => { const box = target.getBoundingClientRect();
      return box.width > 1 && Math.min(box.width, box.height) < 24 })
    .map(target => target.outerHTML.slice(0, 120)); }"""
"""WCAG 2.2, 2.5.8: axe leaves out what it isn't sure of; here everything outside text counts."""
