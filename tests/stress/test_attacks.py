"""Attacks and accidents, on a server as `./dev run` starts it: the others are served.

`./dev stress attacks` sends ten times as many slow clients, and waits until they are cut off.
"""

from __future__ import annotations

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from time import sleep

import pytest

from tests.stress.served import Visitor, is_free, served, wait_until

FULL = "STRESS_ATTACKS" in os.environ
SLOW_CLIENTS = 400 if FULL else 40
PDF_READERS = 50 if FULL else 8

SLOW_BODY = b"POST /start/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\ntitle="
SLOW_HEADERS = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
LARGE = (
    b"POST /check-record/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: multipart/form-data; boundary=x\r\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with two processes of two threads."""
    folder = tmp_path_factory.mktemp("attacked")
    with served(folder, WORKERS="2", THREADS="2") as running:
        yield running


@pytest.mark.parametrize("beginning", [SLOW_BODY, SLOW_HEADERS, b""], ids=["body", "head", "none"])
def test_clients_that_fall_silent_keep_nobody_waiting(server, beginning):
    with ExitStack() as stack:
        attackers = [stack.enter_context(server.connect()) for _ in range(SLOW_CLIENTS)]
        for attacker in attackers:
            attacker.sendall(beginning)
        sleep(0.5)
        visitor = Visitor(server)
        assert [visitor.get("/").status for _ in range(5)] == [200] * 5
        if FULL and beginning:
            assert [answer_of(attacker)[:12] for attacker in attackers[:4]] == [
                b"HTTP/1.1 408" if beginning is SLOW_BODY else b""
            ] * 4


def answer_of(attacker: socket.socket) -> bytes:
    """What an attacker gets before the connection is closed; at most the first kilobyte."""
    attacker.settimeout(60)
    return attacker.recv(1024)


HEAD = b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
ODD = {
    "no utf-8": b"GET /%ff%fe/?%c0%ae" + HEAD,
    "null": b"GET /%00/a%00b?a=%00" + HEAD,
    "raw bytes": b"GET /\xff\xfe" + HEAD,
    "dots": b"GET /../../../etc/passwd" + HEAD,
    "other site": b"GET http://evil.example/" + HEAD,
    "star": b"OPTIONS *" + HEAD,
    "connect": b"CONNECT evil.example:443" + HEAD,
    "own method": b"BREW /" + HEAD,
    "long": b"GET /?" + b"a" * 60_000 + HEAD,
    "many headers": b"GET /" + HEAD + b"".join(b"X-%d: 1\r\n" % n for n in range(90)),
    "two hosts": b"GET /" + HEAD + b"Host: evil.example\r\n",
    "two lengths": b"POST /start/" + HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n",
    "length and chunks": b"POST /start/" + HEAD + b"Content-Length: 4\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n",
    "negative length": b"POST /start/" + HEAD + b"Content-Length: -1\r\n",
    "cookie": b"GET /" + HEAD + b"Cookie: a=\xff; =; decider_browser=\x7f\r\n",
    "no http": b"\x16\x03\x01\x02\x00\x01\x00",
}
"""Requests as no browser sends them, without the line that ends their head."""


@pytest.mark.parametrize("request_head", ODD.values(), ids=ODD)
def test_odd_request_is_refused_or_answered_and_others_are_served(server, request_head):
    with server.connect() as attacker:
        attacker.sendall(request_head + b"\r\n")
        with suppress(ConnectionResetError):
            answer = attacker.recv(64)
            assert answer == b"" or answer[9:10] in b"234", answer
    assert Visitor(server).get("/healthz").status == 200


def test_body_that_is_too_large_is_refused_as_soon_as_that_is_known(server):
    with server.connect() as attacker:
        attacker.sendall(LARGE + b"Content-Length: 400000000\r\n\r\n")
        assert attacker.recv(12) == b"HTTP/1.1 413"
    with server.connect() as attacker:
        attacker.sendall(LARGE + b"Transfer-Encoding: chunked\r\n\r\n")
        with suppress(OSError):  # the server may close before all is sent
            for _ in range(40):
                attacker.sendall(b"f4240\r\n" + bytes(1_000_000) + b"\r\n")
        assert attacker.recv(12) == b"HTTP/1.1 413"


def test_killed_worker_is_replaced_while_the_other_serves(server):
    victim = server.workers()[0]
    os.kill(victim, signal.SIGKILL)
    statuses = []
    for _ in range(20):
        with suppress(OSError):  # who was connected to the killed one
            statuses.append(Visitor(server).get("/").status)
        sleep(0.1)
    assert set(statuses) == {200}
    assert len(statuses) > 10
    wait_until(lambda: len(server.workers()) == 2 and victim not in server.workers(), 30)


def test_readers_who_come_at_once_all_get_their_pdf(server):
    """Many distinct PDFs, each asked for three times at once, and pages meanwhile."""
    reports = [saved_report(server) for _ in range(PDF_READERS // 2)]
    asked = [(visitor, f"{path}pdf/{paper}") for visitor, path in reports for paper in PAPERS] * 3
    with ThreadPoolExecutor(len(asked)) as pool:
        printing = [pool.submit(pdf_at, visitor, path) for visitor, path in asked]
        home = Visitor(server)
        assert [home.get("/").status for _ in range(5)] == [200] * 5
        answers = [future.result() for future in printing]
    assert [(answer.status, answer.text[:5]) for answer in answers] == [(200, "%PDF-")] * len(asked)


def pdf_at(visitor, path):
    """What a reader gets who waits while the page says that the PDF is being printed."""
    answer = visitor.get(path)
    while answer.status == 202:
        sleep(1)
        answer = visitor.get(path)
    return answer


PAPERS = ("", "letter/")


def saved_report(server):
    """A visitor with a report on a copy of the example, and the address of the report."""
    visitor = Visitor(server, seconds=120)
    result = visitor.post("/example/", visitor.get("/"))
    assessment = "/".join(result.address.split("/")[:5])
    report = visitor.post(f"{assessment}/save-report/", result)
    assert "/reports/" in report.address, report.address
    return visitor, report.address


@pytest.mark.skipif("DECIDER_DATABASE_URL" in os.environ, reason="PostgreSQL has its own disk")
def test_full_disk_leaves_pages_readable_and_says_that_nothing_can_be_saved(tmp_path):
    with served(tmp_path) as server:
        visitor = Visitor(server)
        home = visitor.get("/")
        assert visitor.post("/start/", home, title="Billing", context="").status == 200
        server.fill_disk()
        refused = visitor.post("/start/", home, title="Payroll", context="")
        assert refused.status == 503
        assert "What you saved before is safe" in refused.text
        assert visitor.get("/readyz").status == 503
        kept = visitor.get("/assessments/")
        assert (kept.status, "Billing" in kept.text, "Payroll" in kept.text) == (200, True, False)


def test_workers_end_with_the_process_that_started_them(tmp_path):
    with served(tmp_path) as server:
        server.process.kill()
        wait_until(lambda: is_free(server.port), 20)
