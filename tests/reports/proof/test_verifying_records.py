"""A file with a decision record against what this server keeps of it."""

from __future__ import annotations

import json
import shutil

import pytest
from django.conf import settings
from django.db import connection

from decider.base.digests import sha256
from decider.engine.report.codec import canonical_json
from decider.reports.discussion import topics_of
from decider.reports.models import IssuedFile, Report
from decider.reports.proof.checking import NOT_WHOLE
from decider.reports.proof.entries import record_file
from decider.reports.proof.issued import remember_issued
from decider.reports.proof.signing import sign
from decider.reports.proof.verification import Verdict, verify_file
from decider.reports.services.comments import Author, add_comment, remove_comment
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of
from tests.reports.proof.proof_files import opened, pdf_with, resealed
from tests.reports.proof.test_checking import signed


@pytest.fixture
def decided(report):
    """The report after two entries."""
    for revision, status in enumerate(("proposed", "accepted"), start=1):
        add_entry(
            record=report.record, revision=revision, status=status, alternative="vm", by="Ada"
        )
    return Report.objects.get(pk=report.pk)


def record_of(report):
    return json.loads(record_file(Report.objects.get(pk=report.pk).record))


def finding(record, browser=None):
    """What a record is that this server signed as a whole in just this state."""
    return verify_file(file=opened(resealed(record)), browser=browser)


def as_it_is(record, browser=None):
    """What a record is with the signatures that it has."""
    return verify_file(file=opened(canonical_json(record)), browser=browser)


def differences(found):
    return [(row.part, row.name, row.sent, row.saved) for row in found.alterations]


def change_row(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_record_with_its_report_is_issued_and_genuine_in_another_layout(decided):
    whole = record_file(decided.record, report=json.loads(export_of(decided)))
    found = verify_file(file=opened(whole), browser=None)
    assert (found.verdict, found.report, found.is_outdated) == (Verdict.ISSUED, decided, False)
    spaced = json.dumps(json.loads(whole), indent=1)
    assert verify_file(file=opened(spaced), browser=None).verdict is Verdict.GENUINE
    assert finding(record_of(decided)).verdict is Verdict.ISSUED


def test_record_with_comments_is_issued_also_when_they_are_others_by_now(decided, browser_key):
    comment = add_comment(report=decided, author=Author(browser_key, "Grace"), text="Why?")
    record = json.loads(record_file(decided.record, discussion=topics_of(decided)))
    assert record["comments"][0]["threads"][0]["comments"][0]["text"] == "Why?"
    remove_comment(comment=comment)
    found = as_it_is(record)
    assert (found.verdict, found.is_outdated, found.alterations) == (Verdict.ISSUED, False, ())
    record["comments"][0]["threads"][0]["comments"][0]["text"] = "Fine."
    found = as_it_is(record)
    assert (found.verdict, found.check.problems) == (Verdict.ALTERED, (NOT_WHOLE,))


def test_record_of_before_is_unchanged_and_out_of_date(decided):
    record = record_of(decided)
    for entries, status in ((1, "proposed"), (2, "proposed"), (3, "accepted")):
        found = finding({**record, "entries": record["entries"][:entries]})
        assert (found.verdict, found.shown.status) == (Verdict.ISSUED, status)
        assert found.shown.number == entries
        assert found.is_outdated is (entries < 3)
        assert found.later_entries == 3 - entries


def test_change_of_an_entry_is_an_alteration_that_only_readers_see_beside_what_was_saved(
    decided, browser_key
):
    record = record_of(decided)
    record["entries"][2]["entry"]["content"]["alternative"] = "paas"
    for browser, saved in ((None, None), (browser_key, "vm")):
        found = finding(record, browser)
        assert (found.verdict, found.shown) == (Verdict.ALTERED, None)
        assert differences(found) == [("Decision record, entry 3", "alternative", "paas", saved)]


def test_entry_that_never_was_and_a_name_left_out_are_alterations(decided):
    record = record_of(decided)
    more = {**record, "entries": [*record["entries"], record["entries"][2]]}
    assert finding(more).verdict is Verdict.ALTERED
    assert differences(finding(more))[0][0] == "Decision record, entry 4"
    del record["entries"][1]["personal"]["by"]
    found = as_it_is(record)
    assert found.verdict is Verdict.ALTERED
    assert differences(found) == [("Decision record, entry 2", "by", "", None)]


def test_entry_that_was_cut_off_is_an_alteration_and_no_older_state(decided):
    record = record_of(decided)
    found = as_it_is({**record, "entries": record["entries"][:2]})
    assert (found.verdict, found.check.problems, found.shown) == (
        Verdict.ALTERED,
        (NOT_WHOLE,),
        None,
    )


def test_removed_entry_in_the_database_is_a_contradiction(decided):
    record = record_of(decided)
    change_row("DELETE FROM decider_recordentry WHERE number = 3")
    change_row("DELETE FROM decider_chainentry WHERE number = 3")
    assert finding(record).verdict is Verdict.CONTRADICTED


def test_export_of_a_row_that_was_changed_in_the_database_is_a_contradiction(decided):
    change_row("UPDATE decider_recordentry SET by = 'Eve' WHERE number = 3")
    found = finding(record_of(decided))
    assert found.verdict is Verdict.CONTRADICTED
    assert found.check.problems == ("Entry 3: the name in “by” is not the one that was signed.",)


def their_record(report):
    """The record of another server with our number and content."""
    record = record_of(report)
    shutil.rmtree(settings.SIGNING_KEY_DIR)
    previous, entries = report.content_hash, []
    for row in record["entries"]:
        body = {**row["entry"], "previous": previous, "at": "2020-01-01T00:00:00.000000Z"}
        entries.append({**signed(body), "personal": row["personal"]})
        previous = entries[-1]["hash"]
    theirs = json.loads(resealed(record, entries=entries))
    shutil.rmtree(settings.SIGNING_KEY_DIR)
    sign("another key of ours")
    return theirs


def test_record_of_another_server_with_our_number_and_content_is_foreign(decided, browser_key):
    theirs = their_record(decided)
    for browser in (None, browser_key):
        found = as_it_is(theirs, browser)
        assert (found.verdict, found.report, found.alterations) == (Verdict.FOREIGN, None, ())
    theirs["entries"][2]["entry"]["content"]["status"] = "rejected"
    found = as_it_is(theirs)
    assert (found.verdict, found.report) == (Verdict.FORGED, None)


def test_changed_record_in_a_pdf_with_a_genuine_report_is_an_alteration(decided):
    export = export_of(decided).encode()
    record = record_of(decided)
    genuine = pdf_with(export, record=canonical_json(record).encode())
    assert verify_file(file=opened(genuine), browser=None).verdict is Verdict.GENUINE
    record["entries"][2]["entry"]["content"]["status"] = "rejected"
    found = verify_file(
        file=opened(pdf_with(export, record=canonical_json(record).encode())), browser=None
    )
    assert (found.verdict, found.report) == (Verdict.ALTERED, decided)
    assert differences(found) == [("Decision record, entry 3", "status", "rejected", None)]


def test_file_that_somebody_wrote_into_the_database_as_issued_is_not(report):
    content = pdf_with(export_of(report).encode())
    IssuedFile.objects.create(report=report, digest=sha256(content))
    assert verify_file(file=opened(content), browser=None).verdict is Verdict.GENUINE
    other = pdf_with(export_of(report).encode() + b"\n")
    remember_issued(report=report, content=other)
    assert verify_file(file=opened(other), browser=None).verdict is Verdict.ISSUED
    made = IssuedFile.objects.get(digest=sha256(other))
    values = made.signed_by, made.signature
    change_row("UPDATE decider_issuedfile SET signed_by = %s, signature = %s", *values)
    assert verify_file(file=opened(content), browser=None).verdict is Verdict.GENUINE
