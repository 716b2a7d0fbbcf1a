"""Auditing what is kept: how long it takes beside bare hashing and checking of the same texts, how
many queries, and whether memory grows with the number of reports."""

from __future__ import annotations

import tempfile
import tracemalloc
import uuid
from time import process_time
from typing import Any

from benchmarks.measure import line
from benchmarks.web import prepare

FEW, MANY = 40, 160
"""Reports of the example, every other one with a decision."""
RATIO = 3
QUERIES_A_REPORT = 0.3
GROWTH = 1.3


def save_reports(assessment: Any, browser: uuid.UUID, number: int) -> None:
    """Save so many reports of an assessment more."""
    from decider.reports.services.records import add_entry
    from decider.reports.services.reports import freeze_report

    for place in range(number):
        report = freeze_report(assessment=assessment, browser=browser)
        if place % 2:
            add_entry(record=report.record, revision=1, status="rejected", by="Ada", why="Board")


def audited() -> None:
    """Audit everything; nothing may be wrong."""
    from decider.reports.proof.audit import audit
    from decider.reports.proof.signing import public_keys

    assert list(audit(public_keys())) == []


def bare() -> None:
    """Read each report, hash it and check its signature, and nothing else."""
    from decider.base.digests import sha256
    from decider.reports.models import Report
    from decider.reports.proof.signing import is_signed, public_keys
    from decider.reports.services.reports import signed_text

    keys = public_keys()
    for report in Report.objects.select_related("record", "signature").iterator(chunk_size=20):
        made = report.signature
        assert sha256(report.content) == report.content_hash
        assert is_signed(signed_text(report), made.value, keys[made.key])


def seconds(action: Any) -> float:
    """Processor time of an action, the better of two runs."""
    times = []
    for _ in range(2):
        start = process_time()
        action()
        times.append(process_time() - start)
    return min(times)


def peak_mb() -> float:
    """The most memory that Python's objects take in an audit, in megabytes."""
    tracemalloc.start()
    audited()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main() -> bool:
    """Print the figures; True if all are within their limits."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from decider.assessments.services import start_from_answers
        from decider.questionnaires.example import example_answers
        from decider.questionnaires.versions import latest_version

        version, browser = latest_version(), uuid.uuid4()
        answers = example_answers(version)
        assert answers is not None
        assessment = start_from_answers(version=version, answers=answers, browser=browser)
        save_reports(assessment, browser, FEW)
        few = peak_mb()
        save_reports(assessment, browser, MANY - FEW)
        many = peak_mb()
        took = seconds(audited)
        with CaptureQueriesContext(connection) as queries:
            audited()
        print(f"Audit of {MANY} reports: {took:.2f} s of processor time, {many:.0f} MB at most")
        figures = (
            ("Audit beside bare hashing and checking", took / seconds(bare), RATIO, "x"),
            ("Queries a report", len(queries) / MANY, QUERIES_A_REPORT, ""),
            (f"Memory for {MANY} reports beside {FEW}", many / few, GROWTH, "x"),
        )
        within = [line(*figure) for figure in figures]
        connection.close()
    return all(within)
