"""`erase_report` on the command line."""

from __future__ import annotations

from decider.reports.models import Report
from decider.reports.services.sharing import share_report


def test_dry_run_says_what_would_go_and_changes_nothing(report, run):
    share_report(report=report, label="Board", lifetime=None)
    lines = run("erase_report", str(report.record), dry_run=True).splitlines()
    assert lines[0] == "Would be erased:"
    assert lines[1].startswith(f"{report.record}, “Billing”, saved ")
    assert lines[1].endswith(". decisions: 1, sign-offs: 0, comments: 0, share links: 1.")
    assert report.content_hash in lines[2]
    assert lines[3:] == [
        "The assessment that it was saved from still has its answers and notes.",
        "Backups, and files that were given out, still hold it.",
    ]
    assert Report.objects.get().content == report.content


def test_erased_report_can_not_be_erased_again(report, run, refused):
    assert run("erase_report", str(report.record)).startswith("Erased:\n")
    assert not Report.objects.exists()
    day = f"{Report.with_erased.get().erased_at:%Y-%m-%d}"
    for arguments in ((), ("--dry-run",)):
        said = refused("erase_report", str(report.record), *arguments)
        assert said == f"Nothing was erased. {report.record} was erased already, on {day}."


def test_unknown_number_is_refused(db, refused):
    for number in ("DR-2026-0007", "7"):
        assert refused("erase_report", number) == f"There is no decision record {number!r}."
