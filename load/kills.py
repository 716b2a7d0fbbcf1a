"""Workers, and the whole server, are killed while people save: nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import time
from random import Random

from benchmarks.measure import line
from load.book import check_losses
from load.crowd import WORKERS, kill_all, production
from load.databases import Database
from load.savers import Savers
from tests.stress.served import Served, wait_until

KILLS = 30
"""Half of them of one worker, half of the whole server."""
SHORT_KILLS = 4
MISSES = 4
"""One kill of so many may come when nobody waits for an answer."""
BACK_SECONDS = 30
"""How long a dead worker may be missing."""


def main(database: Database, *, short: bool = False) -> bool:
    """Print the figures; True if all are within their limits."""
    kills = SHORT_KILLS if short else KILLS
    random, savers, port, missed = Random(14), None, 0, 0
    for _ in range(kills // 2):
        with production(database, port) as server:
            savers, port = savers or Savers(server), server.port
            for kill in (kill_worker, kill_server):
                savers.wait_for_more()
                cut_off = savers.book.cut_off
                kill(server, random)
                missed += savers.book.cut_off == cut_off
    assert savers
    with production(database, port):
        savers.wait_for_more()
        book = savers.end()
        print(f"{kills} kills, {book.saved} saves acknowledged, {book.cut_off} requests cut off")
        checks = [
            line("kills that cut off no request", missed, kills // MISSES, ""),
            check_losses(book.losses(database)),
        ]
    return all(checks)


def kill_worker(server: Served, random: Random) -> None:
    """Kill one worker at any moment, and wait until another is in its place."""
    time.sleep(random.random())
    victim = random.choice(server.workers())
    os.kill(victim, signal.SIGKILL)
    wait_until(
        lambda: victim not in server.workers() and len(server.workers()) == WORKERS, BACK_SECONDS
    )


def kill_server(server: Served, random: Random) -> None:
    """Kill the server with all of its processes at any moment."""
    time.sleep(random.random())
    kill_all(server)
