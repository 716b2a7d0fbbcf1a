"""Names that are erased from decision records."""

from __future__ import annotations

import json
import uuid

import pytest
from django.db import connection

from decider.reports.forms.records import initial_of
from decider.reports.models import ImportedReport, Report, SignedPdf
from decider.reports.models.record import ERASED
from decider.reports.proof.audit import audit
from decider.reports.proof.checking import Proof, check_record
from decider.reports.proof.entries import record_file
from decider.reports.proof.importing import import_file
from decider.reports.proof.signing import public_keys
from decider.reports.proof.verification import Verdict, verify_file
from decider.reports.services.comments import (
    Author,
    add_comment,
    forget_author,
    set_resolved,
)
from decider.reports.services.erasure import erase_name, named_in
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of
from tests.reports.proof.proof_files import opened

RISK = {"text": "Two platforms", "severity": "high", "owner": "Ada Lovelace"}


@pytest.fixture
def decided(report) -> Report:
    """A report whose decision names Ada in three places, and Bo with her in one of them."""
    add_entry(
        record=report.record,
        revision=1,
        status="accepted",
        alternative="vm",
        by="ada  lovelace",
        deciders="Bo, Ada Lovelace",
        consulted="Adaline",
        reason="Ada Lovelace is a program here.",
        risks=[RISK],
    )
    return Report.objects.get(pk=report.pk)


def test_name_is_found_as_a_whole_wherever_people_are_named(decided):
    found = [(field.entry, field.path, field.text) for field in named_in("Ada Lovelace")]
    assert found == [
        (2, "by", "ada  lovelace"),
        (2, "deciders", "Bo, Ada Lovelace"),
        (2, "risks/0/owner", "Ada Lovelace"),
    ]
    assert named_in("Ada L") == []
    assert len(named_in("Adaline")) == 1


def test_erased_names_are_gone_and_everything_is_still_proven(decided):
    SignedPdf.objects.create(key="k", content=f"%PDF {decided.record} ".encode())
    assert erase_name("Ada Lovelace") == 3
    record = Report.objects.get(pk=decided.pk).record
    entry = record.state
    assert (entry.by, entry.deciders, entry.consulted) == (ERASED, ERASED, "Adaline")
    assert entry.risks == [{**RISK, "owner": ERASED}]
    assert not SignedPdf.objects.exists()
    file = record_file(record)
    assert "Lovelace" not in file.replace("Ada Lovelace is a program here.", "")
    check = check_record(json.loads(file), public_keys())
    assert check.proof is Proof.GENUINE
    assert [remark.partition(" (")[0] for remark in check.remarks] == [
        "Entry 2: name erased",
        "Entry 2: name erased",
        "Entry 2: name erased",
    ]
    assert list(audit(public_keys())) == []
    assert named_in("Ada Lovelace") == []


def test_copies_of_before_and_after_are_known(decided):
    before = record_file(decided.record)
    erase_name("Ada Lovelace")
    after = record_file(Report.objects.get(pk=decided.pk).record)
    for file in (before, after):
        assert verify_file(file=opened(file), browser=None).verdict is Verdict.ISSUED


def test_kept_pdfs_with_comments_of_whoever_is_forgotten_go(report):
    key = uuid.uuid4()
    thread = add_comment(report=report, author=Author(key, "Grace"), text="Why?")
    set_resolved(thread=thread, by="Linus", resolved=True)
    for keys, name, kept in (([], "Ada", 1), ([], "Linus", 0), ([key], "Grace", 0)):
        SignedPdf.objects.create(key=name, content=f"%PDF {report.record} ".encode())
        forget_author(keys=keys, name=name, instead="Somebody")
        assert SignedPdf.objects.count() == kept
    thread.refresh_from_db()
    assert (thread.author_name, thread.resolved_by) == ("Somebody", "Somebody")


def test_kept_pdfs_of_other_records_stay(decided):
    SignedPdf.objects.create(key="k", content=b"%PDF DR-1999-0001 ")
    erase_name("Ada Lovelace")
    assert SignedPdf.objects.get().key == "k"


def test_erased_names_are_not_carried_into_the_next_entry(decided):
    erase_name("Ada Lovelace")
    initial = initial_of(Report.objects.get(pk=decided.pk).record.state)
    assert (initial["deciders"], initial["consulted"]) == ("", "Adaline")


def test_name_that_never_was_can_not_pass_for_an_erased_one(decided):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE decider_recordentry SET informed = %s WHERE number = 2", [ERASED])
    assert [problem.what for problem in audit(public_keys())] == [
        "Entry 2: the name in “informed” was never signed."
    ]


def test_names_in_imported_records_are_erased_too(decided, browser_key):
    exported = json.loads(record_file(decided.record, report=json.loads(export_of(decided))))
    import_file(file=opened(json.dumps(exported)), browser=browser_key)
    assert erase_name("Ada Lovelace") == 6
    assert '"ada' not in json.dumps(ImportedReport.objects.get().history).lower().replace(
        '"adaline"', ""
    ).replace('"ada lovelace is a program here."', "")
