"""Fixtures that tests of every floor share."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from decider.models import Assessment, QuestionnaireVersion, Report
from decider.services.assessments import answer_question, questionnaire_for, start_assessment
from decider.services.questionnaires import load_questionnaire
from decider.services.reports import freeze_report
from decider.views.access import COOKIE

# Playwright's own event loop runs in the test's thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

DEFAULT_FILE = settings.QUESTIONNAIRE_DIR / "where-should-this-run.yaml"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, tmp_path_factory
) -> None:
    """SQLite is in a file, as in use: in memory, connections can't wait for each other."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(path)


@pytest.fixture(autouse=True)
def plain_static_files(settings) -> None:
    """Static files by their own names: tests collect none."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path) -> None:
    """Printed PDFs of a test are its own."""
    shelf = {**settings.CACHES["pdf"], "LOCATION": tmp_path / "pdf"}
    settings.CACHES = {**settings.CACHES, "pdf": shelf}


@pytest.fixture(autouse=True)
def own_signing_keys(settings, tmp_path) -> None:
    """Keys that sign in a test are its own."""
    settings.SIGNING_KEY_DIR = tmp_path / "signing-keys"


@pytest.fixture
def version(db) -> QuestionnaireVersion:
    """The published default questionnaire."""
    loaded, _ = load_questionnaire(text=DEFAULT_FILE.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def browser_key() -> uuid.UUID:
    """The key of the browser that edits."""
    return uuid.uuid4()


@pytest.fixture
def assessment(version, browser_key) -> Assessment:
    """An assessment without answers, edited by `browser_key`."""
    return start_assessment(
        version=version, title="Billing", context="Invoices since 2009", browser=browser_key
    )


def answer_first(assessment: Assessment, note: str) -> None:
    """Answer the first question with its first choice and this note."""
    question = next(iter(questionnaire_for(assessment).questions.values()))
    choice = question.choices[0].key
    answer_question(
        assessment=assessment, question_key=question.key, value=choice, note=note, revision=0
    )


@pytest.fixture
def report(assessment, browser_key) -> Report:
    """A report on `assessment` before anything was answered."""
    return freeze_report(assessment=assessment, browser=browser_key)


def client_of(browser: uuid.UUID) -> Client:
    """A test client with the cookie of this browser."""
    from django.core.signing import get_cookie_signer

    client = Client()
    client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE).sign(str(browser))
    return client


@pytest.fixture
def editor(browser_key) -> Client:
    """A client that edits `assessment`."""
    return client_of(browser_key)


@pytest.fixture
def stranger() -> Client:
    """A client that holds nothing."""
    return client_of(uuid.uuid4())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium; CHROMIUM names another binary."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    assert Path(path).exists(), f"{path} is missing: `./dev test` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request) -> bool:
    """Whether the browser runs JavaScript; tests that use it run both ways."""
    return request.param


@pytest.fixture
def context(chromium, live_server) -> Iterator[BrowserContext]:
    """A new private window."""
    context = chromium.new_context(base_url=live_server.url)
    yield context
    context.close()


@pytest.fixture
def page(context) -> Page:
    """A page in a private window; what the browser complains of fails the test."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"page error: {error}"))
    return page
