"""The worker in its own process, and what happens when it fails."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from decider.reports.pdf.worker import client
from decider.reports.pdf.worker.client import WorkerProcess
from decider.reports.pdf.worker.job import File, Interrupted, Job, TooMuch, WorkerFailed
from decider.reports.pdf.worker.main import NICENESS
from tests.pdf_text import pdf_pages
from tests.reports.pdf.pdf_files import print_job

ATTACHED = File("a.txt", b"a", "text/plain", "A letter", "Data")
JOB = Job(
    markup="<html lang=en><title>T</title><h1>Heading</h1><p class=kicker data-reference=R>K</p>",
    files=(ATTACHED,),
    moment=datetime(2026, 3, 7, tzinfo=UTC),
)
ENDLESS = replace(JOB, markup=JOB.markup + "<p>" + "<span>x</span>" * 200_000)


@pytest.fixture
def worker():
    """A worker of the test's own."""
    worker = WorkerProcess()
    yield worker
    worker.close()


def test_bytes_are_those_of_a_worker_in_this_process(worker) -> None:
    assert worker.typeset(JOB) == print_job(JOB)


def test_process_serves_one_job_after_the_other(worker) -> None:
    worker.typeset(JOB)
    first = worker.start()
    other = worker.typeset(replace(JOB, markup=JOB.markup.replace("Heading", "Other")))
    assert pdf_pages(other)[0].startswith("Other")
    assert worker.start() is first


def test_printing_gives_way_to_pages(worker) -> None:
    worker.typeset(JOB)
    own, its = (os.getpriority(os.PRIO_PROCESS, pid) for pid in (0, worker.start().pid))
    assert its == min(own + NICENESS, 19)


def test_worker_that_was_killed_is_not_fit_until_it_is_started_again(worker) -> None:
    assert worker.is_fit()
    process = worker.start()
    process.kill()
    process.wait()
    assert not worker.is_fit()
    worker.prepare()
    assert worker.is_fit()


def test_jobs_of_many_threads_get_each_their_own_answer(worker) -> None:
    found = {}

    def ask(word: str) -> None:
        job = replace(JOB, markup=JOB.markup.replace("Heading", word))
        found[word] = pdf_pages(worker.typeset(job))[0].startswith(word)

    threads = [threading.Thread(target=ask, args=[word]) for word in ("One", "Two", "Three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"One": True, "Two": True, "Three": True}


def test_process_that_was_prepared_does_the_first_job(worker) -> None:
    worker.prepare()
    prepared = worker.start()
    worker.prepare()
    assert worker.typeset(JOB) == print_job(JOB)
    assert worker.start() is prepared


def test_process_that_went_idle_is_started_again(worker) -> None:
    first = worker.start()
    first.stdin.close()
    assert first.wait() == 0
    assert worker.typeset(JOB) == print_job(JOB)
    assert worker.start() is not first


def test_process_that_goes_idle_just_as_it_is_asked_is_started_again(worker, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(client, "_COMMAND", (sys.executable, "-c", ""))
        ended = worker.start()
    assert ended.wait() == 0
    polls = iter([None])
    monkeypatch.setattr(ended, "poll", lambda: next(polls, 0))
    assert worker.typeset(JOB) == print_job(JOB)


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (signal.SIGKILL, Interrupted),
        (signal.SIGTERM, Interrupted),
        (signal.SIGXCPU, TooMuch),
        (signal.SIGABRT, TooMuch),
    ],
)
def test_signal_that_ended_the_process_tells_a_limit_from_a_killer(worker, number, error) -> None:
    process = worker.start()
    process.send_signal(signal.SIGSTOP)
    threading.Timer(0.1, lambda: [process.send_signal(n) for n in (number, signal.SIGCONT)]).start()
    with pytest.raises(error):
        worker.typeset(JOB)


def test_process_that_was_killed_leaves_nothing_in_the_temporary_folder(
    worker, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    worker.typeset(JOB)
    assert list(tmp_path.glob("*/weasyprint-*"))
    worker.start().kill()
    worker.close()
    assert not list(tmp_path.iterdir())


def test_time_on_the_wall_is_limited_and_the_next_job_is_printed() -> None:
    impatient = WorkerProcess(wall_seconds=0.5)
    with pytest.raises(Interrupted):
        impatient.typeset(ENDLESS)
    impatient._wall_seconds = 30
    assert impatient.typeset(JOB) == print_job(JOB)
    impatient.close()


def test_failure_carries_its_traceback(worker) -> None:
    with pytest.raises(WorkerFailed, match="AttributeError"):
        worker.typeset(replace(JOB, moment="yesterday"))


def test_worker_that_can_not_start_is_broken(worker, monkeypatch) -> None:
    monkeypatch.setattr(client, "_COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(WorkerFailed, match="status 1"):
        worker.typeset(JOB)


def test_no_secret_of_the_server_reaches_the_worker(worker, monkeypatch) -> None:
    monkeypatch.setenv("DECIDER_SECRET_KEY", "secret")
    environment = Path(f"/proc/{worker.start().pid}/environ").read_bytes()
    assert b"DECIDER" not in environment
