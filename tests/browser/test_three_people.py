"""Three people work on one decision, each in a browser of their own; nobody signs in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from decider.assessments.models import Assessment
from decider.assessments.services import answers_of
from tests.browser.steps import begin, reply
from tests.conftest import answer_enough
from tests.pdf_text import folded, pdf_text

pytestmark = pytest.mark.browser


class People(NamedTuple):
    """A window of each."""

    owner: Page
    colleague: Page
    reader: Page


@pytest.fixture
def people(version, new_context: Callable[[], BrowserContext]) -> People:
    """Three people who have never been here."""
    return People(*(new_context().new_page() for _ in range(3)))


def press(page: Page, name: str) -> None:
    """Use a button."""
    page.get_by_role("button", name=name, exact=True).first.click()


def path_in(page: Page, label: str) -> str:
    """The path of the address in a field to copy."""
    return urlsplit(page.get_by_label(label, exact=True).input_value()).path


def settings_of(assessment: Assessment) -> str:
    """The address of its settings."""
    return reverse("assessment_settings", args=[assessment.pk])


def answer_together(owner: Page, colleague: Page, assessment: Assessment) -> None:
    """A colleague comes by the private edit link, gives a name and answers the first question; the
    rest is answered, too."""
    owner.goto(settings_of(assessment))
    colleague.goto(path_in(owner, "Private edit link"))
    press(colleague, "Edit in this browser")
    expect(colleague.locator("fieldset")).to_be_visible()
    asked = colleague.url
    colleague.goto(settings_of(assessment))
    colleague.get_by_role("link", name="Add your name").click()
    colleague.get_by_label("Your name").fill("Grace")
    press(colleague, "Save")
    expect(colleague.get_by_text("Saved.", exact=True)).to_be_visible()
    colleague.goto(asked)
    colleague.get_by_role("radio").first.check()
    colleague.get_by_text("Add a note").click()
    colleague.get_by_label("Note").fill("As the audit of May says")
    press(colleague, "Continue")
    colleague.wait_for_url(lambda url: url != asked)
    answer_enough(assessment)


def save_and_share(owner: Page, assessment: Assessment) -> str:
    """Save a report, and make a share link whose readers may comment; the path of the link."""
    owner.goto(reverse("result", args=[assessment.pk]))
    owner.get_by_role("button", name=re.compile("Save")).first.click()
    owner.wait_for_url("**/reports/**")
    owner.goto(reverse("share", args=[assessment.reports.get().pk]))
    owner.get_by_label("Who is it for?").fill("The board")
    owner.get_by_label("What may its readers do?").select_option("comment")
    press(owner, "Make the link")
    return path_in(owner, "Share link")


def comment(page: Page, text: str, name: str) -> None:
    """Begin a thread."""
    form = page.get_by_role("region", name="Add a comment")
    form.get_by_label("Your comment").fill(text)
    form.get_by_label("Your name").fill(name)
    form.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_text("Your comment has been added.")).to_be_visible()


def talk(owner: Page, reader: Page, assessment: Assessment) -> None:
    """The reader asks, and the owner answers."""
    reader.get_by_role("link", name="Comment", exact=True).first.click()
    comment(reader, "Who knows the machines?", "Alan")
    owner.goto(reverse("comments", args=[assessment.reports.get().pk]))
    reply(owner, "The team in Leeds.", "Ada")
    reader.reload()
    expect(reader.get_by_text("The team in Leeds.")).to_be_visible()


def decide(owner: Page, assessment: Assessment) -> None:
    """Record the decision."""
    owner.goto(reverse("record", args=[assessment.reports.get().pk]))
    owner.locator('.options input[type="radio"]:not([value=""])').first.check()
    owner.get_by_label("Reason for the choice").fill("We know them.")
    owner.get_by_label("Status").select_option("accepted")
    owner.get_by_label("Your name").fill("Ada")
    press(owner, "Add to the record")
    expect(owner.get_by_text("Added to DR-")).to_be_visible()


def sign(reader: Page) -> None:
    """Agree with the decision, as a reader of the report."""
    reader.goto(reader.url.partition("comments/")[0] + "sign-off/")
    reader.get_by_label("Do you agree?").select_option("reservations")
    reader.get_by_label("Reservations or objection").fill("Not before June.")
    reader.get_by_label("Your name").fill("Alan")
    press(reader, "Sign off")
    expect(reader.get_by_text("Your sign-off is part of DR-")).to_be_visible()


def pdf_of(page: Page, report: str) -> str:
    """The text of the PDF that the page of a report leads to."""
    page.goto(report)
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="PDF").first.click(timeout=60_000)
    return pdf_text(download.value.path())


def test_three_decide_together_and_whoever_loses_a_right_is_told(people):
    owner, colleague, reader = people
    assessment = begin(owner)
    answer_together(owner, colleague, assessment)
    reader.goto(save_and_share(owner, assessment))
    talk(owner, reader, assessment)
    decide(owner, assessment)
    sign(reader)
    text = pdf_of(reader, reader.url.partition("sign-off/")[0])
    for said in ("As the audit of May says", "We know them.", "Not before June.", "Alan"):
        assert folded(said) in text, said
    lose_the_right_to_edit(owner, colleague, assessment)
    lose_the_link(owner, reader, assessment)


def lose_the_right_to_edit(owner: Page, colleague: Page, assessment: Assessment) -> None:
    """The owner removes the colleague, who is just about to answer."""
    colleague.goto(reverse("question", args=[assessment.pk, first_key(assessment)]))
    colleague.get_by_role("radio").last.check()
    owner.goto(settings_of(assessment))
    old_link = path_in(owner, "Private edit link")
    expect(owner.get_by_text("Grace", exact=True)).to_be_visible()
    owner.get_by_text("Make owner or remove").click()
    owner.get_by_role("button", name=re.compile("^Remove Grace")).click()
    expect(owner.get_by_text("Removed. The old edit link no longer works")).to_be_visible()
    saved = answers_of(assessment)[first_key(assessment)].value
    colleague.get_by_role("button", name=re.compile("Continue|Save")).first.click()
    expect(colleague.get_by_role("alert")).to_contain_text("until its owner")
    expect(colleague.get_by_role("alert")).to_contain_text("What you entered is still on this page")
    assert answers_of(assessment)[first_key(assessment)].value == saved
    assert colleague.reload().status == 404
    expect(colleague.get_by_role("heading", name="Page not found")).to_be_visible()
    assert colleague.goto(old_link).status == 404
    expect(colleague.get_by_role("heading", name="This edit link does not work")).to_be_visible()


def first_key(assessment: Assessment) -> str:
    """The question that was answered first."""
    return assessment.answers.earliest("pk").question_key


def lose_the_link(owner: Page, reader: Page, assessment: Assessment) -> None:
    """The owner revokes the share link while its reader writes."""
    report = assessment.reports.get()
    link = report.share_links.get()
    reader.goto(reverse("shared_comments", args=[link.public_id]))
    form = reader.get_by_role("region", name="Add a comment")
    form.get_by_label("Your comment").fill("A long thought")
    owner.goto(reverse("share", args=[report.pk]))
    owner.get_by_role("button", name=re.compile("^Revoke")).click()
    expect(owner.get_by_text("That link no longer works.")).to_be_visible()
    form.get_by_role("button", name="Add the comment").click()
    expect(reader.get_by_role("alert")).to_contain_text("The link was revoked")
    expect(form.get_by_label("Your comment")).to_have_value("A long thought")
    assert reader.goto(reverse("shared_report", args=[link.public_id])).status == 410
    expect(reader.get_by_role("heading", name="This link no longer works")).to_be_visible()
