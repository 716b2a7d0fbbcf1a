"""The server as `./dev serve` starts it, on both databases: saves a second, start, and memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlencode

from benchmarks.measure import line
from benchmarks.web import MEMORY_MB, resident_mb
from load.book import Client, form_of, question_of
from load.crowd import WORKERS, production
from load.databases import DATABASES, SQLITE, new_database
from tests.stress.served import Served

SAVES_A_SECOND = {SQLITE: 300, "postgresql": 250}
CONNECTIONS = 32
"""So many that both processes get about half of them: the kernel draws which one gets each."""
SECONDS = 10
START_SECONDS = 2


def main() -> bool:
    """Print the figures; True if all are within their limits."""
    checks = [figures(kind) for kind in DATABASES]
    return all(checks)


def figures(kind: str) -> bool:
    """Print the figures on one database."""
    with new_database(kind, on_own_disk=False) as database:
        with production(database):
            pass  # makes what a first start has to make
        started = time.monotonic()
        with production(database) as server:
            start = time.monotonic() - started
            rate = saves_a_second(server)
            memory = max(resident_mb(str(pid)) for pid in server.workers())
    print(f"{kind}: {rate:.0f} saves a second, {WORKERS} processes, {CONNECTIONS} connections")
    checks = [
        line(f"{kind}: time a save", 1000 / rate, 1000 / SAVES_A_SECOND[kind], "ms"),
        line(f"{kind}: from starting again to the first answer", start, START_SECONDS, "s"),
        line(f"{kind}: memory of a server process", memory, MEMORY_MB, "MB"),
    ]
    return all(checks)


def saves_a_second(server: Served) -> float:
    """How many answers are saved a second, each answered by the next question."""
    people = [saves(server) for _ in range(CONNECTIONS)]
    for person in people:
        next(person)
    deadline = time.monotonic() + SECONDS
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return sum(pool.map(lambda person: until(deadline, person), people)) / SECONDS


def until(deadline: float, person: Iterator[None]) -> int:
    """How often somebody saves until then."""
    number = 0
    while time.monotonic() < deadline:
        next(person)
        number += 1
    return number


def saves(server: Served) -> Iterator[None]:
    """Somebody with an assessment of their own, who saves the answer to its first question."""
    client = Client(server)
    page = client.send(form_of(client.get("/"), "/start/"), title="Billing", context="")
    form = question_of(page)
    assert form
    connection = HTTPConnection("127.0.0.1", server.port)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies),
        "HX-Request": "true",
        "Origin": server.address,
        "X-Forwarded-Proto": "https",
    }
    for revision in count():
        value = form.offered["value"][revision % 2]
        fields = {**form.fields, "value": value, "revision": revision}
        connection.request("POST", form.action, urlencode(fields), headers)
        with connection.getresponse() as answer:
            answer.read()
        assert answer.status == 200, answer.status
        yield
