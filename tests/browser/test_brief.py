"""Results and reports begin with a brief; everything else is folded below it and easily reached."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_steadiness import settle

pytestmark = pytest.mark.browser

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
HEIGHT = "document.documentElement.scrollHeight"
PAGES = ("result", "report", "shared report")
NOT_SHOWN = """[...document.querySelectorAll("main p, main td, main li")].filter(
  part => !part.closest(".visually-hidden, [aria-hidden]") && !part.checkVisibility({
    contentVisibilityAuto: true})).length"""


def opened(page: Page, key: str) -> bool:
    """Whether the chapter of this fragment is open."""
    return page.locator(f"details:has(> #{key})").evaluate("part => part.open")


@pytest.mark.parametrize(("window", "limit"), [(LAPTOP, 3500), (PHONE, 6000)])
def test_pages_of_results_are_short_before_anything_is_opened(open_window, site, window, limit):
    page = open_window(viewport=window)
    heights = {}
    for name in PAGES:
        page.goto(site.addresses[name])
        settle(page)
        heights[name] = page.evaluate(HEIGHT)
    assert {name: height for name, height in heights.items() if height >= limit} == {}


def test_brief_fits_little_more_than_one_screen(open_window, site):
    page = open_window(viewport=LAPTOP)
    page.goto(site.addresses["result"])
    settle(page)
    box = page.locator("#recommendation").bounding_box()
    assert box["height"] < 800


def test_fragment_opens_the_chapter_and_what_is_inside_it(open_window, site, javascript):
    page = open_window(viewport=LAPTOP, java_script_enabled=javascript)
    page.goto(f"{site.addresses['result']}#answers")
    settle_without_scripts(page)
    heading = page.get_by_role("heading", name="Questions and answers")
    expect(heading).to_be_in_viewport()
    assert opened(page, "answers")
    assert not opened(page, "why")
    page.locator("#recommendation a[href^='#answer-']").first.evaluate("link => link.click()")
    expect(page.locator(".answer:target")).to_be_in_viewport()


def settle_without_scripts(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def test_link_to_what_was_closed_again_opens_it_once_more(open_window, site):
    page = open_window(viewport=LAPTOP)
    page.goto(f"{site.addresses['result']}#sources")
    page.locator("details:has(> #sources) > summary").click()
    assert not opened(page, "sources")
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="Sources", exact=True).click()
    expect(page.locator("#sources")).to_be_in_viewport()
    assert opened(page, "sources")


def test_contents_follow_the_reading(open_window, site):
    page = open_window(viewport=LAPTOP)
    page.goto(site.addresses["report"])
    contents = page.get_by_role("navigation", name="On this page")
    current = contents.locator("[aria-current]:visible")
    expect(current).to_have_text("In brief")
    contents.get_by_role("link", name="About this report").click()
    expect(current).to_have_text("About this report")
    page.locator("details:has(> #why) > summary").click()
    page.mouse.move(700, 400)
    page.locator("#why").evaluate("part => part.scrollIntoView()")
    page.mouse.wheel(0, 40)
    expect(current).to_have_text("Where the points come from")
    expect(contents).to_be_in_viewport(ratio=0.9)


def test_contents_of_a_phone_stay_in_view_and_close_on_the_way(open_window, site):
    page = open_window(viewport=PHONE, has_touch=True)
    page.goto(site.addresses["result"])
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_text("On this page").click()
    contents.get_by_role("link", name="How sure this is").click()
    expect(contents.get_by_role("link", name="How sure this is")).not_to_be_visible()
    expect(page.get_by_role("heading", name="How sure this is")).to_be_in_viewport()
    expect(contents).to_be_in_viewport()
    expect(contents.locator("summary")).to_have_text("On this page How sure this is")
    covered = contents.bounding_box()
    heading = page.get_by_role("heading", name="How sure this is").bounding_box()
    assert heading["y"] >= covered["y"] + covered["height"]


def test_contents_name_every_chapter_in_order(open_window, site):
    page = open_window(viewport=LAPTOP)
    for name in PAGES:
        page.goto(site.addresses[name])
        contents = page.get_by_role("navigation", name="On this page")
        listed = contents.locator(":scope > ol a").all_inner_texts()
        chapters = page.locator(".chapter > summary h2").all_inner_texts()
        assert listed == ["In brief", *chapters]
        assert len(chapters) > 9


def test_everything_is_printed(open_window, site, javascript):
    page = open_window(viewport=LAPTOP, java_script_enabled=javascript)
    page.goto(site.addresses["result"])
    assert page.evaluate(NOT_SHOWN) > 100
    page.emulate_media(media="print")
    assert page.evaluate(NOT_SHOWN) == 0


def test_chapters_open_by_key(open_window, site):
    page = open_window(viewport=LAPTOP)
    page.goto(site.addresses["result"])
    page.locator("details:has(> #certainty) > summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="How often at each rank")).to_be_visible()


def test_too_early_a_result_leads_on_and_shows_no_ranking(open_window, site):
    page = open_window(viewport=LAPTOP)
    page.goto(site.addresses["result, nothing answered"])
    expect(page.get_by_role("heading", name="Too early to say")).to_be_visible()
    expect(page.locator(".ranking")).to_have_count(0)
    expect(page.get_by_role("button", name="Save report")).to_have_count(0)
    page.get_by_role("link", name="Continue with the questions").click()
    page.wait_for_url("**/questions/**")


def test_points_are_fetched_where_they_are_unfolded(open_window, site):
    page = open_window(viewport=LAPTOP)
    page.goto(site.addresses["result"])
    page.locator("details:has(> #why) > summary").click()
    fold = page.locator("#points-vm")
    assert fold.locator(".section-part").count() == 0
    fold.locator(":scope > summary").click()
    section = fold.locator(".section-part").first
    section.locator("summary").click()
    section.locator("a").first.click()
    expect(page.locator(".answer:target")).to_be_in_viewport()


def test_unfolded_points_are_those_of_the_next_trial(open_window, site):
    page = open_window(viewport=LAPTOP)
    page.goto(site.addresses["result"])
    page.locator("details:has(> #why) > summary").click()
    page.locator("#points-vm > summary").click()
    total = page.locator("#points-vm .part-row.edge .number").last
    before = total.inner_text()
    page.locator("details:has(> #answers) > summary").click()
    weight = page.get_by_role("spinbutton").first
    weight.fill("5")
    weight.press("Tab")
    page.wait_for_url("**/?w-*=5")
    expect(total).not_to_have_text(before)
    expect(page.locator("#points-vm > summary .count")).to_have_text(f"{total.inner_text()} points")


def test_points_have_a_page_of_their_own_without_scripts(open_window, site):
    page = open_window(viewport=LAPTOP, java_script_enabled=False)
    page.goto(site.addresses["result"])
    page.locator("details:has(> #against) > summary").click()
    page.locator("#against .fetched > summary").first.click()
    page.locator("#against .fetched").first.get_by_role("link").click()
    expect(page.locator("#compared")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the result").click()
    assert page.url.endswith("/result/")
