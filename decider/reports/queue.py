"""The queue of a server process for work that takes long: PDFs to print and files to check."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class WorkQueue:
    """One thread that does one thing after the other, in the order of arrival.

    The thread starts with the first piece of work. It is a daemon: a server that stops doesn't
    wait for what is still in the queue.
    """

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        """How many wait."""
        return self._waiting.qsize()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Put work at the end of the queue; the future gets what it returns or raises."""
        future: Future[T] = Future()
        self._waiting.put((work, future))
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="queue", daemon=True)
                self._thread.start()
        return future

    def _run(self) -> None:
        while True:
            _do(*self._waiting.get())


def _do(work: Callable[[], Any], future: Future[Any]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:
        future.set_exception(error)


work_queue = WorkQueue()
"""The one queue of this server process."""
