"""The record in a file that is imported is kept entry by entry, if nothing in it is wrong."""

from __future__ import annotations

import json
import shutil

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from decider.base.files import FileErrors
from decider.reports.models import ImportedReport, Report
from decider.reports.proof import imported_history
from decider.reports.proof.checking import Proof, check_record
from decider.reports.proof.entries import record_file
from decider.reports.proof.imported_history import TOO_MANY, UNFIT, history_of
from decider.reports.proof.importing import NO_REPORT, import_file
from decider.reports.proof.signing import public_keys
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of
from tests.reports.proof.proof_files import opened, pdf_with, resealed
from tests.reports.proof.test_checking import signed
from tests.reports.views.test_proof import IMPORT, send


@pytest.fixture
def decided(report):
    """The report with an accepted decision."""
    fields = {"status": "accepted", "alternative": "vm", "by": "Ada", "why": "Board"}
    add_entry(record=report.record, revision=1, reason="Known", **fields)
    return Report.objects.get(pk=report.pk)


def record_of(report):
    return json.loads(record_file(report.record))


def whole(report, record=None):
    """Report and record as one JSON."""
    record = record or record_of(report)
    return resealed(record, report=json.loads(export_of(report))).encode()


def in_pdf(report):
    return pdf_with(export_of(report).encode(), record=record_file(report.record).encode())


def imported(content, browser):
    return import_file(file=opened(content), browser=browser)


@pytest.mark.parametrize("wrap", [whole, in_pdf])
def test_entries_are_kept_as_they_were_signed(decided, browser_key, wrap):
    made = imported(wrap(decided), browser_key)
    made = ImportedReport.objects.get(pk=made.pk)
    assert (made.genuine, made.history_proof, made.remarks) == (True, "genuine", [])
    assert made.history == record_of(decided)["entries"]
    kept = {**record_of(decided), "entries": made.history}
    assert check_record(kept, public_keys()).proof is Proof.GENUINE
    first, second = history_of(made.history, {"vm": "Virtual machines"})
    assert (first.status, first.by, first.chosen) == ("proposed", "", "")
    assert (second.number, second.status, second.by) == (2, "accepted", "Ada")
    assert (second.chosen, second.why, second.reason) == ("Virtual machines", "Board", "Known")


def test_record_of_another_server_is_kept_and_said_to_be_so(decided, browser_key):
    content = whole(decided)
    shutil.rmtree(settings.SIGNING_KEY_DIR)
    made = imported(content, browser_key)
    assert (made.genuine, made.history_proof, len(made.history)) == (False, "unknown key", 2)


def test_altered_record_is_not_kept_and_each_fault_is_told(decided, browser_key):
    record = record_of(decided)
    record["entries"][1]["hash"] = "0" * 64
    made = imported(whole(decided, record), browser_key)
    assert (made.history, made.history_proof) == ([], "")
    assert made.remarks == [
        {
            "part": "Decision record",
            "name": "",
            "value": "",
            "reason": "Entry 2: the hash does not fit what it says",
        }
    ]


def test_record_that_the_database_can_not_hold_is_not_kept(decided, browser_key, monkeypatch):
    record = record_of(decided)
    body = record["entries"][1]["entry"]
    body["content"]["why"] = "\0"
    record["entries"][1] = {**signed(body), "personal": record["entries"][1]["personal"]}
    made = imported(whole(decided, record), browser_key)
    assert (made.history, [row["reason"] for row in made.remarks]) == ([], [UNFIT])
    monkeypatch.setattr(imported_history, "MOST_ENTRIES", 1)
    made = imported(whole(decided), browser_key)
    assert (made.history, [row["reason"] for row in made.remarks]) == ([], [TOO_MANY])


def test_record_without_its_report_is_refused(decided, browser_key):
    with pytest.raises(FileErrors, match=NO_REPORT):
        imported(record_file(decided.record), browser_key)


def test_report_without_a_record_has_no_history(decided, browser_key):
    made = imported(export_of(decided), browser_key)
    assert (made.history, made.history_proof) == ([], "")


def test_decision_in_the_file_is_shown_to_who_imported_it(decided):
    client = Client()
    response = send(client, IMPORT, whole(decided))
    made = ImportedReport.objects.get()
    assert response.url == reverse("import_outcome", args=[made.assessment.pk])
    page = client.get(response.url).content.decode()
    assert "Everything in the file carried over." in page
    assert "Each entry is signed by this server" in page
    assert "<h3>Accepted " in page
    assert "Chosen: Virtual machines. Reason: Known" in page
    link = client.get(reverse("assessment_settings", args=[made.assessment.pk]))
    assert response.url in link.content.decode()
