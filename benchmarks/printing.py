"""PDFs of reports as people ask for them: soon after saving, and many at once.

Against the server as it runs in production: reports are saved one after the other, and the PDF of
each is asked for as soon as a person could click on it.
"""

from __future__ import annotations

import re
import tempfile
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPResponse
from http.cookiejar import CookieJar

from benchmarks.browser import served
from benchmarks.measure import line

REPORTS = 100
PAUSE_SECONDS = 3.0
"""What it takes a person to see that a report was saved and to reach for its PDF."""
CLICK_MS = 300
LATE = 5
"""So many of the clicks may take longer."""
READERS = 20
TURN_SECONDS = 3
"""One turn of the queue: what it may take to print one report of the example."""


class Visitor:
    """A browser that keeps its cookies; one of them may save only so many reports."""

    def __init__(self, address: str) -> None:
        self._address = address
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> tuple[HTTPResponse, bytes]:
        """An answer and its content; raises HTTPError for a page of an error."""
        with self._opener.open(urllib.parse.urljoin(self._address, path), timeout=60) as answer:
            return answer, answer.read()

    def send(self, page: str, action: str) -> str:
        """Send the form of a page whose address ends in `action`; the address it leads to."""
        markup = self.get(page)[1].decode()
        form = re.search(rf'<form[^>]*action="([^"]*{action})".*?</form>', markup, re.S)
        assert form, f"{page} has no form {action}"
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
        address = urllib.parse.urljoin(self._address, form[1])
        data = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(address, data, {"Referer": self._address})
        with self._opener.open(request, timeout=60) as answer:
            answer.read()
            return str(answer.url)

    def saved_report(self) -> str:
        """The address of a report of the example, saved now."""
        return self.send(self.send("/", "example/"), "save-report/")

    def click_ms(self, report: str) -> tuple[float, bool]:
        """How long the click on the PDF takes in milliseconds, and whether it is the PDF."""
        start = time.perf_counter()
        content = self.get(f"{report}pdf/")[1]
        return (time.perf_counter() - start) * 1000, content.startswith(b"%PDF")

    def wait_for_pdf(self, report: str) -> float:
        """The seconds until there is the PDF, asked for as the page that waits for it does."""
        start = time.perf_counter()
        while not self.click_ms(report)[1]:
            time.sleep(1)
        return time.perf_counter() - start


def clicks_after_saving(address: str) -> list[float]:
    """The time of each first click on a PDF; endless where it was not printed yet."""
    times = []
    for _ in range(REPORTS):
        visitor = Visitor(address)
        report = visitor.saved_report()
        time.sleep(PAUSE_SECONDS)
        milliseconds, is_ready = visitor.click_ms(report)
        times.append(milliseconds if is_ready else float("inf"))
    return sorted(times)


def at_once(clicks: list[tuple[Visitor, str]]) -> float:
    """The seconds until the last of those who click at the same moment has a PDF."""
    with ThreadPoolExecutor(len(clicks)) as readers:
        return max(readers.map(lambda click: click[0].wait_for_pdf(click[1]), clicks))


def main() -> bool:
    """Print the figures; True if all are within their limits."""
    with tempfile.TemporaryDirectory() as folder, served(folder) as address:
        first, *visitors = (Visitor(address) for _ in range(READERS + 1))
        same = at_once([(first, first.saved_report())] * READERS)
        others = at_once([(visitor, visitor.saved_report()) for visitor in visitors])
        times = clicks_after_saving(address)
    on_one, on_many = (f"{READERS} who click at once on {what}" for what in ("a PDF", "one each"))
    checks = [
        line(f"{on_one}, the last", same, 2 * TURN_SECONDS, "s"),
        line(f"{on_many}, the last", others, READERS * TURN_SECONDS, "s"),
        line("first click after saving, median", times[REPORTS // 2], CLICK_MS, "ms"),
        line(f"the same, all but {LATE} of {REPORTS}", times[-LATE - 1], CLICK_MS, "ms"),
    ]
    return all(checks)
