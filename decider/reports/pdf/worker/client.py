"""Asks the worker for a PDF: one document at a time, and never for longer than it may take."""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Final

from decider.reports.pdf.worker.job import (
    FAILED,
    LENGTH,
    PRINTED,
    Interrupted,
    Job,
    TooMuch,
    WorkerFailed,
)

WALL_SECONDS: Final = 60
_COMMAND: Final = (sys.executable, "-m", "decider.reports.pdf.worker.main")
_ROOT: Final = Path(__file__).resolve().parents[4]
_FROM_OUTSIDE: Final = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""How a process is ended by others: limits of its own end it by other signals."""
_KEPT_VARIABLES: Final = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class WorkerProcess:
    """The process that prints, started when first needed and again whenever it has ended."""

    def __init__(self, wall_seconds: float = WALL_SECONDS) -> None:
        self._wall_seconds = wall_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._resources = contextlib.ExitStack()

    def typeset(self, job: Job) -> bytes:
        """The PDF of a job.

        Raises TooMuch where that takes more processor time or memory than it may, Interrupted where
        something else ended the process or the machine was too busy to get it done in time, and
        WorkerFailed where it fails otherwise. The next job finds a worker that works.
        """
        answer = self._one_at_a_time(pickle.dumps(job))
        if answer[:1] == PRINTED:
            return answer[1:]
        if answer[:1] == FAILED:
            raise WorkerFailed(answer[1:].decode())
        raise TooMuch

    def _one_at_a_time(self, message: bytes) -> bytes:
        with self._lock:
            try:
                return self._ask(message)
            except _EndedIdle:
                return self._ask(message)

    def prepare(self) -> None:
        """Have the process running for the next job."""
        with self._lock:
            self.start()

    def is_fit(self) -> bool:
        """Whether the process prints, or can; not where it failed and no job has restarted it."""
        if not self._lock.acquire(blocking=False):
            return True  # it prints
        try:
            process = self._process or self.start()
        except OSError:
            return False
        finally:
            self._lock.release()
        return process.poll() in (None, 0)

    def start(self) -> subprocess.Popen[bytes]:
        """The running process, started now if need be."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            # A process that is killed leaves its fonts behind; here they are found and removed.
            folder = self._resources.enter_context(tempfile.TemporaryDirectory(prefix="worker-"))
            kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
            self._process = self._resources.enter_context(
                subprocess.Popen(  # noqa: S603
                    _COMMAND,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    cwd=_ROOT,
                    env={**kept, "TMPDIR": folder},
                )
            )
            self._resources.callback(self._process.kill)
        return self._process

    def close(self) -> None:
        """End the process and free what belongs to it."""
        with contextlib.suppress(BrokenPipeError):
            self._resources.close()

    def _ask(self, message: bytes) -> bytes:
        process = self.start()
        watchdog = threading.Timer(self._wall_seconds, process.kill)
        watchdog.start()
        try:
            return _exchange(process, message)
        except (BrokenPipeError, EOFError) as error:
            status = process.wait()
            if status == 0:
                raise _EndedIdle from error
            # A document that keeps the processor busy meets its limit of processor time; one that
            # is late without it waited for others.
            if -status in _FROM_OUTSIDE:
                raise Interrupted from error
            if status < 0:
                raise TooMuch from error
            raise WorkerFailed(f"The worker ended with status {status}.") from error
        finally:
            watchdog.cancel()


class _EndedIdle(Exception):
    """The process ended of itself, between two jobs."""


def _exchange(process: subprocess.Popen[bytes], message: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(LENGTH.pack(len(message)) + message)
    process.stdin.flush()
    (length,) = LENGTH.unpack(_read(process.stdout, LENGTH.size))
    return _read(process.stdout, length)


def _read(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


worker = WorkerProcess()
"""The one worker of this server process."""

atexit.register(worker.close)
