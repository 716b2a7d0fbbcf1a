"""PDFs are printed in the background, in turn, each once however many wait for it."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future
from functools import partial
from typing import Final

from django.db import close_old_connections

from decider.reports.pdf.cache import cached_pdf
from decider.reports.pdf.order import Order
from decider.reports.pdf.worker.client import worker
from decider.reports.pdf.worker.job import WorkerFailed
from decider.reports.queue import WorkQueue, work_queue

PLACES: Final = 32
"""How many PDFs a server process may have in its queue or just printed."""

log = logging.getLogger(__name__)


class Printer:
    """Prints what is ordered in the queue of the process.

    The PDFs printed last are held until there is need for their places: on a disk that can't be
    written to, they are kept nowhere else.
    """

    def __init__(self, queue: WorkQueue, places: int = PLACES) -> None:
        self._queue = queue
        self._places = places
        self._lock = threading.Lock()
        self._orders: dict[str, Future[bytes]] = {}

    def ask(self, order: Order, whose: str) -> Future[bytes] | None:
        """The PDF to come, ordered now in this holder's line unless it was before.

        None while every place is taken, or too much of theirs waits. The future raises what
        `cached_pdf` raises, for everybody until it is forgotten.
        """
        with self._lock:
            if order.key not in self._orders and self._has_room(whose):
                self._orders[order.key] = self._queue.submit(partial(_print, order), whose)
            return self._orders.get(order.key)

    def has(self, order: Order) -> bool:
        """Whether this PDF was ordered already."""
        return order.key in self._orders

    def get_ready(self) -> None:
        """Start the worker, which takes most of a second, before the first order."""
        self._queue.submit(worker.prepare, "")

    def forget(self, key: str) -> None:
        """Let an order that failed be tried again."""
        with self._lock:
            self._orders.pop(key, None)

    def _has_room(self, whose: str) -> bool:
        """Whether there is a place, which the order that was done first may have to give up."""
        if not self._queue.has_room_for(whose):
            return False
        if len(self._orders) >= self._places:
            done = [key for key, future in self._orders.items() if future.done()]
            for key in done[:1]:
                del self._orders[key]
        return len(self._orders) < self._places


def _print(order: Order) -> bytes:
    try:
        return cached_pdf(order)
    except WorkerFailed:
        log.exception("The PDF of %s could not be printed", order.metadata.reference)
        raise
    finally:
        close_old_connections()


printer = Printer(work_queue)
"""The one printer of this server process."""
