"""Each page in each state that a person can meet it in, one after the other in one window."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch
from urllib.parse import urlsplit

from django.db.models import F
from django.urls import resolve, reverse
from playwright.sync_api import Page

from decider.assessments.models import Answer, Assessment, Change
from decider.assessments.services import change_assessment, questionnaire_for
from decider.questionnaires.models import QuestionnaireVersion
from decider.reports.pdf.worker.job import Interrupted, TooMuch
from decider.reports.services.records import add_entry
from tests.browser.site import Site

PROBLEM = "There is a problem"


def states(page: Page, site: Site) -> Iterator[str]:
    """Bring up each page in each state, loaded with its styles; yields its name."""
    for visits in (addresses, errors, findings, made_link, two_people, failures, offline):
        for name in visits(page, site):
            page.wait_for_load_state()
            yield name


def addresses(page: Page, site: Site) -> Iterator[str]:
    """What an address is enough for."""
    for name, address in site.addresses.items():
        page.goto(address)
        yield name


def press(page: Page, button: str, heading: str) -> None:
    """Press a button and wait for a heading."""
    page.get_by_role("button", name=button).first.click()
    page.get_by_role("heading", name=heading).first.wait_for()


def errors(page: Page, site: Site) -> Iterator[str]:
    """Forms that were not filled in, or wrongly."""
    buttons = {
        "home": "Start",
        "first question": "Continue",
        "record": "Add to the record",
        "check a record": "Check this file",
        "import a report": "Import it",
        "settle a question": "Settle it",
        "join a round": "Take part",
        "comments": "Add the comment",
        "sign off": "Sign off",
    }
    for name, button in buttons.items():
        page.goto(site.addresses[name])
        press(page, button, PROBLEM)
        yield f"{name}, error"
    page.goto(site.addresses["weights"])
    page.get_by_role("spinbutton").first.fill("101")
    press(page, "Save", PROBLEM)
    yield "weights, error"
    page.goto(site.addresses["assessment_settings"])
    page.get_by_label("What is the application called?").fill("")
    press(page, "Save", PROBLEM)
    yield "assessment_settings, error"


def findings(page: Page, site: Site) -> Iterator[str]:
    """What files are told to be."""
    headings = {"issued": "Unchanged", "altered": "Altered", "unsigned": "Nothing proves"}
    for name, heading in headings.items():
        check_file(page, site.files[name], heading)
        yield f"check a record, {name}"
    check_file(page, b"Dear all", PROBLEM)
    yield "check a record, something else"


def check_file(page: Page, content: bytes, heading: str) -> None:
    """Send a file to be checked."""
    page.goto(reverse("verify_record"))
    file = {"name": "report.json", "mimeType": "application/json", "buffer": content}
    page.get_by_label("PDF or JSON").set_input_files(file)
    press(page, "Check this file", heading)


def made_link(page: Page, site: Site) -> Iterator[str]:
    """A share link that was just made."""
    page.goto(site.addresses["share"])
    press(page, "Make", "Your new link")
    yield "share, new link"
    page.goto(site.addresses["round, open"])
    press(page, "Make a link", "Your new link")
    yield "round, new link"


def two_people(page: Page, site: Site) -> Iterator[str]:
    """What another person saved while a form was open."""
    page.goto(site.addresses["first question"])
    key = page.url.rstrip("/").rsplit("/", 1)[1]
    Answer.objects.create(assessment=site.empty, question_key=key, value="n/a")
    page.get_by_label("I don’t know").check()
    press(page, "Continue", "Two answers to one question")
    yield "question, conflict"
    page.goto(site.addresses["settle a question"])
    place = resolve(urlsplit(page.url).path).kwargs
    Answer.objects.create(
        assessment_id=place["pk"], question_key=place["question_key"], value="n/a", note="Theirs"
    )
    page.get_by_label("I don’t know").check()
    press(page, "Settle it", "Two answers to one question")
    yield "settle a question, conflict"
    for name in ("weights", "assessment_settings"):
        page.goto(site.addresses[name])
        somebody_changes(site.full)
        press(page, "Save", PROBLEM)
        yield f"{name}, conflict"
    page.goto(site.addresses["trial"])
    somebody_changes(site.full)
    page.get_by_role("button", name="Keep").click()
    page.get_by_text("changed the assessment in the meantime").wait_for()
    yield "trial, conflict"
    page.goto(site.addresses["earlier answer"])
    place = resolve(urlsplit(page.url).path).kwargs
    changed = Change.objects.get(pk=place["change_pk"])
    Answer.objects.filter(assessment=place["pk"], question_key=changed.question_key).update(
        note="Theirs", revision=F("revision") + 1
    )
    press(page, "Restore this answer", "The answer was changed in the meantime")
    yield "earlier answer, conflict"
    page.goto(site.addresses["record"])
    number = site.report.record.state.number
    add_entry(record=site.report.record, revision=number, status="proposed", by="Ada", why="Board")
    page.get_by_label("Your name").fill("Grace")
    page.get_by_label("Why this change").fill("As agreed")
    press(page, "Add to the record", PROBLEM)
    yield "record, conflict"


def somebody_changes(assessment: Assessment) -> None:
    """Another person saves the context and all weights."""
    assessment.refresh_from_db()
    revision = assessment.revision
    sections = questionnaire_for(assessment).sections
    change_assessment(
        assessment=assessment,
        revision=revision,
        context=f"Changed {revision} times",
        weights={section.key: 10 + revision for section in sections},
    )


def failures(page: Page, site: Site) -> Iterator[str]:
    """What goes wrong on the server, and a form without its token."""
    pdf = reverse("report_pdf", args=[site.report.pk])
    for name, error in {"PDF, interrupted": Interrupted, "PDF, too much": TooMuch}.items():
        with patch("decider.reports.views.pdf.cached_pdf", side_effect=error):
            page.goto(pdf)
        yield name
    with patch("decider.reports.views.pdf._printed", return_value=None):
        page.goto(pdf)
        yield "PDF, being printed"
    missing = QuestionnaireVersion.DoesNotExist
    with patch("decider.site.views.pages.latest_version", side_effect=missing):
        page.goto("/")
    yield "no questionnaire"
    page.goto("/")
    page.context.clear_cookies(name="csrftoken")
    page.evaluate("document.querySelector('form.start').submit()")
    page.get_by_role("heading", name="This page was open too long").wait_for()
    yield "form open too long"


def offline(page: Page, site: Site) -> Iterator[str]:
    """An answer that can't be sent; only scripts can tell."""
    if not page.evaluate("'htmx' in window"):
        return
    page.goto(site.addresses["quick path"])
    asked = page.url
    page.context.set_offline(True)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("The server can’t be reached").wait_for()
    yield "question, offline"
    page.context.set_offline(False)
    page.wait_for_url(lambda url: url != asked)
