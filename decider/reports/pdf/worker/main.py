"""The typesetter as a process of its own: `python -m decider.reports.pdf.worker.main`.

It reads pickled jobs from its standard input and writes answers to its standard output, each
behind its length. It imports neither Django nor anything that knows a secret, and what a hostile
text can use up is limited, for each job.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import resource
import select
import sys
import traceback
from datetime import UTC, datetime
from typing import IO

from decider.reports.pdf.worker.job import FAILED, LENGTH, PRINTED, TOO_MUCH, File, Job
from decider.reports.pdf.worker.typeset import Typesetter

NICENESS = 10
"""Who waits for a PDF waits some seconds anyway; on a busy machine, pages come first."""
CPU_SECONDS = 20
MEMORY_BYTES = 1_500_000_000
IDLE_SECONDS = 600
WARM_UP = Job(
    markup="<html lang=en><title>T</title><h1>A</h1><p>a <i>b</i> <b>c</b>",
    files=(File("a.txt", b"", "text/plain", "", "Data"),),
    moment=datetime(2000, 1, 1, tzinfo=UTC),
)
"""Printed when the process starts: what is loaded and built for it serves every later job."""


def main() -> None:
    """Print until the input ends or nothing was asked for a while."""
    os.nice(NICENESS)
    # Whatever a library prints must not end up among the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.basicConfig(level=logging.WARNING)
    # The garbage of one document is small; looking for it meanwhile takes a sixth of the time.
    gc.disable()
    typesetter = Typesetter()
    typesetter.print(WARM_UP)
    jobs = sys.stdin.buffer
    while select.select([jobs], [], [], IDLE_SECONDS)[0]:
        header = jobs.read(LENGTH.size)
        if not header:
            return
        limit()
        answer(answers, attempt(typesetter, jobs.read(*LENGTH.unpack(header))))
        gc.collect()


def limit() -> None:
    """Grant one job its share of processor time and memory; more of either ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + CPU_SECONDS)
    _lower(resource.RLIMIT_AS, MEMORY_BYTES)


def _lower(kind: int, value: int) -> None:
    """Set the soft limit, within the hard limit that the machine may have set already."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def attempt(typesetter: Typesetter, message: bytes) -> bytes:
    """A mark of how it went, and the PDF or the traceback behind it."""
    job: Job = pickle.loads(message)  # noqa: S301 (written by the server process above us)
    try:
        return PRINTED + typesetter.print(job)
    except MemoryError:
        return TOO_MUCH
    except Exception:
        return FAILED + traceback.format_exc().encode()


def answer(stream: IO[bytes], message: bytes) -> None:
    """Write one answer behind its length."""
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


if __name__ == "__main__":
    main()
