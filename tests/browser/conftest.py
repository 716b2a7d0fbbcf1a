"""What the browser tests share: a server with content, and windows on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from decider.web.cookies import COOKIE
from tests.browser.site import Site, fill_site
from tests.conftest import client_of


@pytest.fixture
def site(settings, version, assessment, browser_key) -> Site:
    """A server with something on every page."""
    settings.ROOT_URLCONF = "tests.browser.urls"
    return fill_site(version, assessment, browser_key)


@pytest.fixture
def open_window(new_context, live_server, browser_key) -> Callable[..., Page]:
    """Opens a window of the browser that edits `assessment`; options as for a new context."""

    def window(**options: Any) -> Page:
        context = new_context(**options)
        cookie = client_of(browser_key).cookies[COOKIE].value
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": live_server.url}])
        return context.new_page()

    return window


@pytest.fixture
def window(open_window, site) -> Page:
    """The first question, with its first choice made and not sent."""
    page = open_window()
    page.goto(site.addresses["first question"])
    page.get_by_role("radio").first.check()
    return page
