"""The press in its own process, and what happens when it fails."""

from __future__ import annotations

import signal
import sys
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from decider.rendering.press import client
from decider.rendering.press.client import PressProcess
from decider.rendering.press.job import File, Interrupted, Job, PressBroken, TooMuch
from tests.rendering.pdf_files import pages, print_job

ATTACHED = File("a.txt", b"a", "text/plain", "A letter", "Data")
JOB = Job(
    markup="<html lang=en><title>T</title><h1>Heading</h1><p class=kicker data-reference=R>K</p>",
    files=(ATTACHED,),
    moment=datetime(2026, 3, 7, tzinfo=UTC),
)
ENDLESS = replace(JOB, markup=JOB.markup + "<p>" + "<span>x</span>" * 200_000)


@pytest.fixture
def press():
    """A press of the test's own."""
    press = PressProcess()
    yield press
    press.close()


def test_bytes_are_those_of_a_press_in_this_process(press) -> None:
    assert press.typeset(JOB) == print_job(JOB)


def test_process_serves_one_job_after_the_other(press) -> None:
    press.typeset(JOB)
    first = press.start()
    other = press.typeset(replace(JOB, markup=JOB.markup.replace("Heading", "Other")))
    assert pages(other)[0].startswith("Other")
    assert press.start() is first


def test_jobs_of_many_threads_get_each_their_own_answer(press) -> None:
    found = {}

    def ask(word: str) -> None:
        job = replace(JOB, markup=JOB.markup.replace("Heading", word))
        found[word] = pages(press.typeset(job))[0].startswith(word)

    threads = [threading.Thread(target=ask, args=[word]) for word in ("One", "Two", "Three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"One": True, "Two": True, "Three": True}


def test_process_that_went_idle_is_started_again(press) -> None:
    first = press.start()
    first.stdin.close()
    assert first.wait() == 0
    assert press.typeset(JOB) == print_job(JOB)
    assert press.start() is not first


def test_process_that_goes_idle_just_as_it_is_asked_is_started_again(press, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(client, "_COMMAND", (sys.executable, "-c", ""))
        ended = press.start()
    assert ended.wait() == 0
    polls = iter([None])
    monkeypatch.setattr(ended, "poll", lambda: next(polls, 0))
    assert press.typeset(JOB) == print_job(JOB)


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (signal.SIGKILL, Interrupted),
        (signal.SIGTERM, Interrupted),
        (signal.SIGXCPU, TooMuch),
        (signal.SIGABRT, TooMuch),
    ],
)
def test_signal_that_ended_the_process_tells_a_limit_from_a_killer(press, number, error) -> None:
    process = press.start()
    process.send_signal(signal.SIGSTOP)
    threading.Timer(0.1, lambda: [process.send_signal(n) for n in (number, signal.SIGCONT)]).start()
    with pytest.raises(error):
        press.typeset(JOB)


def test_process_that_was_killed_leaves_nothing_in_the_temporary_folder(
    press, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    press.typeset(JOB)
    assert list(tmp_path.glob("*/weasyprint-*"))
    press.start().kill()
    press.close()
    assert not list(tmp_path.iterdir())


def test_time_on_the_wall_is_limited_and_the_next_job_is_printed() -> None:
    impatient = PressProcess(wall_seconds=0.5)
    with pytest.raises(Interrupted):
        impatient.typeset(ENDLESS)
    impatient._wall_seconds = 30
    assert impatient.typeset(JOB) == print_job(JOB)
    impatient.close()


def test_failure_carries_its_traceback(press) -> None:
    with pytest.raises(PressBroken, match="AttributeError"):
        press.typeset(replace(JOB, moment="yesterday"))


def test_press_that_can_not_start_is_broken(press, monkeypatch) -> None:
    monkeypatch.setattr(client, "_COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(PressBroken, match="status 1"):
        press.typeset(JOB)


def test_no_secret_of_the_server_reaches_the_press(press, monkeypatch) -> None:
    monkeypatch.setenv("DECIDER_SECRET_KEY", "secret")
    environment = Path(f"/proc/{press.start().pid}/environ").read_bytes()
    assert b"DECIDER" not in environment
