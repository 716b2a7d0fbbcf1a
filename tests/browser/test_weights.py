"""The form of the weights, in a browser: what a weight does is shown while it is set."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_effect_of_a_weight_is_shown_at_once_and_nothing_is_saved(open_window, site):
    page = open_window(viewport={"width": 390, "height": 760})
    page.goto(site.addresses["weights"])
    site.full.refresh_from_db()
    before = site.full.revision
    effect = page.locator("#effect")
    expect(effect).to_contain_text("Change a weight to see what it does")
    expect(effect).to_be_in_viewport()
    weight = page.get_by_role("spinbutton").first
    weight.fill("0")
    weight.press("Tab")
    expect(effect.locator(".outcome")).to_contain_text("come first")
    expect(page.locator("#status")).to_contain_text("come first")
    effect.locator("summary").click()
    expect(effect.get_by_role("table")).to_be_visible()
    page.get_by_role("spinbutton").nth(1).fill("0")
    page.get_by_role("spinbutton").nth(1).press("Tab")
    expect(effect.get_by_role("table")).to_be_visible()
    weight.fill("101")
    weight.press("Tab")
    expect(effect).to_contain_text("The largest weight is 100")
    site.full.refresh_from_db()
    assert site.full.revision == before
    page.reload()
    expect(weight).to_have_value("101")
