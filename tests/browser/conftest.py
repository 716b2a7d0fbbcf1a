"""What the browser tests share: a server with content, and windows on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from decider.web.cookies import COOKIE
from tests.browser.site import Site, fill_site
from tests.conftest import client_of


@pytest.fixture
def site(settings, version, assessment, browser_key) -> Site:
    """A server with something on every page."""
    settings.ROOT_URLCONF = "tests.browser.urls"
    return fill_site(version, assessment, browser_key)


@pytest.fixture
def open_window(chromium, live_server, browser_key) -> Iterator[Callable[..., Page]]:
    """Opens a window of the browser that edits `assessment`; options as for a new context."""
    contexts: list[BrowserContext] = []

    def window(**options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        cookie = client_of(browser_key).cookies[COOKIE].value
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"page error: {error}"))
        return page

    yield window
    for context in contexts:
        context.close()


@pytest.fixture
def window(open_window, site) -> Page:
    """The first question, with its first choice made and not sent."""
    page = open_window()
    page.goto(site.addresses["first question"])
    page.get_by_role("radio").first.check()
    return page
