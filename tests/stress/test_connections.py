"""A server's connections to PostgreSQL: no more than it has threads, and none that is dead."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

URL = os.environ.get("DECIDER_DATABASE_URL", "")
THREADS = 4
IDLE = 5
"""Seconds after which the server retires an idle thread: the fewest that it takes."""

pytestmark = pytest.mark.skipif(
    not URL.startswith("postgres"), reason="SQLite has no connections to count"
)


@pytest.fixture
def server(tmp_path) -> Iterator[str]:
    """The address of Decider under the server that `./dev run` starts."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    options = ["--interface", "wsgi", "--port", port, "--no-ws", "--log-level", "warning"]
    threads = ["--blocking-threads", f"{THREADS}", "--blocking-threads-idle-timeout", f"{IDLE}"]
    process = subprocess.Popen(
        [Path(sys.executable).parent / "granian", *options, *threads, "decider.wsgi:application"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DECIDER_DATA_DIR": str(tmp_path)},
    )
    try:
        await_port(int(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def await_port(port: int) -> None:
    """Return once the server takes connections."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server does not start")


def ask_at_once(server: str) -> set[int]:
    """The status codes of many requests at once."""

    def ask(_: int) -> int:
        with closing(urllib.request.urlopen(f"{server}/health/")) as response:
            return response.status

    with ThreadPoolExecutor(6 * THREADS) as pool:
        return set(pool.map(ask, range(6 * THREADS)))


OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def test_connections_of_retired_threads_go_and_cut_ones_are_replaced(server):
    with psycopg.connect(URL, autocommit=True) as database:
        counts = []
        for _ in range(3):
            assert ask_at_once(server) == {200}
            counts.append(database.execute(f"SELECT count(*) {OTHERS}").fetchone()[0])
            time.sleep(IDLE + 1.5)
        assert max(counts) <= THREADS + 1, counts
        database.execute(f"SELECT pg_terminate_backend(pid) {OTHERS}")
        assert ask_at_once(server) == {200}
