"""Names are erased without a trace of them, and what was signed stays valid."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from decider.reports.forms.records import initial_of
from decider.reports.models import ChainEntry, ImportedReport, RecordEntry, Report, SignedPdf
from decider.reports.models.record import ERASED
from decider.reports.pdf.cache import forget_pdfs
from decider.reports.proof.audit import audit
from decider.reports.proof.checking import Proof, check_record
from decider.reports.proof.entries import record_file
from decider.reports.proof.importing import import_file
from decider.reports.proof.signing import public_keys
from decider.reports.proof.verification import Verdict, verify_file
from decider.reports.services.erasing import erase_name, find_name, is_named
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of
from tests.reports.proof.proof_files import opened, pdf_with


@pytest.fixture
def decided(report):
    """A decision by Ada and others."""
    risk = {"text": "Cost", "severity": "low"}
    add_entry(
        record=report.record,
        revision=1,
        status="accepted",
        alternative="vm",
        by="Ada Lovelace",
        deciders="Bo, ada  lovelace",
        consulted="Cy",
        risks=[{**risk, "owner": "Bo"}, {**risk, "owner": "Ada Lovelace"}],
        confirmations=[
            {"requirement": "Tests", "condition": "A pilot", "who": "Ada Lovelace", "by": ""}
        ],
    )
    return Report.objects.get(pk=report.pk)


def again(report):
    return Report.objects.get(pk=report.pk)


def test_names_are_found_where_they_stand_alone_or_in_a_list(decided):
    lines = [str(row) for row in find_name("ADA LOVELACE")]
    assert lines == [
        f"{decided.record}, entry 2, {row}"
        for row in (
            "by: Ada Lovelace",
            "deciders: Bo, ada  lovelace",
            "risks/1/owner: Ada Lovelace",
            "confirmations/0/who: Ada Lovelace",
        )
    ]
    assert find_name("Ada") == []
    assert is_named("Bo", "Ada and Bo")
    assert not is_named("Bo", "Bob; Bowie")


def test_name_is_gone_from_every_row_and_all_is_still_proven(decided):
    digests = list(ChainEntry.objects.values_list("body", "digest", "signature"))
    before = record_file(decided.record)
    assert len(erase_name("Ada Lovelace")) == 4
    assert list(ChainEntry.objects.values_list("body", "digest", "signature")) == digests
    entry = RecordEntry.objects.get(number=2)
    assert (entry.by, entry.deciders, entry.consulted) == (ERASED, ERASED, "Cy")
    assert [risk["owner"] for risk in entry.risks] == ["Bo", ERASED]
    text = record_file(again(decided).record)
    assert "lovelace" not in text.lower()
    check = check_record(json.loads(text), public_keys())
    assert (check.proof, check.remarks) == (
        Proof.GENUINE,
        tuple(
            f"Entry 2: name erased ({path})."
            for path in ("by", "confirmations/0/who", "deciders", "risks/1/owner")
        ),
    )
    assert list(audit(public_keys())) == []
    assert erase_name("Ada Lovelace") == []
    for file in (before, text):
        assert verify_file(file=opened(file), browser=None).verdict is Verdict.ISSUED


def test_erased_names_are_not_carried_into_the_next_entry(decided):
    erase_name("Ada Lovelace")
    initial = initial_of(again(decided).record.state)
    assert (initial["deciders"], initial["consulted"]) == ("", "Cy")


def test_name_is_erased_from_imported_records(decided, browser_key):
    record = record_file(decided.record).encode()
    content = pdf_with(export_of(decided).encode(), record=record)
    made = import_file(file=opened(content), browser=browser_key)
    assert len(erase_name("Ada Lovelace")) == 8
    made = ImportedReport.objects.get(pk=made.pk)
    assert set(made.history[1]["personal"]) == {"consulted", "risks/0/owner"}


def test_erasing_is_no_way_to_hide_that_a_name_was_never_there(decided):
    erase_name("Ada Lovelace")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE decider_recordentry SET informed = %s WHERE number = 2", [ERASED])
    assert [problem.what for problem in audit(public_keys())] == [
        "Entry 2: the name in “informed” was never signed."
    ]


def test_kept_pdfs_of_these_records_are_forgotten(decided):
    for key, reference in (("a", str(decided.record)), ("b", "DR-1999-0001")):
        SignedPdf.objects.create(key=key, content=f"%PDF {reference} ".encode())
    forget_pdfs({str(decided.record)})
    assert [pdf.key for pdf in SignedPdf.objects.all()] == ["b"]
