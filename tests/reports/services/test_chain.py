"""Entries are signed and chained when they are saved, and those of older versions later."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction

from decider.base.frozen import Frozen
from decider.reports.models import ChainEntry, RecordEntry, Report
from decider.reports.proof.checking import Proof, check_record
from decider.reports.proof.entries import record_file
from decider.reports.proof.signing import public_keys
from decider.reports.services import records
from decider.reports.services.chain import sign_unsigned
from decider.reports.services.records import StaleRecord, add_entry
from decider.reports.services.reports import freeze_report


def checked(report):
    record = sign_unsigned(Report.objects.get(pk=report.pk).record)
    return check_record(json.loads(record_file(record)), public_keys())


def test_every_entry_is_signed_when_it_is_saved_those_that_supersede_too(
    report, assessment, browser_key
):
    second = freeze_report(assessment=assessment, browser=browser_key)
    accepted = {"status": "accepted", "alternative": "vm", "by": "Ada"}
    add_entry(record=second.record, revision=1, supersedes=report.record, **accepted)
    for saved, status in ((report, "superseded"), (second, "accepted")):
        check = checked(saved)
        assert (check.proof, check.status, len(check.entries)) == (Proof.GENUINE, status, 2)
    assert not RecordEntry.objects.filter(chained=None).exists()
    content = checked(second).entries[1].entry["content"]
    assert content["supersedes"] == str(report.record)


def test_opening_signs_empty_texts(report):
    content = checked(report).entries[0].entry["content"]
    assert {name: part for name, part in content.items() if part} == {
        "revision": 1,
        "status": "proposed",
    }


def test_chain_can_neither_be_changed_nor_fork(report):
    add_entry(record=report.record, revision=1, status="rejected")
    first = ChainEntry.objects.get(number=1)
    with pytest.raises(Frozen):
        ChainEntry.objects.update(body="")
    with pytest.raises(Frozen):
        first.delete()
    fields = {"record": report.record, "body": "", "key": "", "signature": ""}
    for number, previous in ((2, "another"), (3, first.digest)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ChainEntry.objects.create(number=number, previous=previous, digest="0", **fields)


def test_entry_that_would_fork_the_chain_is_stale(report, monkeypatch):
    """As if the lock had let two people through: both read the same newest entry."""
    newest = report.record.history[0]
    add_entry(record=report.record, revision=1, status="rejected")
    monkeypatch.setattr(records, "_newest", lambda _record: newest)
    with pytest.raises(StaleRecord):
        add_entry(record=report.record, revision=1, status="accepted")
    assert checked(report).proof is Proof.GENUINE


@pytest.fixture
def unsigned(report):
    """A report whose second entry an older version saved."""
    RecordEntry.objects.create(record=report.record, number=2, status="rejected", by="Ada")
    return report


def test_entry_of_an_older_version_is_signed_when_the_record_is_read(unsigned):
    check = checked(unsigned)
    assert (check.proof, check.status, len(check.entries)) == (Proof.GENUINE, "rejected", 2)
    (remark,) = check.remarks
    assert remark.startswith("Entry 2: made on ")
    assert ", signed only on " in remark


def test_entry_of_an_older_version_is_signed_before_the_next_is_added(unsigned):
    add_entry(record=unsigned.record, revision=2, status="proposed", by="Bo")
    links = ChainEntry.objects.order_by("number")
    assert [link.decision.number for link in links] == [1, 2, 3]
    assert ["signed_later" in json.loads(link.body) for link in links] == [False, True, False]


def test_record_is_read_in_few_queries(report, django_assert_num_queries):
    for revision in range(1, 6):
        add_entry(record=report.record, revision=revision, status="proposed", by="Ada")
    record = Report.objects.get(pk=report.pk).record
    with django_assert_num_queries(2):
        record_file(sign_unsigned(record))
