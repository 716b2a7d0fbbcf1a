"""What a person feels: a first visit's bytes, and the time from a click to the next question.

A real Chromium on the loopback, against the server as it runs in production.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measure import line

FIRST_VISIT_KB = 60
CSS_KB = 14  # of which 4 are headers: 600 bytes with each of seven files
SCRIPT_BYTES = 8000
PAINTED_MS = 60
ANSWERS = 15

ROOT = Path(__file__).resolve().parent.parent

TIME_CLICKS = """
  window.painted = [];
  addEventListener("click", event => {
    if (event.target.closest("[type=submit]")) window.clicked = performance.now();
  }, true);
  addEventListener("htmx:afterSettle", () => requestAnimationFrame(() => setTimeout(
    () => window.painted.push(performance.now() - window.clicked))));
"""


@contextmanager
def served(folder: str) -> Iterator[str]:
    """The address of a production server with an empty database and the questionnaire."""
    environment = {**os.environ, "DECIDER_DATA_DIR": folder, "DECIDER_DEBUG": "0", "THREADS": "2"}
    environment.pop("DECIDER_DATABASE_URL", None)
    for command in (["prepare"], ["collectstatic", "-v0"]):
        arguments = [*command, "--no-input"] if command[0] == "collectstatic" else command
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True
        )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    host, port = address.split(":")
    server = subprocess.Popen(
        [
            *(str(Path(sys.executable).parent / "granian"), "--interface", "rsgi"),
            *("--host", host, "--port", port, "--workers", "1"),
            *("--no-ws", "--log-level", "warning", "decider.rsgi:application"),
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        wait_for(f"http://{address}/healthz")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def wait_for(address: str) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def begin(page: Page, address: str) -> None:
    """Start an assessment and come to its first question."""
    page.goto(address)
    page.get_by_label("What is the application called?").fill("Bench")
    page.get_by_role("button", name="Start").click()
    page.locator("fieldset").wait_for()


def click_to_painted_ms(browser: Browser, address: str) -> float:
    """The median time from the click on Continue until the next question is painted."""
    page = browser.new_page()
    page.add_init_script(TIME_CLICKS)
    begin(page, address)
    for done in range(1, ANSWERS + 1):
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Continue").click()
        page.locator(".position", has_text=f"Question {done + 1} ").wait_for()
    return median(page.evaluate("window.painted"))


def bytes_of_first_visit(browser: Browser, address: str) -> dict[str, int]:
    """Bytes that a question page takes on the wire with an empty cache, by address."""
    page = browser.new_page()
    begin(page, address)
    fresh = browser.new_context(storage_state=page.context.storage_state()).new_page()
    session = fresh.context.new_cdp_session(fresh)
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    session.send("Network.enable")
    fresh.goto(page.url)
    fresh.wait_for_load_state("networkidle")
    return {addresses[key]: int(size) for key, size in sizes.items()}


def main() -> bool:
    """Print the figures; True if all are within their limits."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(folder) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        sizes = bytes_of_first_visit(browser, address)
        painted = click_to_painted_ms(browser, address)
        browser.close()
    styles = sum(size for url, size in sizes.items() if url.endswith(".css"))
    own_script = sum(script.stat().st_size for script in (ROOT / "static").rglob("*.js"))
    checks = [
        line("first visit of a question", sum(sizes.values()) / 1000, FIRST_VISIT_KB, "kB"),
        line("of it style sheets", styles / 1000, CSS_KB, "kB"),
        line("our own script, not compressed", own_script, SCRIPT_BYTES, "bytes"),
        line("click to the next question painted", painted, PAINTED_MS, "ms"),
    ]
    return all(checks)
