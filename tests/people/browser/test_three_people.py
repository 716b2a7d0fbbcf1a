"""Three people of a company decide in a team, each in a browser of their own. The company's
provider of OpenID Connect signs them in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from decider.assessments.models import Assessment
from decider.people.models import Team
from tests.browser.steps import begin
from tests.conftest import answer_enough
from tests.people.test_provider import issuer, provider, use_provider  # noqa: F401

# The provider's own libraries warn each other.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

ELSEWHERE = re.compile(r"^https?://(?!localhost|127\.0\.0\.1)")
"""The provider's page asks another host for its style sheet."""


class People(NamedTuple):
    """A window of each."""

    ada: Page
    grace: Page
    alan: Page


@pytest.fixture
def new_window(new_context: Callable[[], BrowserContext]) -> Callable[[], Page]:
    """Opens a window of somebody who has never been here."""

    def window() -> Page:
        context = new_context()
        context.route(ELSEWHERE, lambda route: route.abort())
        return context.new_page()

    return window


def sign_in(page: Page, who: str) -> None:
    """Ask for a page, and sign in at the provider on the way."""
    page.goto(reverse("workspace"))
    page.get_by_role("link", name="Sign in with Example Ltd").click()
    page.get_by_role("button", name=who, exact=True).first.click()
    expect(page).to_have_url(re.compile(f"{reverse('workspace')}$"))


@pytest.fixture
def people(version, new_window, provider) -> People:  # noqa: F811
    """All three, signed in."""
    windows = People(new_window(), new_window(), new_window())
    for who, page in windows._asdict().items():
        sign_in(page, who)
    return windows


def click(page: Page, name: str) -> None:
    """Use a button."""
    page.get_by_role("button", name=name, exact=True).first.click()


def invite(owner: Page, role: str, email: str = "") -> None:
    """Invite somebody to the team on its page."""
    owner.get_by_label("E-mail address").fill(email)
    owner.get_by_label("Role", exact=True).select_option(role)
    click(owner, "Invite")


def join(page: Page, link: str) -> None:
    """Open an invitation and join."""
    page.goto(urlsplit(link).path)
    click(page, "Join")
    expect(page.get_by_text("You are now in the team")).to_be_visible()


def make_team(people: People) -> Team:
    """Ada makes a team, in which Grace edits, who is invited by e-mail, and Alan reads."""
    people.ada.goto(reverse("teams"))
    people.ada.get_by_label("Name of the team").fill("Platform")
    click(people.ada, "Create the team")
    expect(people.ada.get_by_role("heading", name="Platform", exact=True)).to_be_visible()
    invite(people.ada, "editor", "grace@example.org")
    expect(people.ada.get_by_text("on its way to grace@example.org")).to_be_visible()
    join(people.grace, re.findall(r"https?://\S+", mail.outbox[-1].body)[0])
    invite(people.ada, "viewer")
    join(people.alan, people.ada.get_by_label("Invitation", exact=True).input_value())
    return Team.objects.get()


def begin_own(page: Page) -> Assessment:
    """Begin an assessment of one's own, all of which is answered."""
    assessment = begin(page)
    answer_enough(assessment)
    return assessment


def hand_over(page: Page, assessment: Assessment, to: str) -> None:
    """Let it belong to somebody else."""
    page.goto(reverse("hand_over", args=[assessment.pk]))
    page.get_by_label("Who should it belong to?").select_option(label=to)
    click(page, "Hand over")
    expect(page.get_by_text("“Invoicing” now belongs")).to_be_visible()


def test_three_sign_in_at_the_provider_and_decide_in_a_team(people, settings, new_window):
    ada, grace, alan = people
    team = make_team(people)
    assessment = begin_own(ada)
    check = reverse("check", args=[assessment.pk])
    assert grace.goto(check).status == 404
    hand_over(ada, assessment, "The team Platform")
    save_as_editor(grace, assessment)
    read_then_comment(ada, alan, team, assessment)
    hand_over(ada, assessment, "Me")
    assert grace.goto(check).status == 404
    expect(grace.get_by_text("until its owner removes them")).to_be_visible()
    hand_over(ada, assessment, "The team Platform")
    leave(grace, team, check)
    come_while_the_provider_is_down(settings, new_window(), ada, check)


def save_as_editor(page: Page, assessment: Assessment) -> None:
    """Find the team's assessment in the list, and save a report of it."""
    page.goto(reverse("workspace"))
    page.get_by_role("link", name="Invoicing", exact=True).click()
    page.goto(reverse("result", args=[assessment.pk]))
    page.get_by_role("button", name=re.compile("Save")).first.click()
    page.wait_for_url("**/reports/**")


def read_then_comment(owner: Page, member: Page, team: Team, assessment: Assessment) -> None:
    """A viewer reads the report; as a commenter they comment, and agree."""
    report = assessment.reports.get()
    assert member.goto(report.get_absolute_url()).status == 200
    assert member.goto(reverse("comments", args=[report.pk])).status == 403
    expect(member.locator("main .lead")).to_be_visible()
    owner.goto(team.get_absolute_url())
    row = owner.locator(".member-row", has_text="alan@example.org")
    row.get_by_text("Change role or remove").click()
    row.get_by_label("Role of Alan").select_option("commenter")
    row.get_by_role("button", name="Save the role of Alan").click()
    expect(owner.get_by_text("Alan is now commenter.")).to_be_visible()
    member.goto(reverse("comments", args=[report.pk]))
    form = member.get_by_role("region", name="Add a comment")
    form.get_by_label("Your comment").fill("@Grace Hopper, which machines?")
    form.get_by_role("button", name="Add the comment").click()
    expect(member.get_by_text("Your comment has been added.")).to_be_visible()
    member.goto(reverse("sign_off", args=[report.pk]))
    member.get_by_label("Do you agree?").select_option("agree")
    click(member, "Sign off")
    expect(member.get_by_text("Your sign-off is part of DR-")).to_be_visible()


def leave(page: Page, team: Team, check: str) -> None:
    """Leave the team: what is the team's is closed from the next click on."""
    page.goto(check)
    elsewhere = page.context.new_page()
    elsewhere.goto(team.get_absolute_url())
    click(elsewhere, "Leave Platform")
    expect(elsewhere.get_by_text("You are no longer in the team")).to_be_visible()
    assert page.reload().status == 404
    page.goto(reverse("workspace"))
    expect(page.get_by_text("Invoicing")).to_have_count(0)


def come_while_the_provider_is_down(settings, visitor: Page, member: Page, check: str) -> None:
    """Whoever comes is told; whoever is signed in goes on."""
    use_provider(settings, "http://localhost:9")
    visitor.goto(check)
    visitor.get_by_role("link", name="Sign in with Example Ltd").click()
    expect(
        visitor.get_by_role("heading", name="The sign-in service does not answer")
    ).to_be_visible()
    assert member.goto(check).status == 200
