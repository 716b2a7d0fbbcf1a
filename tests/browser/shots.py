"""`./dev shots`: a picture of each page in each state, at three widths, light and dark.

They go to var/shots/, with index.html to look at them side by side. Those that README shows are
taken anew as well. Not a test: nothing is asserted but that every page comes up.
"""

from __future__ import annotations

from html import escape

import pytest
from django.conf import settings
from django.utils.text import slugify
from playwright.sync_api import Page

from tests.browser.states import states

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
FOLDER = settings.BASE_DIR / "var" / "shots"
README = {"home": "home", "first question": "question", "result": "result"}
"""State to the name of its picture in docs/images/."""


def settled(page: Page) -> None:
    """Wait until the page is loaded, fonts included."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_take_shots(open_window, site, width, scheme):
    FOLDER.mkdir(parents=True, exist_ok=True)
    page = open_window(viewport={"width": width, "height": 800}, color_scheme=scheme)
    names = []
    for name in states(page, site):
        settled(page)
        page.screenshot(path=FOLDER / f"{slugify(name)}-{width}-{scheme}.png", full_page=True)
        names.append(name)
    (FOLDER / "index.html").write_text(gallery(names), encoding="utf-8")


def test_take_the_shots_of_the_readme(open_window, site):
    page = open_window(viewport={"width": 1280, "height": 800})
    for name, picture in README.items():
        page.goto(site.addresses[name])
        settled(page)
        page.screenshot(path=settings.BASE_DIR / "docs" / "images" / f"{picture}.png")


def gallery(names: list[str]) -> str:
    """A page with all pictures, a row a state."""
    rows = []
    for name in names:
        pictures = "".join(
            f'<img src="{slugify(name)}-{width}-{scheme}.png" width="{width // 3}" loading="lazy">'
            for scheme in SCHEMES
            for width in WIDTHS
        )
        rows.append(f"<h2>{escape(name)}</h2>{pictures}")
    return f'<!DOCTYPE html><meta charset="utf-8"><title>Shots</title>{"".join(rows)}'
