"""A database from when there was one app is taken over by `migrate`, with all that it holds.

`tests/data/one-app.sql` is such a database: a questionnaire, an assessment, its report with a
decision and a share link, and an assessment that was imported from the report.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

OLD = Path(__file__).parents[1] / "data" / "one-app.sql"
REPORT = "18336b05-2f32-433e-b580-a16bd57d520a"
CONTENT_HASH = "48c6fb41b4bd6036adc59c173c3405d6922c970c3a2972c14574b930f01cb8a7"
MIGRATED = """
import hashlib, json, uuid
import django
from django.conf import settings

settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
settings.ALLOWED_HOSTS = ["testserver"]
django.setup()

from django.test import Client
from decider.assessments.models import Assessment
from decider.reports.models import Report
from decider.reports.proof.checking import check_record
from decider.reports.proof.entries import record_file
from decider.reports.proof.signing import public_keys
from tests.conftest import client_of

report = Report.objects.get()
editor = client_of(uuid.UUID(int=7))
check = check_record(json.loads(record_file(report.record)), public_keys())
shared = Client().get("/shared/a-secret-that-only-tests-know", follow=True)
page = editor.get(report.get_absolute_url())
print(json.dumps({
    "report": str(report.pk),
    "hash": hashlib.sha256(report.content.encode()).hexdigest(),
    "record": [str(report.record), *(entry.status for entry in report.record.history)],
    "signature": len(report.signature.value),
    "chain": check.proof.value,
    "signed later": [remark.partition(", ")[0] for remark in check.remarks],
    "imported from": [
        a.imported_from.record for a in Assessment.objects.filter(imported_from__isnull=False)
    ],
    "shared": [shared.status_code, "DR-2026-0001" in shared.content.decode()],
    "page": [page.status_code, "DR-2026-0001" in page.content.decode()],
}))
"""


@pytest.fixture
def database(tmp_path) -> Path:
    """An old database in a file."""
    path = tmp_path / "old.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    return path


def run(database: Path, *arguments: str) -> str:
    """What a Python program says that uses this database."""
    environment = {
        **os.environ,
        "DECIDER_DATABASE_URL": f"sqlite:///{database}",
        "DECIDER_DATA_DIR": str(database.parent),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    return subprocess.check_output(
        [sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, text=True
    )


def rows(database: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of the application's tables, by table."""
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'decider_%'"
        ).fetchall()
        return {
            name: [dict(r) for r in connection.execute(f'SELECT * FROM "{name}" ORDER BY 1')]
            for (name,) in tables
        }


def test_old_database_is_taken_over_and_new_columns_are_filled(database):
    before = rows(database)
    run(database, "manage.py", "migrate", "-v0")
    after = rows(database)
    for table in NEW_TABLES:
        assert after.pop(table) == []
    assert len(after.pop("decider_chainentry")) == 2
    assert [row.pop("chained_id") for row in after["decider_recordentry"]] == [1, 2]
    assert after == {table: extended(table, lines) for table, lines in before.items()}
    with sqlite3.connect(database) as connection:
        applied = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    assert {(app, name) for app, name in applied if app != "decider"} == {
        ("questionnaires", "0001_initial"),
        ("questionnaires", "0002_quotation_speaker"),
        ("people", "0001_person"),
        ("people", "0002_teams"),
        ("people", "0003_notices"),
        ("assessments", "0001_initial"),
        ("assessments", "0002_workspace"),
        ("assessments", "0003_history"),
        ("assessments", "0004_edit_links_expire"),
        ("assessments", "0005_rounds_in_history"),
        ("assessments", "0006_editor_holder"),
        ("rounds", "0001_rounds"),
        ("rounds", "0002_removed_participants"),
        ("rounds", "0003_who_joined"),
        ("reports", "0001_initial"),
        ("reports", "0002_lists_and_links"),
        ("reports", "0003_record_risks_costs_confirmations"),
        ("reports", "0004_signed_chain_of_entries"),
        ("reports", "0005_sign_older_entries"),
        ("reports", "0006_passphrases_counted_with_other_limits"),
        ("reports", "0007_comments"),
        ("reports", "0008_sign_offs"),
        ("reports", "0009_review_notices"),
        ("reports", "0010_who_removed_a_comment"),
        ("reports", "0011_erased_reports"),
        ("reports", "0012_reader_holder"),
        ("reports", "0013_readers_of_comments"),
        ("site", "0001_initial"),
        ("site", "0002_last_backup"),
        ("web", "0001_uses"),
    }
    assert "No planned migration" in run(database, "manage.py", "migrate", "--plan")


NEW_TABLES = [
    *("decider_person", "decider_team", "decider_membership", "decider_invitation"),
    *("decider_browser", "decider_change", "decider_use"),
    *("decider_comment", "decider_mention", "decider_flag", "decider_signoff"),
    *("decider_reviewnotice", "decider_tombstone"),
    *("decider_round", "decider_round_invitation", "decider_participant", "decider_settlement"),
]
"""The tables that are empty after the migrations."""

NEW = {
    "decider_quotation": {"speaker": ""},
    "decider_assessment": {"deleted_at": None, "edit_link_expires_at": None},
    "decider_editor": {"is_owner": 1, "archived_at": None, "link_offer": "answers"},
    "decider_recordentry": {"risks": "[]", "costs": "", "confirmations": "[]"},
    "decider_sharelink": {
        **{"follows_newest": 0, "openings": 0},
        **{"passphrase_hash": "", "may_comment": 0},
    },
    "decider_readin": {"history": "[]", "history_proof": ""},
    "decider_report": {
        **{"recommendation": "", "certainty": "Too early to say"},
        "erased_at": None,
    },
}
"""What migrations add to each row of the old database, by table."""


def extended(table: str, lines: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows of a table with the columns that migrations add."""
    return [{**line, **NEW.get(table, {})} for line in lines]


def test_reports_records_and_links_of_an_old_database_survive(database):
    run(database, "manage.py", "migrate", "-v0")
    assert json.loads(run(database, "-c", MIGRATED)) == {
        "report": REPORT,
        "hash": CONTENT_HASH,
        "record": ["DR-2026-0001", "proposed", "accepted"],
        "signature": 88,
        "chain": "genuine",
        "signed later": [
            "Entry 1: made on 2026-11-21T17:19:56.209942Z",
            "Entry 2: made on 2026-11-21T17:19:56.299212Z",
        ],
        "imported from": ["DR-2026-0001"],
        "shared": [200, True],
        "page": [200, True],
    }
