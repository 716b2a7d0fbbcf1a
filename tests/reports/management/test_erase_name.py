"""`erase_name` lists first, and erases only when it is told to."""

from __future__ import annotations

from decider.reports.models import RecordEntry
from decider.reports.services.records import add_entry


def test_name_is_listed_and_erased_on_request(report, run):
    add_entry(record=report.record, revision=1, status="rejected", by="Ada")
    line = f"{report.record}, entry 2, by: Ada\n"
    more = "Nothing was changed. Add --erase to erase them for good.\n"
    assert run("erase_name", "ada") == f"{line}Found: 1.\n{more}"
    assert run("erase_name", "ada", "--erase") == f"{line}Erased: 1.\n"
    assert run("erase_name", "ada") == "Found: 0.\n"
    assert not RecordEntry.objects.filter(by="Ada").exists()
