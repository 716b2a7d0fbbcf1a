"""Whatever is changed in the database behind the server's back is found."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings
from django.db import connection

from decider.reports.models import IssuedFile, Report, SignedPdf
from decider.reports.proof.audit import BY_UNKNOWN_KEY, audit
from decider.reports.proof.issued import kept_statement, remember_issued
from decider.reports.proof.signing import public_keys, sign
from decider.reports.services.records import add_entry
from decider.reports.services.reports import freeze_report


def change_row(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def audited():
    return [str(problem) for problem in audit(public_keys())]


@pytest.fixture
def reports(report, assessment, browser_key):
    """Two reports; the record of the second has three entries. A PDF of each kind is kept."""
    second = freeze_report(assessment=assessment, browser=browser_key)
    for revision, status in enumerate(("proposed", "accepted"), start=1):
        add_entry(
            record=second.record, revision=revision, status=status, alternative="vm", by="Ada"
        )
    remember_issued(report=report, content=b"%PDF given out")
    pdf = SignedPdf(key="k", content=b"%PDF kept")
    pdf.signed_by, pdf.signature = sign(kept_statement(pdf))
    pdf.save()
    return report, second


def test_nothing_is_wrong_with_what_was_not_changed(reports):
    assert audited() == []


ROW = "the row in the history does not say what was signed."
REPORT, SIGNATURE = "decider_report", "decider_signature"
ENTRY, CHAIN = "decider_recordentry", "decider_chainentry"
EARLY = "'2020-01-01 00:00:00'"
COLUMNS = "Title, method, recommendation or certainty in lists are not"
BESIDE = "Entry 3: the columns beside what was signed"
CHANGES = [
    (REPORT, "title = 'Other'", [COLUMNS]),
    (REPORT, "content = 'x'", ["The report was changed", "The signature does not fit", COLUMNS]),
    (
        REPORT,
        "content_hash = 'x'",
        ["The report was changed", "The signature does not fit", "Entry 1: it does not follow"],
    ),
    (REPORT, f"saved_at = {EARLY}", ["The signature does not fit the report"]),
    (SIGNATURE, "value = 'x'", ["The signature does not fit"]),
    (SIGNATURE, "key = 'x'", [BY_UNKNOWN_KEY]),
    (ENTRY, "status = 'rejected'", [ROW]),
    (ENTRY, "reason = 'x'", [ROW]),
    (ENTRY, f"at = {EARLY}", [ROW]),
    (ENTRY, "supersedes_id = (SELECT MIN(id) FROM decider_decisionrecord)", [ROW]),
    (ENTRY, "by = 'Eve'", ["Entry 3: the name in “by” is not the one"]),
    (ENTRY, "informed = 'Eve'", ["Entry 3: the name in “informed” was never signed."]),
    (
        ENTRY,
        "chained_id = NULL",
        [
            "Entry 3: the name in “by”",
            "Entry 3: what it says is missing",
            "Entry 3 of the history is not signed.",
        ],
    ),
    (CHAIN, "body = 'x'", ["Entry 3: what was signed isn’t an entry"]),
    (CHAIN, "body = '{}'", ["Entry 3: what was signed isn’t an entry"]),
    (CHAIN, "body = body || ' '", [BESIDE]),
    (CHAIN, "digest = 'x'", ["Entry 3: the hash does not fit", BESIDE]),
    (CHAIN, "previous = 'x'", [BESIDE]),
    (CHAIN, "signature = 'x'", ["Entry 3: the signature does not fit"]),
    (CHAIN, "key = 'x'", [BY_UNKNOWN_KEY]),
]


@pytest.mark.parametrize(("table", "change", "found"), CHANGES, ids=[row[1] for row in CHANGES])
def test_changed_row_is_found(reports, table, change, found):
    newest = "number = 2" if table == REPORT else f"id = (SELECT MAX(id) FROM {table})"
    change_row(f"UPDATE {table} SET {change} WHERE {newest}")
    problems = audited()
    assert len(problems) == len(found)
    for problem, words in zip(problems, found, strict=True):
        assert problem.startswith(f"{reports[1].record}: ")
        assert words in problem


def test_rows_in_another_order_are_found(reports):
    for table in ("decider_recordentry", "decider_chainentry"):
        for before, after in ((2, 9), (3, 2), (9, 3)):
            change_row(f"UPDATE {table} SET number = {after} WHERE number = {before}")
    problems = audited()
    assert f"{reports[1].record}: Entry 2: {ROW}" in problems
    assert any("it does not follow the entry before it" in problem for problem in problems)


def test_removed_rows_are_found(reports):
    first, second = reports
    change_row("DELETE FROM decider_recordentry WHERE number = 2")
    assert f"{second.record}: Entry 2: what it says is missing from the history." in audited()
    change_row("DELETE FROM decider_recordentry WHERE record_id = %s", first.record.pk)
    change_row("DELETE FROM decider_chainentry WHERE record_id = %s", first.record.pk)
    assert f"{first.record}: The decision record has no entry." in audited()
    change_row("DELETE FROM decider_decisionrecord WHERE id = %s", first.record.pk)
    problems = audited()
    assert "Record number 1: It is missing." in problems
    assert f"Report {first.pk}: Its decision record is missing." in problems
    change_row("DELETE FROM decider_signature WHERE report_id = %s", hexed(second.pk))
    assert f"{second.record}: The signature of the report is missing." in audited()


def hexed(key):
    return key if connection.vendor == "postgresql" else key.hex


def test_pdfs_that_were_changed_or_never_given_out_are_found(reports):
    IssuedFile.objects.create(report=reports[0], digest="0" * 64)
    change_row("UPDATE decider_signedpdf SET content = %s", b"%PDF other")
    assert audited() == [
        f"PDF with the SHA-256 {'0' * 64}: This server never signed that it was given out.",
        "Kept PDF k: It is not what was signed when it was kept.",
    ]


def test_lost_keys_are_told_of_each_part(reports):
    shutil.rmtree(settings.SIGNING_KEY_DIR)
    problems = audited()
    first = reports[0].record
    assert problems[:2] == [
        f"{first}: Report: {BY_UNKNOWN_KEY}",
        f"{first}: Decision record: {BY_UNKNOWN_KEY}",
    ]
    assert len(problems) == 6


def test_number_of_queries_does_not_grow_with_the_records(
    reports, assessment, browser_key, django_assert_num_queries
):
    for _ in range(3):
        freeze_report(assessment=assessment, browser=browser_key)
    assert Report.objects.count() == 5
    with django_assert_num_queries(6):
        assert audited() == []
