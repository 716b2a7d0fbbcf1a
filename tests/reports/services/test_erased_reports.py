"""Whole reports that are erased: nothing that they said is left, and what proves them is."""

from __future__ import annotations

import json
import uuid

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from decider.reports.models import (
    ChainEntry,
    DecisionRecord,
    IssuedFile,
    RecordEntry,
    Report,
    SignedPdf,
    Tombstone,
)
from decider.reports.proof.audit import audit
from decider.reports.proof.checking import Proof, check_record
from decider.reports.proof.entries import record_file
from decider.reports.proof.heads import Kept, last_signed, losses, record_heads, running_heads
from decider.reports.proof.importing import import_file
from decider.reports.proof.issued import remember_issued
from decider.reports.proof.signing import public_keys
from decider.reports.proof.verification import Verdict, verify_file
from decider.reports.services.comments import Author, add_comment
from decider.reports.services.erased_reports import CanNotErase, erase_report
from decider.reports.services.records import add_entry, supersedable
from decider.reports.services.reports import export_of, freeze_report
from decider.reports.services.sharing import share_report
from decider.reports.services.sign_offs import sign_off
from tests.conftest import client_of
from tests.reports.proof.proof_files import opened

WORDS = ("As in the audit", "Too dear", "Ada Lovelace", "Grace", "Rubbish", "For Contoso")
"""What people wrote on the report and in its record."""


@pytest.fixture
def decided(report) -> Report:
    """A report with a decision, a sign-off, a comment, a share link and a PDF."""
    add_entry(
        record=report.record,
        revision=1,
        status="accepted",
        alternative="vm",
        by="Ada Lovelace",
        reason="Too dear",
        risks=[{"text": "Too dear", "severity": "high", "owner": "Ada Lovelace"}],
    )
    sign_off(
        record=report.record,
        revision=2,
        author=Author(uuid.uuid4(), "Grace"),
        position="objection",
        reason="Rubbish",
    )
    add_comment(report=report, author=Author(uuid.uuid4(), "Grace"), text="Rubbish")
    share_report(report=report, label="For Contoso", lifetime=None)
    remember_issued(report=report, content=b"%PDF given out")
    SignedPdf.objects.create(key="k", content=f"%PDF {report.record} ".encode())
    return Report.objects.get(pk=report.pk)


def rows_of_reports() -> str:
    """All that the tables of reports hold, as text."""
    models = apps.get_app_config("reports").get_models()
    return "\n".join(str(list(model._base_manager.values())) for model in models)


def problems() -> list[str]:
    return [str(problem) for problem in audit(public_keys())]


def test_nothing_that_was_said_is_left_and_everything_is_still_proven(decided):
    before = rows_of_reports()
    assert [word for word in WORDS if word not in before] == []
    heads = [*running_heads(last_signed())][-1], {h.record: h for h in record_heads(last_signed())}
    erase_report(record=decided.record)
    after = rows_of_reports()
    assert [word for word in (*WORDS, decided.title) if word in after] == []
    assert not SignedPdf.objects.exists()
    assert IssuedFile.objects.count() == 1
    assert problems() == []
    assert list(losses(Kept(*heads), last_signed())) == []


def test_number_hash_and_chain_are_those_of_the_files_of_before(decided):
    file = json.loads(record_file(decided.record))
    erase_report(record=decided.record)
    body = json.loads(Tombstone.objects.get().body)
    assert (body["record"], body["content_hash"]) == (file["record"], decided.content_hash)
    assert body["entries"] == [entry["hash"] for entry in file["entries"]]
    assert check_record(file, public_keys()).proof is Proof.GENUINE
    kept = Report.with_erased.get().record
    assert (str(kept), kept.report.content_hash) == (file["record"], decided.content_hash)


def test_file_of_before_is_genuine_and_said_to_be_erased(decided, run, tmp_path):
    export, record = export_of(decided), record_file(decided.record)
    erase_report(record=decided.record)
    for text in (export, record):
        finding = verify_file(file=opened(text), browser=decided.saved_by)
        assert (finding.verdict, finding.report) == (Verdict.NOT_KEPT, None)
        assert finding.erased == Report.with_erased.get()
    path = tmp_path / "report.json"
    path.write_text(export)
    assert run("verify", str(path)).startswith(f"Genuine: {decided.record}")
    with pytest.raises(CommandError, match=f"{decided.record} was erased on 20"):
        run("verify", str(path), "--kept")
    with path.open("rb") as sent:
        page = Client().post(reverse("verify_record"), {"file": sent}).content.decode()
    assert f"whoever runs it erased {decided.record} on" in page


def test_altered_file_of_before_is_not_genuine(decided):
    export = export_of(decided).replace("As in the audit", "As nowhere")
    erase_report(record=decided.record)
    finding = verify_file(file=opened(export), browser=None)
    assert (finding.verdict, finding.erased) == (Verdict.FORGED, None)


CHANGES = {
    "decider_report SET content_hash = 'x'": ["Number, hashes", "The entries do not follow"],
    "decider_report SET erased_at = '2020-01-01 00:00:00'": ["Number, hashes or moments"],
    "decider_report SET content = 'x'": ["It was erased, and something of its content is there"],
    "decider_decisionrecord SET year = 2001": ["Number, hashes or moments"],
    "decider_chainentry SET digest = 'x' WHERE number = 3": ["Number, hashes or moments"],
    "decider_chainentry SET previous = 'x' WHERE number = 3": ["The entries do not follow"],
    "decider_chainentry SET body = 'x' WHERE number = 1": ["It was erased, and something"],
    "decider_tombstone SET body = '{}'": ["The signature does not fit", "Number, hashes"],
    "decider_tombstone SET key = 'x'": ["The signature does not fit"],
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_row_of_an_erased_report_is_found(decided, change):
    erase_report(record=decided.record)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {change}")
    found = [problem.partition(": ")[2] for problem in problems()]
    assert len(found) == len(CHANGES[change])
    for problem, expected in zip(found, CHANGES[change], strict=True):
        assert problem.startswith(expected)


def test_report_that_is_hidden_as_erased_is_found(decided):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE decider_report SET erased_at = '2020-01-01 00:00:00'")
    assert problems()[:1] == [
        f"{decided.record}: It is marked as erased, and nothing signed says so."
    ]


def test_removed_entry_of_an_erased_report_is_found(decided):
    erase_report(record=decided.record)
    QuerySet(RecordEntry).filter(number=2).update(chained=None)
    QuerySet(ChainEntry).filter(number=3).delete()
    assert problems() == [
        f"{decided.record}: Number, hashes or moments are not those of when it was erased."
    ]


def test_record_that_is_not_what_was_signed_is_not_erased(decided):
    QuerySet(Report).update(title="Other")
    with pytest.raises(CanNotErase, match=r"not what was signed:\n  Title, method"):
        erase_report(record=decided.record)
    assert Report.objects.get().content == decided.content


def test_erased_report_opens_no_page_and_its_readers_are_told(decided, assessment, browser_key):
    reader = client_of(browser_key)
    erase_report(record=decided.record)
    page = reader.get(decided.get_absolute_url())
    assert page.status_code == 410
    assert f"{decided.record} was erased" in page.content.decode()
    assert decided.content_hash in page.content.decode()
    assert Client().get(decided.get_absolute_url()).status_code == 404
    for name in ("report_pdf", "comments", "share", "record"):
        assert reader.get(reverse(name, args=[decided.pk])).status_code == 404
    for name in ("workspace", "compare"):
        assert reader.get(reverse(name)).status_code == 200
    for name in ("reports", "history", "result"):
        assert reader.get(reverse(name, args=[assessment.pk])).status_code == 200


def test_numbers_go_on_after_an_erased_report(decided, assessment, browser_key):
    erase_report(record=decided.record)
    second = freeze_report(assessment=assessment, browser=browser_key)
    assert (second.number, second.record.serial) == (2, decided.record.serial + 1)
    assert not supersedable(second.record).exists()
    assert problems() == []


def test_record_that_superseded_an_erased_one_still_names_it(
    decided, assessment, browser_key, editor
):
    second = freeze_report(assessment=assessment, browser=browser_key)
    add_entry(
        record=second.record,
        revision=1,
        status="accepted",
        alternative="vm",
        supersedes=decided.record,
    )
    SignedPdf.objects.create(key="of the second", content=f"%PDF {second.record} ".encode())
    erase_report(record=decided.record)
    assert not SignedPdf.objects.exists()
    assert DecisionRecord.objects.get(pk=decided.record.pk).superseded_by == second.record
    page = editor.get(second.get_absolute_url()).content.decode()
    assert str(decided.record) in page
    assert [str(record) for record in supersedable(second.record)] == [str(decided.record)]
    assert editor.get(reverse("record", args=[second.pk])).status_code == 200
    assert problems() == []


def test_decision_that_was_to_supersede_an_erased_one_can_be_accepted(
    decided, assessment, browser_key
):
    second = freeze_report(assessment=assessment, browser=browser_key)
    add_entry(record=second.record, revision=1, status="proposed", supersedes=decided.record)
    erase_report(record=decided.record)
    add_entry(
        record=second.record,
        revision=2,
        status="accepted",
        alternative="vm",
        supersedes=decided.record,
    )
    assert problems() == []


def test_imported_assessment_forgets_the_record_of_an_erased_report(decided):
    file = record_file(decided.record, report=json.loads(export_of(decided)))
    made = import_file(file=opened(file), browser=uuid.uuid4())
    assert made.history
    erase_report(record=decided.record)
    made.refresh_from_db()
    assert made.history == []
