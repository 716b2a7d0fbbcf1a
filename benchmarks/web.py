"""A step of the wizard, the pages and the server process, on a database of its own.

Steps and pages are timed by the clock of this process alone, whatever else the machine does.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import line, median_ms

STEP_RATIO = 30  # a saved answer and the next page, in times of a view that only says OK
STEP_QUERIES = 9  # with BEGIN and COMMIT; the answer that comes next has a history
RESULT_MS = 60
MEMORY_MB = 150


def prepare(folder: str, database: str = "") -> None:
    """Django on an empty database, SQLite in this folder or another, with the questionnaire."""
    os.environ["DECIDER_DATABASE_URL"] = database or f"sqlite:///{folder}/bench.sqlite3"
    os.environ["DECIDER_DATA_DIR"] = folder
    os.environ["DECIDER_SECRET_KEY"] = secrets.token_urlsafe(50)
    os.environ["DJANGO_SETTINGS_MODULE"] = "decider.settings"
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.LOGGING_CONFIG = None
    django.setup()
    call_command("prepare")


def stepper() -> tuple[Callable[[], Any], Callable[[], Any], Any]:
    """Actions: save an answer and get the next question; get the result page; and the client."""
    from django.core.signing import get_cookie_signer
    from django.test import Client
    from django.urls import reverse

    from decider.assessments.services import answer_question, questionnaire_for, start_assessment
    from decider.questionnaires.versions import latest_version
    from decider.web.cookies import COOKIE

    browser = uuid.uuid4()
    assessment = start_assessment(
        version=latest_version(), title="Bench", context="", browser=browser
    )
    client = Client()
    client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE).sign(str(browser))
    questions = list(questionnaire_for(assessment).questions.values())
    for question in questions[1:]:
        answer_question(
            assessment=assessment,
            question_key=question.key,
            value=question.choices[0].key,
            note="",
            revision=0,
        )
    url = reverse("question", args=[assessment.pk, questions[0].key])
    revision = 0

    def step() -> None:
        nonlocal revision
        value = questions[0].choices[revision % 2].key
        response = client.post(
            url, {"value": value, "note": "", "revision": revision}, headers={"HX-Request": "true"}
        )
        assert response.status_code == 200, response.status_code
        revision += 1

    def result() -> None:
        response = client.get(reverse("result", args=[assessment.pk]))
        assert response.status_code == 200, response.status_code

    return step, result, client


def bare(client: Any) -> Callable[[], Any]:
    """A view that only says OK, behind the same middleware."""
    from django.http import HttpResponse
    from django.urls import path, resolvers

    from decider.site import urls

    urls.urlpatterns.append(path("bare/", lambda _: HttpResponse("OK")))
    resolvers._get_cached_resolver.cache_clear()
    return lambda: client.post("/bare/", {"value": "x"})


def queries(action: Callable[[], Any]) -> int:
    """How many queries an action takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def server_memory_mb(folder: str) -> float:
    """The memory of a served process after pages have been read, in megabytes (RSS)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            *(str(Path(sys.executable).parent / "granian"), "--interface", "rsgi"),
            *("--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--no-ws"),
            "decider.rsgi:application",
        ],
        env={**os.environ, "DECIDER_DEBUG": "1", "DECIDER_DATA_DIR": folder},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        read_home(port)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        return max(resident_mb(pid) for pid in children)
    finally:
        server.terminate()
        server.wait(timeout=10)


def read_home(port: int) -> None:
    """Read the home page as soon as the server answers, then some more times."""
    deadline = time.monotonic() + 30
    pages = 0
    while pages < 20:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
                page.read()
            pages += 1
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def resident_mb(pid: str) -> float:
    """Resident memory of a process in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(row.split()[1]) / 1024 for row in status.splitlines() if "VmRSS" in row)


def main() -> bool:
    """Print the figures; True if all are within their limits."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        step, result, client = stepper()
        clock = time.process_time
        bare_ms = median_ms(bare(client), repeat=200, clock=clock)
        step_ms = median_ms(step, repeat=100, clock=clock)
        checks = [
            line("step POST against a bare view", step_ms / bare_ms, STEP_RATIO, "x"),
            line("step POST, queries", queries(step), STEP_QUERIES, ""),
            line("result page", median_ms(result, repeat=30, clock=clock), RESULT_MS, "ms"),
            line("server process", server_memory_mb(folder), MEMORY_MB, "MB"),
        ]
    return all(checks)
