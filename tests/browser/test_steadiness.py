"""Pages stand still while they load and change, and ask for no more than they need."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

WATCH_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver(list => {
    for (const shift of list.getEntries()) {
      const moved = shift.sources.map(source => source.node?.outerHTML?.slice(0, 80));
      if (!shift.hadRecentInput) window.shifts.push([shift.value, moved]);
    }
  }).observe({type: "layout-shift", buffered: true});
"""
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PAGES = ["home", "first question", "check", "result", "trial", "report", "share"]


def settle(page: Page) -> None:
    """Wait for fonts and the two frames in which a shift would be noticed."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.evaluate(TWO_FRAMES)


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_pages_load_and_when_their_fonts_come_late(open_window, site, width):
    page = open_window(viewport={"width": width, "height": 800})
    page.add_init_script(WATCH_SHIFTS)
    moved = {}
    fonts: list[Route] = []
    for name in PAGES:
        page.route("**/*.woff2", lambda route: fonts.append(route))
        page.goto(site.addresses[name], wait_until="domcontentloaded")
        page.evaluate(TWO_FRAMES)
        assert fonts, "the page has no fonts of its own"
        page.unroute("**/*.woff2")  # lets those go that wait
        fonts.clear()
        settle(page)
        if shifts := page.evaluate("window.shifts"):
            moved[name] = shifts
    assert moved == {}


def test_choosing_an_answer_moves_nothing(open_window, site):
    page = open_window()
    page.goto(site.addresses["first question"])
    choices = page.locator(".choice")
    before = [choice.bounding_box() for choice in choices.all()]
    page.get_by_role("radio").nth(1).check()
    assert [choice.bounding_box() for choice in choices.all()] == before


def test_saving_and_going_on_is_one_request(open_window, site):
    page = open_window()
    page.goto(site.addresses["first question"])
    settle(page)
    page.get_by_role("radio").first.check()
    asked = []
    page.on("request", lambda request: asked.append((request.method, urlsplit(request.url).path)))
    address = urlsplit(page.url).path
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".position")).to_contain_text("Question 2")
    settle(page)
    # With a new address Chromium looks at the icon again, which it then has kept.
    asked = [request for request in asked if not request[1].endswith("/favicon.svg")]
    assert asked == [("POST", address)]


def test_ranking_so_far_is_asked_for_only_when_opened(open_window, site):
    page = open_window()
    page.goto(site.addresses["first question"])
    ranking = page.locator("#ranking-so-far")
    expect(ranking).not_to_contain_text("too early for a ranking")
    with page.expect_response(re.compile("/ranking/")):
        page.locator("summary", has_text="The ranking so far").click()
    expect(ranking).to_contain_text("too early for a ranking")


def test_pages_ask_only_their_own_server_and_break_no_policy(open_window, site, live_server):
    page = open_window()
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    page.on(
        "request",
        lambda request: request.url.startswith(live_server.url) or foreign.append(request.url),
    )
    for name in PAGES:
        page.goto(site.addresses[name])
        settle(page)
    page.goto(site.addresses["first question"])
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".position")).to_contain_text("Question 2")
    assert (complaints, foreign) == ([], [])


def test_preview_of_a_shared_link_gives_nothing_away(open_window, site):
    page = open_window()
    page.goto(site.addresses["shared report"])
    found = page.evaluate(
        "[...document.querySelectorAll('meta[property], meta[name]')]"
        ".map(meta => meta.content).join(' ')"
    )
    assert site.full.title not in found
    assert "A decision report" in found
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")


def test_motion_stops_where_reduced_motion_is_asked_for(open_window, site):
    page = open_window()
    page.goto(site.addresses["first question"])
    button = page.get_by_role("button", name="Continue")
    expect(button).not_to_have_css("transition-duration", re.compile("^0s"))
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].map(getComputedStyle)"
        ".filter(style => /[1-9]/.test(style.transitionDuration + style.animationDuration)).length"
    )
    assert moving == 0


def test_forced_colours_still_show_what_is_chosen_and_how_alternatives_stand(open_window, site):
    page = open_window(forced_colors="active")
    page.goto(site.addresses["first question"])
    mark = page.get_by_role("radio").first
    page.mouse.move(0, 0)
    before = dark_pixels(mark.screenshot())
    mark.check()
    page.get_by_role("heading", level=1).focus()
    assert dark_pixels(mark.screenshot()) > 2 * before
    page.goto(site.addresses["result"])
    ranked = len(site.report.document.result.ranking)
    dots = page.locator("#recommendation .dots .dot").all()
    assert len(dots) == ranked > 1
    places = [dot.bounding_box()["x"] for dot in dots]
    assert sorted(places, reverse=True) == places, "dots don't go left with the points"
    assert min(dark_pixels(dot.screenshot()) for dot in dots) > 0


def dark_pixels(picture: bytes) -> int:
    """How many pixels of a picture stand out from white."""
    grey = Image.open(BytesIO(picture)).convert("L")
    return sum(grey.histogram()[:200])


def test_scripts_of_our_own_are_smaller_than_8_kilobytes(settings):
    scripts = (settings.BASE_DIR / "static").rglob("*.js")
    assert sum(script.stat().st_size for script in scripts) < 8000


def test_list_of_sections_beside_a_question_never_scrolls_sideways(open_window, site):
    page = open_window(viewport={"width": 1280, "height": 720})
    page.goto(site.addresses["first question"])
    widths = page.locator("nav.sidebar").evaluate("nav => [nav.scrollWidth, nav.clientWidth]")
    assert widths[0] == widths[1]
