"""A round of independent answers, with three people in three windows."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from decider.assessments.models import Assessment
from decider.assessments.services import answers_of

pytestmark = pytest.mark.browser


@pytest.fixture
def guest(new_context, javascript) -> Callable[[], Page]:
    """Opens a window of somebody else."""
    return lambda: new_context(java_script_enabled=javascript).new_page()


def send(page: Page, button: str) -> None:
    """Send a form."""
    page.get_by_role("button", name=button, exact=True).click()


def answer_alone(page: Page, address: str, name: str, choice: int, note: str) -> None:
    """Take part by a link, answer the first question and finish."""
    page.goto(address)
    page.get_by_label("Your name").fill(name)
    send(page, "Take part")
    page.get_by_role("radio").nth(choice).check()
    page.get_by_text("Add a note").click()
    page.get_by_label("Note").fill(note)
    asked = page.url
    send(page, "Continue")
    page.wait_for_url(lambda url: url != asked)
    page.get_by_role("link", name="Check", exact=True).click()
    page.get_by_role("link", name="I have finished").click()
    send(page, "I have finished")
    page.get_by_text("You have finished. What you change").wait_for()


def test_two_answer_alone_and_the_owner_settles_where_they_differ(
    open_window, guest, javascript, assessment: Assessment
):
    owner, ada, bo = open_window(java_script_enabled=javascript), guest(), guest()
    owner.goto(reverse("assessment_settings", args=[assessment.pk]))
    owner.get_by_role("link", name="Independent answers").click()
    send(owner, "Start a round")
    send(owner, "Make a link")
    address = urlsplit(owner.get_by_label("Link to take part").input_value()).path
    answer_alone(ada, address, "Ada", 0, "Ada knows.")
    assert not ada.get_by_text("Bo", exact=True).count()
    answer_alone(bo, address, "Bo", 1, "Bo guesses.")
    bo.locator("details.fold > summary").first.click()
    bo.get_by_text("Ada knows.").wait_for()
    owner.goto(reverse("round", args=[assessment.pk]))
    assert owner.get_by_text("finished", exact=True).count() == 2
    assert "Ada knows." not in owner.content()
    owner.get_by_text("Close the round …").click()
    send(owner, "Close the round")
    owner.locator("details.fold > summary").first.click()
    owner.get_by_text("Bo guesses.").wait_for()
    owner.get_by_role("link", name="Settle it").first.click()
    owner.get_by_role("radio").first.check()
    owner.get_by_label("Note").fill("Ada is right.")
    send(owner, "Settle it")
    owner.get_by_text("settled", exact=True).wait_for()
    assert [answer.note for answer in answers_of(assessment).values()] == ["Ada is right."]
