"""The queue of a server process for work that takes long: PDFs to print and files to check."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final, TypeVar

T = TypeVar("T")
Piece = tuple[Callable[[], Any], "Future[Any]"]

MOST_OF_ONE: Final = 8
"""How much of one holder may wait; whatever more they ask for they have to ask for again."""


class WorkQueue:
    """One thread that does one thing after the other.

    Everybody has a line of their own, in the order of arrival, and the lines take turns: whoever
    asks for one thing waits for one thing of each other person, however much those ask for.

    The thread starts with the first piece of work. It is a daemon: a server that stops doesn't
    wait for what is still in the queue.
    """

    def __init__(self) -> None:
        self._lines: dict[str, deque[Piece]] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        """How many pieces of work wait."""
        with self._changed:
            return sum(map(len, self._lines.values()))

    def has_room_for(self, whose: str) -> bool:
        """Whether less than MOST_OF_ONE waits in this holder's line."""
        with self._changed:
            return len(self._lines.get(whose, ())) < MOST_OF_ONE

    def submit(self, work: Callable[[], T], whose: str) -> Future[T]:
        """Put work at the end of a holder's line; the future gets what it returns or raises."""
        future: Future[T] = Future()
        with self._changed:
            self._lines.setdefault(whose, deque()).append((work, future))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="queue", daemon=True)
                self._thread.start()
            self._changed.notify()
        return future

    def _run(self) -> None:
        while True:
            _do(*self._next())

    def _next(self) -> Piece:
        """The next piece of work, waited for; its line is the last from now on."""
        with self._changed:
            self._changed.wait_for(lambda: self._lines)
            whose = next(iter(self._lines))
            line = self._lines.pop(whose)
            piece = line.popleft()
            if line:
                self._lines[whose] = line
            return piece


def _do(work: Callable[[], Any], future: Future[Any]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:
        future.set_exception(error)


work_queue = WorkQueue()
"""The one queue of this server process."""
