"""The power is cut while people save: no report, record or number that was issued is lost.

Of answers, SQLite may lose the last moments; PostgreSQL may lose none.
"""

from __future__ import annotations

import time
from collections import Counter
from random import Random

from benchmarks.measure import line
from load.book import Book, check_losses
from load.crowd import kill_all, production
from load.databases import Database
from load.disk import Disk
from load.savers import Savers

ON_OWN_DISK = True
CUTS = 10
SHORT_CUTS = 2
UNSYNCED = "unsynced"


def main(database: Database, *, short: bool = False) -> bool:
    """Print the figures; True if all are within their limits."""
    random, losses, saved, unsynced = Random(14), Counter[str](), 0, 0
    cuts = SHORT_CUTS if short else CUTS
    disk = database.disk
    assert disk
    for _ in range(cuts):
        book, port = cut(database, disk, random)
        unsynced += is_kept(disk)
        with production(database, port):
            losses += book.losses(database)
        saved += book.saved
    print(f"{cuts} power cuts, {saved} saves acknowledged")
    checks = [
        line("cuts that kept what was not synced", unsynced, 0, ""),
        check_losses(losses, answers=0 if database.postgresql else saved),
    ]
    return all(checks)


def cut(database: Database, disk: Disk, random: Random) -> tuple[Book, int]:
    """Cut the power while people save, and switch it on again; what they were told, and where."""
    with production(database) as server:
        savers = Savers(server)
        savers.wait_for_more()
        time.sleep(random.random())
        (disk.folder / UNSYNCED).write_text("lost with the power")
        disk.cut_power()
        kill_all(server)
        database.kill()
    book = savers.end()
    disk.unmount()
    disk.mount()
    database.start()
    return book, server.port


def is_kept(disk: Disk) -> bool:
    """Whether what was written just before the cut, and not synced, is there all the same."""
    path = disk.folder / UNSYNCED
    is_kept = path.exists() and path.stat().st_size > 0
    path.unlink(missing_ok=True)
    return is_kept
