"""The state of the system, as the command prints it."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, datetime

import pytest
from django.conf import settings as real_settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError

import decider
from decider.reports.pdf.worker.client import worker
from decider.reports.proof.signing import rotate_keys
from decider.site import system_state as module
from decider.site.backup.services import write_backup
from decider.site.models import Installation
from tests.commands import run  # noqa: F401


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, settings, tmp_path) -> None:
    """No process that prints is started, and all files are the test's own."""
    monkeypatch.setattr(worker, "is_fit", lambda: True)
    settings.DATA_DIR = tmp_path
    settings.SIGNING_KEY_DIR = tmp_path / "signing-keys"
    settings.CACHES["pdf"]["LOCATION"] = tmp_path / "pdf"


@pytest.fixture
def state(run, db):  # noqa: F811
    """What the command prints, read."""
    return lambda: json.loads(run("state", "--json"))


def test_version_is_that_of_the_package():
    text = (real_settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    assert decider.__version__ == tomllib.loads(text)["project"]["version"]


def test_state_names_what_is_kept_where_and_how(state, assessment, settings, tmp_path):
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "a.djcache").write_bytes(bytes(2048))
    key = rotate_keys()
    told = state()
    assert told["Ready"]["database"] == "ok"
    assert told["What is kept"]["Assessments"] == "1"
    assert told["Files"]["Data folder"] == str(tmp_path)
    assert told["Printing"]["Printed PDFs kept"] == "1 of at most 1000, 2.0\xa0KB"
    assert told["Keys"]["Key that signs"] == key
    assert told["Database"]["Kind"].split()[0] in ("SQLite", "PostgreSQL")
    assert re.fullmatch(
        r"\d+ applied, the last on [\d-]+ [\d:]+ UTC", told["Database"]["Migrations"]
    )
    assert told["Database"]["Size"] != "0\xa0bytes"


def test_limits_in_force_are_listed(state, settings):
    settings.LIMITS = True
    assert state()["Limits"] == {
        "Start": "30 in 10 minutes",
        "Save a report": "30 in 10 minutes",
        "Record": "60 in 10 minutes",
        "Share": "60 in 10 minutes",
        "Upload": "30 in 10 minutes",
        "Print": "60 in 10 minutes",
        "By one address": "10 times as often, in 10 minutes",
        "Changes of an assessment": "100 in 10 minutes",
        "Passphrase of a share link": "5 in 15 minutes",
    }
    settings.LIMITS = False
    assert state()["Limits"] == {
        "All others": "off",
        "Passphrase of a share link": "5 in 15 minutes",
    }


@pytest.mark.django_db(transaction=True)
def test_last_backup_is_known_once_it_was_made(state, tmp_path):
    Installation.objects.create(key_salt="", key_digest="")
    assert state()["Database"]["Last backup"] == "none known"
    write_backup(tmp_path / "b.backup", with_private_keys=False)
    told = state()["Database"]["Last backup"]
    assert told.startswith(f"{datetime.now(UTC):%Y-%m-%d }")


def test_no_secret_of_the_settings_is_shown(state, settings):
    settings.MAIL_URL = "smtp://ada:pa55@mail.example.org:25"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "mail.example.org", 25
    settings.EMAIL_HOST_PASSWORD = settings.SIGNING_PASSWORD = "pa55"
    settings.METRICS_TOKEN, settings.SENTRY_DSN = "metrics-token", "https://dsn@sentry.example/1"
    told = state()
    assert told["Settings"]["E-mail"] == "mail.example.org:25, from decider@localhost"
    assert (told["Settings"]["Metrics"], told["Settings"]["Reports of errors"]) == ("on", "on")
    shown = json.dumps(told)
    secrets = ["pa55", "metrics-token", "dsn@", settings.SECRET_KEY]
    assert [secret for secret in secrets if secret in shown] == []


def test_parts_are_printed_below_their_titles(run, db, monkeypatch):  # noqa: F811
    parts = [
        module.Part("Files", {"Free": "1 GB", "Folder": "/d"}),
        module.Part("Keys", {"A": "b"}),
    ]
    monkeypatch.setattr("decider.site.management.commands.state.system_state", lambda: parts)
    assert run("state") == "Files\n  Free    1 GB\n  Folder  /d\n\nKeys\n  A  b\n"


def test_database_that_can_not_be_read_is_named(monkeypatch):
    def fail():
        raise DatabaseError("no such table")

    monkeypatch.setattr("decider.site.management.commands.state.system_state", fail)
    with pytest.raises(CommandError, match="no such table"):
        call_command("state")


def test_open_server_has_no_page_of_it(db, client):
    assert client.get("/administration/state/").status_code == 404
