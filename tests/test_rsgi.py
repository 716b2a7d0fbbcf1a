"""What the server receives before a thread works on it."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from decider import rsgi
from decider.reports.queue import MOST_OF_ONE, WorkQueue
from decider.rsgi import Server, environ_of
from decider.web.tickets import TICKET

LIMIT = 1_000_000  # of a body that isn't multipart


def scope(**more):
    given = {
        "method": "POST",
        "path": "/caf\u00e9/",
        "query_string": "a=1",
        "server": "127.0.0.1:8000",
        "client": "127.0.0.1:5000",
        "scheme": "http",
        "http_version": "1.1",
        "authority": None,
        "headers": {"host": "h", "content-type": "text/plain", "x-a": "1", "x_forged": "1"},
    }
    return SimpleNamespace(**{**given, **more})


class Protocol:
    """A client that sends these chunks, and then nothing more if it is `silent`."""

    def __init__(self, *chunks, silent=False, gone=False):
        self.chunks, self.silent, self.gone = chunks, silent, gone

    async def __aiter__(self):
        for chunk in self.chunks:
            yield chunk
        if self.silent:
            await asyncio.sleep(60)

    async def client_disconnect(self):
        if not self.gone:
            await asyncio.sleep(60)

    def response_bytes(self, status, headers, content):
        self.answer = (status, dict(headers), content)


def echo(environ, start_response):
    start_response("200 OK", [("Content-Length", environ["CONTENT_LENGTH"])])
    return [environ["wsgi.input"].read()]


async def _ask(server, *protocols):
    await asyncio.gather(*(server.__rsgi__(scope(), protocol) for protocol in protocols))
    return [protocol.answer for protocol in protocols]


def ask(server, *protocols):
    return asyncio.run(_ask(server, *protocols))


def test_environment_is_that_of_wsgi():
    environ = environ_of(scope())
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/caf\u00e9/"
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("127.0.0.1", "8000")
    assert (environ["HTTP_X_A"], environ["CONTENT_TYPE"]) == ("1", "text/plain")
    assert "HTTP_X_FORGED" not in environ


def test_body_in_parts_is_passed_on_whole():
    assert ask(Server(echo, 1), Protocol(b"a", b"b")) == [(200, {"content-length": "2"}, b"ab")]


def test_slow_body_is_refused_and_takes_no_thread(monkeypatch):
    monkeypatch.setattr(rsgi, "GRACE_SECONDS", 0.05)
    slow = [Protocol(b"a", silent=True) for _ in range(3)]
    *refused, served = ask(Server(echo, 1), *slow, Protocol(b"b"))
    assert [status for status, *_ in refused] == [408] * 3
    assert served[0] == 200


def test_body_beyond_the_limit_is_not_read_on():
    status, headers, content = ask(Server(echo, 1), Protocol(b"x" * (LIMIT + 1), silent=True))[0]
    assert (status, int(headers["content-length"]), content) == (200, LIMIT + 1, b"")


def test_bodies_that_fill_the_memory_are_refused_and_small_ones_are_not(monkeypatch):
    monkeypatch.setattr(rsgi, "MAX_HELD", 150_000)
    monkeypatch.setattr(rsgi, "GRACE_SECONDS", 0.2)
    server = Server(echo, 1)
    large = [Protocol(b"x" * 100_000, silent=True) for _ in range(2)]
    answers = ask(server, *large, Protocol(b"y"))
    assert sorted(status for status, *_ in answers) == [200, 408, 503]
    assert server._held == 0


def printing(released: threading.Event, printed: list[bytes]):
    """An application that prints bodies of "print" when it is their turn, and answers others.

    Bodies may go on with a colon and whose they are.
    """

    def application(environ, start_response):
        body, ticket = environ["wsgi.input"].read(), environ[TICKET]
        ticket.wanted = body.startswith(b"print") and not ticket.admitted and not ticket.full
        ticket.whose = body.partition(b":")[2].decode()
        if ticket.admitted:
            assert released.wait(10)
            printed.append(body)
        start_response("503 Busy" if ticket.full else "200 OK", [])
        return [body]

    return application


def test_those_who_wait_for_a_pdf_keep_nobody_waiting_and_are_served_in_order():
    released, printed = threading.Event(), []
    server = Server(printing(released, printed), 1)
    bodies = [b"print%d" % number for number in range(5)]

    async def play():
        waiting = asyncio.ensure_future(_ask(server, *map(Protocol, bodies)))
        for _ in range(20):
            assert (await _ask(server, Protocol(b"other")))[0][0] == 200
        assert printed == []
        released.set()
        return await waiting

    assert [content for *_, content in asyncio.run(play())] == bodies
    assert printed == bodies


def test_queue_is_bounded(monkeypatch):
    monkeypatch.setattr(rsgi, "QUEUE_PLACES_A_THREAD", 2)
    released, printed = threading.Event(), []
    server = Server(printing(released, printed), 1)

    async def play():
        waiting = asyncio.ensure_future(_ask(server, *[Protocol(b"print")] * 2))
        while server._queued < 2:
            await asyncio.sleep(0.001)
        refused = await _ask(server, Protocol(b"print"))
        released.set()
        await waiting
        return refused

    assert asyncio.run(play())[0][0] == 503
    assert printed == [b"print"] * 2


def test_who_sends_one_file_waits_for_one_of_another_who_sent_twenty(monkeypatch):
    monkeypatch.setattr(rsgi, "QUEUE_PLACES_A_THREAD", 100)
    released, printed = threading.Event(), []
    server = Server(printing(released, printed), 1, WorkQueue())

    async def play():
        twenty = [Protocol(b"print:ada") for _ in range(20)]
        many = asyncio.ensure_future(_ask(server, *twenty))
        while sum(hasattr(sent, "answer") for sent in twenty) < 20 - MOST_OF_ONE - 1:
            await asyncio.sleep(0.001)
        one = asyncio.ensure_future(_ask(server, Protocol(b"print:bob")))
        while "bob" not in server._queue._lines:
            await asyncio.sleep(0.001)
        released.set()
        return [status for status, *_ in await many], await one

    statuses, ((status, *_),) = asyncio.run(play())
    assert status == 200
    assert statuses.count(200) in (MOST_OF_ONE, MOST_OF_ONE + 1)
    assert set(statuses) == {200, 503}
    assert printed.index(b"print:bob") <= 2


def pdf_of(future: Future[bytes]):
    """An application whose requests wait for a PDF that is being printed."""

    def application(environ, start_response):
        environ[TICKET].printing = None if environ[TICKET].waited else future
        start_response("200 OK" if future.done() else "202 Accepted", [])
        return [b""]

    return application


def test_twenty_who_wait_for_a_pdf_take_no_thread_and_all_get_it(monkeypatch):
    monkeypatch.setattr(rsgi, "PDF_SECONDS", 10)
    future = Future()
    threading.Timer(0.2, future.set_result, [b"%PDF"]).start()
    answers = ask(Server(pdf_of(future), 1), *(Protocol(b"") for _ in range(20)))
    assert [status for status, *_ in answers] == [200] * 20


def test_pdf_that_takes_longer_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(rsgi, "PDF_SECONDS", 0.05)
    assert ask(Server(pdf_of(Future()), 1), Protocol(b""))[0][0] == 202


def test_who_left_the_queue_is_not_printed_for():
    released, printed = threading.Event(), []
    server = Server(printing(released, printed), 1)
    threading.Timer(0.2, released.set).start()
    ask(server, Protocol(b"print1"), Protocol(b"print2", gone=True))
    assert printed == [b"print1"]


@pytest.mark.django_db
def test_large_body_gets_a_page(client):
    response = client.generic("POST", "/start/", b"", CONTENT_LENGTH=str(LIMIT + 1))
    assert response.status_code == 413
    assert "At most 1 MB" in response.content.decode()
