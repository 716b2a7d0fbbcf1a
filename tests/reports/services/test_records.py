"""What can follow what in a decision record."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from decider.reports.models import DecisionRecord, Report, Status
from decider.reports.services import records as services
from decider.reports.services.records import (
    MOST_ATTEMPTS,
    RecordRefused,
    StaleRecord,
    add_entry,
    open_record,
    supersedable,
)
from decider.reports.services.reports import freeze_report


@pytest.fixture
def records(assessment, report, browser_key):
    """Three records of one assessment, the oldest first."""
    later = [freeze_report(assessment=assessment, browser=browser_key) for _ in range(2)]
    return [saved.record for saved in (report, *later)]


def again(record):
    return Report.objects.get(pk=record.report_id).record


def add(record, status, supersedes=None):
    record = again(record)
    add_entry(
        record=record,
        revision=record.state.number,
        status=status,
        alternative="vm",
        supersedes=supersedes,
    )


def refusal(record, status, supersedes=None):
    with pytest.raises(RecordRefused) as refused:
        add(record, status, supersedes)
    return refused.value.field, str(refused.value)


@pytest.mark.parametrize(
    ("path", "possible"),
    [
        ((), {"proposed", "accepted", "rejected"}),
        (("rejected",), {"rejected", "proposed"}),
        (("accepted",), {"accepted", "deprecated"}),
        (("accepted", "deprecated"), {"deprecated"}),
    ],
)
def test_status_becomes_only_what_can_follow_it(report, path, possible):
    for status in path:
        add(report.record, status)
    last = again(report.record).state.status
    for status in set(Status.values) - possible:
        assert refusal(report.record, status) == (
            "status",
            f"A record that is {last} can’t become {status}.",
        )
    assert set(Status(last).following) == possible
    for status in possible:
        if status == last:
            add(report.record, status)
    assert again(report.record).state.status == last


@pytest.mark.parametrize("revision", [1, 3, 77])
def test_entry_on_any_but_the_newest_one_is_stale(report, revision):
    add(report.record, "proposed")
    with pytest.raises(StaleRecord):
        add_entry(record=report.record, revision=revision, status="proposed")
    assert again(report.record).state.number == 2


def test_record_gets_no_longer_than_can_be_checked(records, monkeypatch):
    monkeypatch.setattr(services, "MOST_ENTRIES", 3)
    add(records[0], Status.ACCEPTED)
    assert refusal(records[0], Status.DEPRECATED) == ("status", services.FULL)
    add(records[1], Status.ACCEPTED, records[0])
    assert again(records[0]).state.status == Status.SUPERSEDED


def test_record_is_superseded_by_one_other_only(records):
    oldest, middle, newest = records
    add(newest, "proposed", oldest)
    add(middle, "accepted", oldest)
    assert refusal(newest, "accepted", oldest) == (
        "supersedes",
        f"{oldest} has been superseded by {middle} already: choose {middle} or none.",
    )
    add(newest, "accepted", middle)
    assert [again(record).state.status for record in records] == [
        "superseded",
        "superseded",
        "accepted",
    ]
    assert [again(record).superseded_by for record in records] == [middle, newest, None]


def test_what_was_superseded_stays_so(records):
    oldest, middle, newest = records
    add(newest, "accepted", oldest)
    add(newest, "accepted", oldest)
    settled = ("supersedes", "What it supersedes can no longer change.")
    assert refusal(newest, "accepted", middle) == settled
    assert refusal(newest, "deprecated") == settled
    assert list(supersedable(again(newest))) == [oldest]
    assert len(again(oldest).history) == 2


def test_only_an_accepted_decision_supersedes(records):
    oldest, middle, _ = records
    add(middle, "accepted")
    assert refusal(middle, "deprecated", oldest)[0] == "supersedes"
    add(middle, "accepted", oldest)
    assert again(oldest).superseded_by == middle


def test_record_superseded_in_several_entries_is_offered_once(records):
    oldest, _, newest = records
    for _ in range(3):
        add(newest, "accepted", oldest)
    assert list(supersedable(again(newest))) == [oldest]
    assert supersedable(again(newest)).get(pk=oldest.pk) == oldest


def bare_report(report):
    """A report without a record yet."""
    return Report.objects.create(
        assessment=report.assessment,
        number=report.number + 1,
        title=report.title,
        content=report.content,
        content_hash=report.content_hash,
        method=report.method,
        saved_by=report.saved_by,
    )


def let_clash(monkeypatch, times):
    """Make the next savings of a record find their number taken; returns those tried."""
    tried = []
    save = DecisionRecord.save

    def clash(self, *args, **kwargs):
        tried.append(self.serial)
        if len(tried) <= times:
            self.serial = 1
        try:
            save(self, *args, **kwargs)
        finally:
            self.serial = 1 if len(tried) <= times else self.serial

    monkeypatch.setattr(DecisionRecord, "save", clash)
    return tried


def test_record_whose_number_is_taken_tries_the_next(report, monkeypatch):
    tried = let_clash(monkeypatch, times=3)
    assert open_record(report=bare_report(report)).serial == 2
    assert len(tried) == 4


def test_record_gives_up_where_its_number_is_always_taken(report, monkeypatch):
    tried = let_clash(monkeypatch, times=1000)
    with pytest.raises(IntegrityError):
        open_record(report=bare_report(report))
    assert len(tried) == MOST_ATTEMPTS


def test_second_record_of_a_report_is_refused_at_once(report):
    with pytest.raises(IntegrityError):
        open_record(report=report)
    assert DecisionRecord.objects.count() == 1
