"""Two requests at once, one of them stopped at a chosen point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Event
from typing import Any

from django.db import connection
from django.http import HttpResponse

PATIENCE = 0.05
"""Seconds that the first request waits for the second, which may itself wait for a lock of it."""

LONGEST = 30
"""Seconds after which a request that should have begun counts as hanging."""

Request = Callable[[], HttpResponse]


def race(first: Request, second: Request, *, statement: int) -> tuple[int, int]:
    """The status codes of two requests, each on a connection of its own.

    `first` stops before its SQL statement of this number (from 1), then `second` begins. `first`
    goes on when `second` is done, or after PATIENCE.
    """
    stopped, over = Event(), Event()

    def pause() -> None:
        stopped.set()
        over.wait(PATIENCE)

    with ThreadPoolExecutor(2) as pool:
        answers = [
            pool.submit(_stopping, first, statement, pause, stopped),
            pool.submit(_following, second, stopped, over),
        ]
        return answers[0].result().status_code, answers[1].result().status_code


def _stopping(
    request: Request, statement: int, pause: Callable[[], None], stopped: Event
) -> HttpResponse:
    try:
        with paused_before(statement, pause):
            return request()
    finally:
        stopped.set()
        connection.close()


def _following(request: Request, stopped: Event, over: Event) -> HttpResponse:
    assert stopped.wait(LONGEST), "the first request hangs"
    try:
        return request()
    finally:
        over.set()
        connection.close()


@contextmanager
def paused_before(statement: int, pause: Callable[[], None]) -> Iterator[None]:
    """Call `pause` before this thread sends its SQL statement of this number."""
    numbers = count(1)

    def wrapper(execute: Any, *call: Any) -> Any:
        if next(numbers) == statement:
            pause()
        return execute(*call)

    with connection.execute_wrapper(wrapper):
        yield
