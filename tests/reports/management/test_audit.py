"""`audit` on the command line: what it prints, and what a head that was kept shows."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from decider.base.digests import sha256
from decider.reports.models import ChainEntry
from decider.reports.services.records import add_entry
from decider.reports.services.reports import freeze_report


def audit(*arguments):
    """What the command printed, and how it failed, if it did."""
    out, failure = StringIO(), ("", 0)
    try:
        call_command("audit", *arguments, stdout=out)
    except CommandError as error:
        failure = str(error), error.returncode
    return (*out.getvalue().splitlines(), *failure)


def run_sql(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def reject(report):
    add_entry(record=report.record, revision=1, status="rejected", by="Ada")


def head_over(digests):
    running = "0" * 64
    for digest in digests:
        running = sha256(running + digest)
    return f"{len(digests)}:{running}"


def digests():
    return list(ChainEntry.objects.order_by("pk").values_list("digest", flat=True))


def test_head_goes_on_with_each_entry_in_the_order_of_signing(report, assessment, browser_key):
    freeze_report(assessment=assessment, browser=browser_key)
    reject(report)
    assert audit() == (
        "Checked 2 reports, 3 signed entries, 0 PDFs that were given out, 0 kept PDFs: no"
        " problems.",
        f"Head: {head_over(digests())}",
        "",
        0,
    )


def test_empty_database_is_in_order(db):
    assert audit()[1] == f"Head: 0:{'0' * 64}"


def test_problem_is_printed_and_fails(report):
    run_sql("UPDATE decider_recordentry SET status = 'accepted'")
    lines = audit()
    what = "Entry 1: the row in the history does not say what was signed."
    assert lines[0] == f"{report.record}: {what}"
    assert lines[-2:] == ("1 problem.", 1)


@pytest.fixture
def kept(report, tmp_path):
    """The head of a record with two entries, and the file with it."""
    reject(report)
    path = tmp_path / "heads"
    head = audit("--save", str(path))[1].removeprefix("Head: ")
    assert path.read_text() == (f"decider-heads/1\n{head}\n{report.record} 2 {digests()[1]}\n")
    return head, str(path)


def test_entries_that_were_added_since_are_no_loss(kept, report, assessment, browser_key):
    add_entry(record=report.record, revision=2, status="proposed")
    freeze_report(assessment=assessment, browser=browser_key)
    for argument in kept:
        assert audit("--head", argument)[-1] == 0


def test_last_entry_that_was_removed_is_missing(kept, report):
    run_sql("DELETE FROM decider_recordentry WHERE number = 2")
    run_sql("DELETE FROM decider_chainentry WHERE number = 2")
    assert audit()[-1] == 0
    missing = "1 of the 2 entries that were there are missing."
    head, path = kept
    assert audit("--head", head)[0] == missing
    assert audit("--head", path)[:2] == (
        missing,
        f"{report.record}: it had 2 entries, and has 1.",
    )
    assert audit("--head", head)[-2:] == ("1 problem.", 1)


def test_entry_that_took_the_place_of_a_removed_one_is_found(kept, report):
    run_sql("DELETE FROM decider_recordentry WHERE number = 2")
    run_sql("DELETE FROM decider_chainentry WHERE number = 2")
    add_entry(record=report.record, revision=1, status="accepted")
    assert audit()[-1] == 0
    changed = (
        "Of the first 2 entries, one was removed, changed or moved since the head was kept.",
        f"{report.record}: entry 2 is not the one that was there.",
    )
    head, path = kept
    assert audit("--head", head)[0] == changed[0]
    assert audit("--head", path)[:2] == changed


def test_record_that_was_removed_is_named(kept, report):
    for table in ("recordentry", "chainentry", "decisionrecord"):
        run_sql(f"DELETE FROM decider_{table}")
    lines = audit("--head", kept[1])
    assert f"{report.record}: it had 2 entries, and has 0." in lines


@pytest.mark.parametrize("argument", ["12", "x:y", "1:" + "G" * 64, "no/such/file"])
def test_what_is_no_head_is_refused(db, argument):
    message, code = audit("--head", argument)
    assert (message.endswith("nor a file that audit --save wrote."), code) == (True, 2)


def test_file_that_is_no_file_of_heads_is_refused(db, tmp_path):
    path = tmp_path / "heads"
    for content in (b"", b"\xff", b"decider-heads/1\n1:x\n", b"decider-heads/2\n"):
        path.write_bytes(content)
        assert audit("--head", str(path))[-1] == 2
    path.write_text(f"decider-heads/1\n0:{'0' * 64}\nDR-2026-0001 x\n")
    assert audit("--head", str(path))[-1] == 2


def test_file_that_cannot_be_written_is_told(db, tmp_path):
    assert audit("--save", str(tmp_path / "no" / "heads"))[-1] == 2
