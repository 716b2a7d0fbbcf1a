"""Asks the press for a PDF: one document at a time, and never for longer than it may take."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Final

from decider.rendering.press.job import (
    FAILED,
    LENGTH,
    PRINTED,
    Job,
    PressBroken,
    TooMuch,
)

WALL_SECONDS: Final = 30
_COMMAND: Final = (sys.executable, "-m", "decider.rendering.press.worker")
_ROOT: Final = Path(__file__).resolve().parents[3]
_KEPT_VARIABLES: Final = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "VIRTUAL_ENV")

_turn = threading.Lock()
_process: subprocess.Popen[bytes] | None = None


def typeset(job: Job) -> bytes:
    """The PDF of a job, made in the press's own process.

    Raises TooMuch where that takes more processor time, memory or wall time than it may, and
    PressBroken where it fails otherwise. The next job finds a press that works.
    """
    message = pickle.dumps(job)
    with _turn:
        try:
            answer = _ask(_running(), message)
        except _GoneIdle:
            answer = _ask(_running(), message)
    if answer[:1] == PRINTED:
        return answer[1:]
    if answer[:1] == FAILED:
        raise PressBroken(answer[1:].decode())
    raise TooMuch


def warm_up() -> None:
    """Start the press, so that the first document need not wait for it."""
    with _turn:
        _running()


class _GoneIdle(Exception):
    """The process ended of itself, between two jobs."""


def _running() -> subprocess.Popen[bytes]:
    global _process
    if _process is None or _process.poll() is not None:
        _process = subprocess.Popen(  # noqa: S603
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
        )
    return _process


def _ask(process: subprocess.Popen[bytes], message: bytes) -> bytes:
    watchdog = threading.Timer(WALL_SECONDS, process.kill)
    watchdog.start()
    try:
        return _exchange(process, message)
    except (BrokenPipeError, EOFError) as error:
        status = process.wait()
        if status == 0:
            raise _GoneIdle from error
        if status < 0:
            raise TooMuch from error
        raise PressBroken(f"The press ended with status {status}.") from error
    finally:
        watchdog.cancel()


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
