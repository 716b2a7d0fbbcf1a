"""A server's connections to PostgreSQL: no more than it has threads, and none that is dead."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.stress.served import Served, Visitor, database_of, served

URL = os.environ.get("DECIDER_DATABASE_URL", "")
THREADS = 4
PRINTING = 1
"""One more thread prints and checks PDFs."""

OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

pytestmark = pytest.mark.skipif(
    not URL.startswith("postgres"), reason="SQLite has no connections to count"
)


@pytest.fixture
def server(tmp_path) -> Iterator[Served]:
    """A server with one process of THREADS threads."""
    with served(tmp_path, WORKERS="1", THREADS=str(THREADS)) as running:
        yield running


def ask_at_once(server: Served) -> set[int]:
    """The status codes of many requests at once."""
    with ThreadPoolExecutor(6 * THREADS) as pool:
        asked = pool.map(lambda _: Visitor(server, seconds=60).get("/").status, range(6 * THREADS))
        return set(asked)


def test_connections_stay_as_few_as_threads_and_cut_ones_are_replaced(server, tmp_path):
    with psycopg.connect(database_of(tmp_path), autocommit=True) as database:
        for _ in range(3):
            assert ask_at_once(server) == {200}
            (count,) = database.execute(f"SELECT count(*) {OTHERS}").fetchone()
            assert 1 <= count <= THREADS + PRINTING
        database.execute(f"SELECT pg_terminate_backend(pid) {OTHERS}")
        assert ask_at_once(server) == {200}
