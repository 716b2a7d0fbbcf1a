"""The limits of the typesetter."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys

import pytest

from decider.reports.pdf.worker import main
from decider.reports.pdf.worker.job import FAILED, PRINTED, TOO_MUCH
from tests.reports.pdf.worker.test_client import JOB


class Says:
    """A typesetter that does what it is told."""

    def __init__(self, result: bytes | BaseException) -> None:
        self.result = result

    def print(self, job: object) -> bytes:
        assert job == JOB
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result


@pytest.mark.parametrize(
    ("result", "answer"),
    [(b"%PDF", PRINTED + b"%PDF"), (MemoryError(), TOO_MUCH), (ValueError("x"), FAILED)],
)
def test_answer_is_marked_by_how_it_went(result, answer) -> None:
    assert main.attempt(Says(result), pickle.dumps(JOB)).startswith(answer)


CODE = """
import resource
from decider.reports.pdf.worker import main
main.CPU_SECONDS = 1
main.MEMORY_BYTES = 400_000_000
main.limit()
print(resource.getrlimit(resource.RLIMIT_AS)[0], flush=True)
{end}
"""


def run(end: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", CODE.format(end=end)], capture_output=True)


def test_processor_time_ends_the_process() -> None:
    done = run("while True: pass")
    assert done.returncode == -signal.SIGXCPU


def test_memory_is_refused() -> None:
    done = run("x = b'x' * 500_000_000")
    assert done.stdout == b"400000000\n"
    assert b"MemoryError" in done.stderr
