"""Fixtures that tests of every room share."""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from decider.assessments import services
from decider.assessments.models import Answer, Assessment
from decider.assessments.services import (
    answer_question,
    answers_of,
    questionnaire_for,
    start_assessment,
)
from decider.people import invitations
from decider.people.models import Person
from decider.questionnaires import versions
from decider.questionnaires.example import example_answers
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import load_questionnaire
from decider.reports.models import Report
from decider.reports.services import sharing
from decider.reports.services.reports import freeze_report
from decider.rounds import services as rounds
from decider.web.cookies import COOKIE
from tests.bicycle import TEXT

# Playwright's own event loop runs in the test's thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytest_plugins = ["tests.commands"]

collect_ignore = [] if settings.SIGN_IN else ["people"]
"""What needs accounts runs with the settings `tests.sign_in_settings`."""

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
def own_pdf_cache(settings, tmp_path) -> None:
    """Printed PDFs of a test are its own."""
    cache = {**settings.CACHES["pdf"], "LOCATION": tmp_path / "pdf"}
    settings.CACHES = {**settings.CACHES, "pdf": cache}


@pytest.fixture(autouse=True)
def own_signing_keys(settings, tmp_path) -> None:
    """Keys that sign in a test are its own."""
    settings.SIGNING_KEY_DIR = tmp_path / "signing-keys"


class SecretsInLogs(logging.Handler):
    """Finds log records that name the secret of a link that was given out before."""

    def __init__(self) -> None:
        super().__init__()
        self.given_out: set[str] = set()
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = unquote(self.format(record))
        self.found += [line for secret in self.given_out if secret in line]

    def watched(self, make: Callable[..., str]) -> Callable[..., str]:
        """The same maker of secrets, whose secrets are looked for from now on."""

        def watched(*args: Any, **kwargs: Any) -> str:
            secret = make(*args, **kwargs)
            self.given_out.add(secret)
            return secret

        return watched


@pytest.fixture(scope="session")
def secrets_in_logs() -> Iterator[SecretsInLogs]:
    """Watches every secret that a link gets and every logger, as long as tests run."""
    watch = SecretsInLogs()
    loggers = [logging.getLogger(), logging.getLogger("django.server")]
    with pytest.MonkeyPatch.context() as patch:
        for module in (sharing, invitations, rounds):
            patch.setattr(module, "new_token", watch.watched(module.new_token))
        sign = services.EDIT_LINKS.sign_object
        patch.setattr(services.EDIT_LINKS, "sign_object", watch.watched(sign))
        for logger in loggers:
            logger.addHandler(watch)
        yield watch
        for logger in loggers:
            logger.removeHandler(watch)


@pytest.fixture(autouse=True)
def no_secret_in_logs(secrets_in_logs) -> Iterator[None]:
    """Fails the test in which a secret of a link gets into a log."""
    yield
    found, secrets_in_logs.found = secrets_in_logs.found, []
    assert found == []


@pytest.fixture(scope="session", autouse=True)
def files_parsed_once() -> Iterator[None]:
    """What is parsed never changes, and to parse it takes longer than most tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "parse_file", lru_cache(versions.parse_file))
        yield


def load_default() -> QuestionnaireVersion:
    """Load the default questionnaire, as a new installation does."""
    loaded, _ = load_questionnaire(text=DEFAULT_FILE.read_text(encoding="utf-8"))
    return loaded


def load_bicycle() -> QuestionnaireVersion:
    """Load a small questionnaire: its pages and PDFs take a fraction of the time."""
    loaded, _ = load_questionnaire(text=TEXT)
    return loaded


DATABASE_IS_SET_UP = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker, files_parsed_once) -> None:
    """The default questionnaire is there already: to load it takes longer than most tests."""
    request.config.stash[DATABASE_IS_SET_UP] = True
    with django_db_blocker.unblock():
        load_default()


@pytest.fixture(scope="module", autouse=True)
def loaded_again(request, django_db_blocker) -> None:
    """Tests whose transactions are real empty all tables; the next file finds them filled."""
    if request.config.stash.get(DATABASE_IS_SET_UP, False):
        with django_db_blocker.unblock():
            if not QuestionnaireVersion.objects.exists():
                load_default()


@pytest.fixture
def version(db) -> QuestionnaireVersion:
    """The published default questionnaire."""
    return QuestionnaireVersion.objects.first() or load_default()


@pytest.fixture
def nothing_loaded(db) -> None:
    """A database that no questionnaire was loaded into yet."""
    for model in reversed(list(apps.get_app_config("questionnaires").get_models())):
        model._base_manager.all()._raw_delete(using="default")


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


def give_answer(
    assessment: Assessment,
    key: str,
    value: str,
    *,
    note: str = "",
    actor: uuid.UUID | None = None,
    restored: int | None = None,
) -> None:
    """Answer as somebody who saw the saved answer."""
    saved = answers_of(assessment).get(key)
    answer_question(
        assessment=assessment,
        question_key=key,
        value=value,
        note=note,
        revision=saved.revision if saved else 0,
        actor=actor,
        restored=restored,
    )


def answer_first(assessment: Assessment, note: str, actor: uuid.UUID | None = None) -> None:
    """Answer the first question with its first choice and this note."""
    question = next(iter(questionnaire_for(assessment).questions.values()))
    choice = question.choices[0].key
    answer_question(
        assessment=assessment,
        question_key=question.key,
        value=choice,
        note=note,
        revision=0,
        actor=actor,
    )


def answer_enough(assessment: Assessment) -> None:
    """Answer what is not answered yet as the example does, or else with the first choices."""
    example = example_answers(assessment.version)
    questions = questionnaire_for(assessment).questions.items()
    answers = (
        example.answers if example else {key: asked.choices[0].key for key, asked in questions}
    )
    Answer.objects.bulk_create(
        [
            Answer(assessment=assessment, question_key=key, value=value)
            for key, value in answers.items()
        ],
        ignore_conflicts=True,
    )


@pytest.fixture
def report(assessment, browser_key) -> Report:
    """A report on `assessment` before anything was answered."""
    return freeze_report(assessment=assessment, browser=browser_key)


def person_with(key: uuid.UUID) -> Person:
    """The person with this key; they have no password."""
    made = {"name": f"Person {key.hex[:4]}", "email": f"{key.hex}@example.org"}
    return Person.objects.get_or_create(pk=key, defaults=made)[0]


def client_of(browser: uuid.UUID) -> Client:
    """A test client with the cookie of this browser; with sign-in, of the person with this key."""
    from django.core.signing import get_cookie_signer

    client = Client()
    if settings.SIGN_IN:
        client.force_login(person_with(browser))
        return client
    client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE).sign(str(browser))
    return client


def reader_of(token: str) -> Client:
    """A test client that opened the share link with this secret."""
    client = Client()
    client.get(reverse("open_share_link", args=[token]))
    return client


def guest_of(token: str, browser: uuid.UUID) -> Client:
    """A test client of this browser that opened the edit link with this secret."""
    client = client_of(browser)
    client.get(reverse("open_edit_link", args=[token]))
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
def new_context(chromium, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """Makes private windows, with options of Playwright; an error in a script fails the test.

    It fails it at the end: to raise in Playwright's own loop would end the browser for all tests.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(**options: Any) -> BrowserContext:
        context = chromium.new_context(base_url=live_server.url, **options)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def context(new_context) -> BrowserContext:
    """A new private window."""
    return new_context()


@pytest.fixture
def page(context) -> Page:
    """A page in a private window."""
    return context.new_page()
