"""A whole installation into a file and back, on the database that the tests run on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection, transaction

from decider.assessments.lifecycle import delete_assessment
from decider.assessments.models import Answer, Assessment
from decider.assessments.services import start_assessment
from decider.people.models import Person
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import load_questionnaire
from decider.reports.models import Comment, Report, SignedPdf
from decider.reports.proof import signing
from decider.reports.proof.audit import audit
from decider.reports.proof.issued import kept_statement
from decider.reports.services.reports import export_of, freeze_report
from decider.reports.services.sharing import share_report
from decider.site.backup import rows
from decider.site.backup.services import NotReady, restore_backup, write_backup
from decider.site.installation import WrongSecretKey, remember_secret_key
from tests.bicycle import TEXT
from tests.conftest import answer_first

pytestmark = pytest.mark.django_db(transaction=True)

MOMENT = datetime(2026, 11, 21, 12, 30, 15, 123456, tzinfo=UTC)
PDF = bytes(range(256)) * 20


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path) -> Path:
    """A data folder of the test's own, with a secret key in it."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.SIGNING_KEY_DIR = settings.DATA_DIR / "signing-keys"
    settings.SECRET_KEY_FILE = settings.DATA_DIR / "secret-key"
    settings.SECRET_KEY_FILE.write_text(settings.SECRET_KEY)
    return settings.DATA_DIR


@pytest.fixture
def version(nothing_loaded) -> QuestionnaireVersion:
    """A small questionnaire, published."""
    return load_questionnaire(text=TEXT)[0]


@pytest.fixture
def used(assessment, browser_key) -> Report:
    """An installation with something in every corner; its one report."""
    remember_secret_key()
    answer_first(assessment, "“quoted”\n")
    report = freeze_report(assessment=assessment, browser=browser_key)
    share_report(report=report, label="Board", lifetime=None)
    pdf = SignedPdf(key="a" * 64, content=PDF)
    pdf.signed_by, pdf.signature = signing.sign(kept_statement(pdf))
    pdf.save()
    ada = Person.objects.create_user(email="ada@example.org", name="Ada Łovelace \u2028 ☂")
    comment = Comment.objects.create(report=report, author=browser_key, author_name="B", text="?")
    comment.mentions.add(ada)
    other = start_assessment(
        version=assessment.version, title="Gone", context="", browser=browser_key
    )
    delete_assessment(assessment=other)
    Assessment.objects.filter(pk=assessment.pk).update(updated_at=MOMENT, weights={"a": 1})
    return report


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row of every table, with binary values as bytes."""
    return {
        label: [
            {k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()}
            for row in model._base_manager.order_by("pk").values()
        ]
        for label, model in rows.backed_up_models().items()
    }


def problems() -> list[str]:
    """What in reports, records and files does not fit its hash and signature."""
    return [str(problem) for problem in audit(signing.public_keys())]


def test_every_row_and_key_is_restored_as_it_was(used, tmp_path, settings):
    before, export = everything(), export_of(used)
    private = (settings.SIGNING_KEY_DIR / "private.pem").read_bytes()
    manifest = write_backup(tmp_path / "backup", with_private_keys=True)
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600
    for label in ("signedpdf", "comment_mentions"):
        assert manifest.parts[f"rows/reports.{label}.jsonl"].lines == 1
    for path in settings.SIGNING_KEY_DIR.iterdir():
        path.unlink()
    Assessment.objects.update(title="Changed")
    restore_backup(tmp_path / "backup", replace=True)
    assert everything() == before
    assert Assessment.objects.get().updated_at == MOMENT
    report = Report.objects.get()
    assert export_of(report) == export
    assert problems() == []
    assert (settings.SIGNING_KEY_DIR / "private.pem").read_bytes() == private
    # New rows get keys after those of the restored ones.
    Answer.objects.create(assessment=Assessment.objects.get(), question_key="new", value="x")


def test_backup_without_keys_holds_public_ones_only(used, tmp_path):
    manifest = write_backup(tmp_path / "backup", with_private_keys=False)
    (key,) = (name for name in manifest.parts if name.startswith("keys/"))
    assert key == f"keys/signing/{used.signature.key}.pem"


def test_used_database_is_not_replaced_unless_told(used, tmp_path):
    write_backup(tmp_path / "backup", with_private_keys=True)
    before = everything()
    with pytest.raises(NotReady, match="already has rows of: answer, assessment"):
        restore_backup(tmp_path / "backup", replace=False)
    assert everything() == before


def test_backup_with_the_data_of_another_key_changes_nothing(used, tmp_path, settings):
    write_backup(tmp_path / "backup", with_private_keys=False)
    settings.SECRET_KEY = "another-0123456789-abcdefghijklmnopqrst"
    settings.SECRET_KEY_FILE.write_text(settings.SECRET_KEY)
    Assessment.objects.update(title="Changed")
    with pytest.raises(WrongSecretKey):
        restore_backup(tmp_path / "backup", replace=True)
    assert Assessment.objects.get().title == "Changed"
    restore_backup(tmp_path / "backup", replace=True, accept_new_key=True)
    assert Assessment.objects.get().title == "Billing"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"assessments": "0001_initial"}, "of another version, with assessments 0001_initial"),
        ({"unknown": "0001_initial"}, "with unknown 0001_initial instead of None"),
    ],
)
def test_backup_of_another_version_changes_nothing(tmp_path, run, refused, version, change, reason):
    path = tmp_path / "backup"
    run("backup", str(path))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts["manifest.json"])
    manifest["migrations"] |= change
    parts["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    said = refused("restore", str(path))
    assert "was not restored, and nothing was changed" in said
    assert reason in said


def test_commands_say_what_a_backup_holds_and_allows(used, tmp_path, run, refused):
    path = tmp_path / "backup"
    said = run("backup", str(path))
    assert f"{path} holds 2 assessments, 1 reports, 1 decision records, 1 signed PDFs" in said
    assert "Keys: the secret key, the private key that signs reports, public keys: 1." in said
    assert refused("backup", str(path)) == f"{path} already exists."
    assert "Restored 2 assessments" in run("restore", str(path), "--replace")
    assert "No such file" in refused("restore", str(tmp_path / "nothing"))


def test_backup_has_the_state_of_one_moment_while_others_save(version, tmp_path, monkeypatch):
    """Each save adds an assessment with two answers, and one is made between any two tables."""
    write_table, saved, ended = rows.write_rows, threading.Semaphore(0), threading.Event()

    def save_on() -> None:
        while not ended.wait(0.001):
            save_one(version)
            saved.release()
        connection.close()

    def write_slowly(*arguments: object) -> None:
        write_table(*arguments)
        assert saved.acquire(timeout=10), "the backup keeps writers waiting"

    monkeypatch.setattr(rows, "write_rows", write_slowly)
    thread = threading.Thread(target=save_on)
    thread.start()
    try:
        manifest = write_backup(tmp_path / "backup", with_private_keys=False)
    finally:
        ended.set()
        thread.join()
    lines = {name: part.lines for name, part in manifest.parts.items()}
    assessments = lines["rows/assessments.assessment.jsonl"]
    assert lines["rows/assessments.answer.jsonl"] == 2 * assessments
    assert Assessment.objects.count() > assessments


def save_one(version) -> None:
    with transaction.atomic():
        assessment = Assessment.objects.create(version=version, title="Saved in the meantime")
        for key in ("a", "b"):
            Answer.objects.create(assessment=assessment, question_key=key, value="x")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="begins on PostgreSQL")
def test_installation_moves_to_sqlite_and_back(used, tmp_path, settings):
    before, export = everything(), export_of(used)
    there, back = tmp_path / "there.backup", tmp_path / "back.backup"
    write_backup(there, with_private_keys=True)
    pass_through_sqlite(tmp_path / "sqlite", there, back)
    restore_backup(back, replace=True)
    assert everything() == before
    assert export_of(Report.objects.get()) == export
    assert problems() == []


RESTORE_AND_BACK_UP = """
import sys
import django
from django.core.management import call_command
django.setup()
call_command("restore", sys.argv[1])
call_command("backup", sys.argv[2])
"""


def pass_through_sqlite(folder: Path, before: Path, after: Path) -> None:
    """Restore a backup where data is kept in SQLite, and write another one there."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "decider.settings",
        "DECIDER_DATA_DIR": str(folder),
        "DECIDER_SIGN_IN": "1" if configured.SIGN_IN else "",
    }
    subprocess.run(
        [sys.executable, "-c", RESTORE_AND_BACK_UP, before, after],
        cwd=configured.BASE_DIR,
        env=environment,
        check=True,
    )
