"""20 people save reports and download their PDFs beside 100 architects who answer."""

from __future__ import annotations

from benchmarks.measure import line
from load.answering import ARCHITECTS
from load.crowd import ARRIVING, GOT_PDF, crowd, production, show
from load.databases import Database

REPORT_MAKERS = 20
SECONDS = 90
SHORT_SECONDS = 15
MEDIAN_RATIO = 1.5
ANSWERS = ("answer", "answer, without JavaScript")


def main(database: Database, *, short: bool = False) -> bool:
    """Print the figures; True if all are within their limits."""
    seconds = SHORT_SECONDS if short else SECONDS
    with production(database) as server:
        alone = crowd(server, seconds, architects=ARCHITECTS)
        beside = crowd(server, seconds, architects=ARCHITECTS, report_makers=REPORT_MAKERS)
    for seen in (alone, beside):
        show(seen)
    before, after = (seen.percentile(0.5, *ANSWERS) for seen in (alone, beside))
    slower = "median of an answer beside them, in times of alone"
    reports = beside.count("save a report", f"{ARRIVING}save a report")
    checks = [
        line("requests that failed", alone.failed() + beside.failed(), 0, ""),
        line(slower, after / before, MEDIAN_RATIO, ""),
        line(f"PDFs missing of {reports}", reports - beside.count(GOT_PDF), 0, ""),
    ]
    return all(checks)
