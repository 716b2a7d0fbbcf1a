"""Teams in a real Chromium: a team is made, somebody joins it, and they work in it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from decider.base.access import Role
from decider.people.models import Person
from tests.browser.test_accessibility import OPEN_FOLDS, violations
from tests.conftest import client_of
from tests.people.conftest import member

pytestmark = pytest.mark.browser


@pytest.fixture
def window_of(new_context, live_server) -> Callable[..., Page]:
    """Opens a window in which a person is signed in."""

    def window(person: Person, **options) -> Page:
        context = new_context(**options)
        name = settings.SESSION_COOKIE_NAME
        value = client_of(person.pk).cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return context.new_page()

    return window


def shown_invitation(page: Page) -> str:
    """The path of the invitation that was just made."""
    return urlsplit(page.get_by_label("Invitation", exact=True).input_value()).path


def test_pages_of_teams_are_accessible_and_fit_a_window_of_320_pixels(
    ada, team, teams_own, signed_in, window_of
):
    grace = member(team, Role.COMMENTER, "Grace")
    page = window_of(ada, viewport={"width": 320, "height": 600})
    found = {}

    def look(name: str, address: str = "") -> None:
        if address:
            page.goto(address)
        page.evaluate(OPEN_FOLDS)
        for scheme in ("light", "dark"):
            found[name, scheme] = violations(page, scheme)
        found[name, "width"] = page.evaluate("document.documentElement.scrollWidth") - 320

    look("teams", reverse("teams"))
    page.get_by_role("button", name="Create the team").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look("teams, error")
    look("team", team.get_absolute_url())
    page.get_by_label("E-mail address").fill("grace")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look("team, error")
    page.get_by_label("E-mail address").fill("")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("heading", name="Your new invitation")).to_be_visible()
    look("team, new invitation")
    look("join", shown_invitation(page))
    look("no invitation", reverse("open_invitation", args=["nothing"]))
    look("hand over", reverse("hand_over", args=[teams_own.pk]))
    look("delete team", reverse("delete_team", args=[team.pk]))
    look("settings", reverse("assessment_settings", args=[teams_own.pk]))
    look("workspace", reverse("workspace"))
    look("home", reverse("home"))
    page = window_of(grace, viewport={"width": 320, "height": 600})
    look("answers, only read", reverse("check", args=[teams_own.pk]))
    assert {case: wrong for case, wrong in found.items() if wrong} == {}


def test_invited_person_joins_a_team_and_leaves_it(ada, team, teams_own, window_of, javascript):
    grace = Person.objects.create_user("grace@example.org", "Grace")
    here, there = (window_of(who, java_script_enabled=javascript) for who in (ada, grace))
    here.goto(team.get_absolute_url())
    here.get_by_label("Role", exact=True).select_option("Viewer")
    here.get_by_role("button", name="Invite").click()
    there.goto(shown_invitation(here))
    there.get_by_role("button", name="Join").click()
    expect(there.get_by_text("You are now in the team")).to_be_visible()
    there.goto(reverse("workspace"))
    there.get_by_role("link", name="Billing", exact=True).click()
    expect(there.get_by_role("navigation", name="Assessment")).to_contain_text("Answers")
    here.goto(team.get_absolute_url())
    here.get_by_text("Change role or remove").last.click()
    here.get_by_label("Role of Grace").select_option("Editor")
    here.get_by_role("button", name="Save the role of Grace").click()
    expect(here.get_by_text("Grace is now editor.")).to_be_visible()
    there.goto(reverse("weights", args=[teams_own.pk]))
    expect(there.get_by_role("button", name="Save")).to_be_visible()
    there.goto(team.get_absolute_url())
    there.get_by_role("button", name="Leave Platform").click()
    expect(there.get_by_text("You are no longer in the team")).to_be_visible()
    assert there.goto(reverse("check", args=[teams_own.pk])).status == 404
