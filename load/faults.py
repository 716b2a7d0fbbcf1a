"""What a server needs is full, broken or away for a while: pages say so, and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress

import psutil
import psycopg

from benchmarks.measure import line
from load.book import Book, Client, check_losses
from load.crowd import kill_all, production
from load.databases import Database
from load.savers import Savers
from tests.stress.served import Served, wait_until

ON_OWN_DISK = True
REFUSALS = 5
"""So many people are told that nothing can be saved, before the fault is over."""
FAULT_SECONDS = 60
BACK_SECONDS = 30
PDFS = 6
PDF_SECONDS = 180
KILLS = 6
LOG_FILES = 50
"""More than PostgreSQL keeps in store."""
PDF_WORKER = "decider.reports.pdf.worker.main"


def main(database: Database, *, short: bool = False) -> bool:  # noqa: ARG001 (it is short)
    """Print the figures; True if all are within their limits."""
    within = [passing_faults(database), failed_disk(database)]
    return all(within)


def passing_faults(database: Database) -> bool:
    """What goes wrong for a while: nothing is lost, and nobody has to do anything about it."""
    with production(database) as server:
        savers = Savers(server)
        within = [passes(name, fault, savers) for name, fault in faults(database).items()]
        book = savers.end()
        within += [check_losses(told(book).losses(database)), prints(book, server)]
    return all(within)


def failed_disk(database: Database) -> bool:
    """The disk fails for good, and is repaired; SQLite may lose the last answers by that."""
    with production(database) as server:
        savers = Savers(server)
        savers.wait_for_more()
        assert database.disk
        database.disk.fail()
        wait_for_refusals(savers.book)
        kill_all(server)
        database.kill()
    repair(database)
    with production(database, server.port):
        seconds = savers.wait_for_more()
        book = told(savers.end())
        answers = 0 if database.postgresql else len(book.acknowledged)
        within = [
            line("failed disk, repaired: saving again after", seconds, BACK_SECONDS, "s"),
            check_losses(book.losses(database), answers=answers),
        ]
    return all(within)


def told(book: Book) -> Book:
    """Print what people were told."""
    print(f"{book.saved} saves acknowledged, {book.refused[503]} refused, {book.cut_off} cut off")
    return book


def faults(database: Database) -> dict[str, AbstractContextManager[None]]:
    """What goes wrong for a while, and gets right again without anybody's help."""
    if database.postgresql is None:
        return {"full disk": full_disk(database)}
    return {
        "stopped database": stopped(database),
        "read-only database": read_only(database),
        "full disk": full_disk(database),
        "no room for the log of PostgreSQL": full_log(database),
    }


def passes(name: str, fault: AbstractContextManager[None], savers: Savers) -> bool:
    """Print how long after a fault people can save again."""
    savers.wait_for_more()
    with fault:
        wait_for_refusals(savers.book)
    return line(f"{name}: saving again after", savers.wait_for_more(), BACK_SECONDS, "s")


def wait_for_refusals(book: Book) -> None:
    """Wait until some more people were told that nothing can be saved."""
    before = book.refused[503]
    wait_until(lambda: book.refused[503] >= before + REFUSALS, FAULT_SECONDS)


@contextmanager
def full_disk(database: Database) -> Iterator[None]:
    """Nothing more fits on the disk."""
    assert database.disk
    database.disk.fill()
    yield
    database.disk.free()


@contextmanager
def full_log(database: Database) -> Iterator[None]:
    """PostgreSQL stops, as its write-ahead log finds no room; it is started again, as by its
    service, once there is."""
    assert database.disk
    process = psutil.Process(database.postgresql.get_pid())
    database.disk.fill()
    end_of_log(database)
    process.wait(FAULT_SECONDS)
    yield
    database.disk.free()
    database.start()


def end_of_log(database: Database) -> None:
    """Use up the files of the log that are there, until PostgreSQL needs another one."""
    with suppress(psycopg.OperationalError):
        with psycopg.connect(database.postgresql.get_uri(), autocommit=True) as server:
            for _ in range(LOG_FILES):
                server.execute("SELECT pg_logical_emit_message(false, 'load', 'entry')")
                server.execute("SELECT pg_switch_wal()")
        raise RuntimeError("PostgreSQL still finds room for its log.")


@contextmanager
def stopped(database: Database) -> Iterator[None]:
    """PostgreSQL is away."""
    database.postgresql.stop()
    yield
    database.start()


@contextmanager
def read_only(database: Database) -> Iterator[None]:
    """PostgreSQL takes no writes, as a copy of another server wouldn't."""
    _set_read_only(database, "on")
    yield
    _set_read_only(database, "off")


def _set_read_only(database: Database, value: str) -> None:
    with psycopg.connect(database.postgresql.get_uri(), autocommit=True) as server:
        server.execute(f"ALTER SYSTEM SET default_transaction_read_only = {value}")
        server.execute("SELECT pg_reload_conf()")


def repair(database: Database) -> None:
    """What somebody does to a machine whose disk has failed."""
    assert database.disk
    database.disk.unmount()
    database.disk.mount()
    database.start()


def prints(book: Book, server: Served) -> bool:
    """Print how many PDFs people don't get while the processes that print are killed."""
    reports = list(book.reports.items())[:PDFS]
    with ThreadPoolExecutor(len(reports)) as pool:
        printing = [pool.submit(gets_pdf, client, path) for path, (client, _) in reports]
        killed = sum(kill_pdf_workers(server) for _ in range(KILLS))
        missing = sum(not future.result() for future in printing)
    name = f"PDFs missing of {len(reports)}, after {killed} workers died"
    return line(name, missing, 0, "")


def kill_pdf_workers(server: Served) -> int:
    """Kill whoever prints, after a while; how many there were."""
    time.sleep(1)
    processes = psutil.Process(server.process.pid).children(recursive=True)
    return sum(is_killed(process) for process in processes)


def is_killed(process: psutil.Process) -> bool:
    """Kill a process if it prints; whether it did, and had not died before."""
    with suppress(psutil.NoSuchProcess):  # zombies, too
        if PDF_WORKER in process.cmdline():
            process.kill()
            return True
    return False


def gets_pdf(client: Client, report: str) -> bool:
    """Whether somebody gets a PDF who tries again as long as the pages say so."""
    deadline = time.monotonic() + PDF_SECONDS
    while time.monotonic() < deadline:
        answer = client.get(f"{report}pdf/")
        if answer.status not in (202, 503):
            return answer.status == 200 and answer.text.startswith("%PDF")
        time.sleep(1)
    return False
