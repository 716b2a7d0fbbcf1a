"""The application for Granian: requests are received in full before a thread works on them.

Granian's own WSGI hands a thread to a request as soon as its headers are there, and has no limit
on how long a body may take: as many slow clients as there are threads would stop the server. Here
an event loop collects the bodies, within limits of size and time, and the threads only compute.
"""

from __future__ import annotations

import asyncio
import ctypes
import io
import os
import signal
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

from decider.wsgi import application as django_application

# Django is set up by now, as these need it to be.
from decider.reports.limits import body_limit  # isort: skip
from decider.reports.queue import WorkQueue, work_queue  # isort: skip
from decider.web.tickets import TICKET, Ticket  # isort: skip

GRACE_SECONDS: Final = 20
MIN_BYTES_A_SECOND: Final = 100_000
"""A body may take GRACE_SECONDS, and longer only as far as it keeps coming at this rate."""
SMALL_BODY: Final = 64_000
MAX_HELD: Final = 64_000_000
"""What all unfinished bodies may hold in memory, in bytes; not counting small ones."""
QUEUE_PLACES_A_THREAD: Final = 16
RETRY_SECONDS: Final = "5"
PDF_SECONDS: Final = 1.0
"""How long a request for a PDF that is being printed waits, before it gets a page that says so."""

Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]


class Refused(Exception):
    """A body that isn't read to its end; the arguments are status and text of the answer."""


class Server:
    """One server process: its event loop receives, and `threads` threads answer.

    A request that checks a file is put in the queue in which PDFs are printed, so that those who
    wait there keep nobody else waiting. All who wait take turns.
    """

    def __init__(
        self, application: WSGIApplication, threads: int, queue: WorkQueue = work_queue
    ) -> None:
        self._application = application
        self._answering = ThreadPoolExecutor(threads, "answer")
        self._queue = queue
        self._queue_places = QUEUE_PLACES_A_THREAD * threads
        self._queued = 0
        self._held = 0

    def __rsgi_init__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """Let this process end with its parent: an orphan would keep the port."""
        if sys.platform == "linux":
            pr_set_pdeathsig = 1
            ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Receive one request and answer it."""
        environ = environ_of(scope)
        try:
            body = await self._receive(environ, protocol)
            status, headers, content = await self._answer(environ, body, protocol)
        except Refused as refusal:
            status, content = refusal.args[0], refusal.args[1].encode()
            headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
            if status == 503:
                headers.append(("retry-after", RETRY_SECONDS))
        protocol.response_bytes(status, headers, content)

    async def _receive(self, environ: dict[str, Any], protocol: HTTPProtocol) -> bytes:
        """The body; of one that is too large only the announced or counted length is of use."""
        limit = body_limit(environ.get("CONTENT_TYPE", ""))
        announced = environ.get("CONTENT_LENGTH", "")
        if announced.isdecimal() and int(announced) > limit:
            return b""
        chunks = self._chunks(protocol, limit)
        body = b"".join([chunk async for chunk in chunks])
        environ["CONTENT_LENGTH"] = str(len(body))
        return body if len(body) <= limit else b""

    async def _chunks(self, protocol: HTTPProtocol, limit: int) -> Any:
        """The body as it comes, until it ends or exceeds `limit`; raises Refused."""
        stream, started, size, counted = protocol.__aiter__(), time.monotonic(), 0, 0
        try:
            while size <= limit:
                left = started + GRACE_SECONDS + size / MIN_BYTES_A_SECOND - time.monotonic()
                chunk = await asyncio.wait_for(_next(stream), left)
                if chunk is None:
                    return
                size += len(chunk)
                if size > SMALL_BODY:
                    self._held, counted = self._held + size - counted, size
                if self._held > MAX_HELD:
                    raise Refused(503, "Too many files are being sent. Try again in a minute.")
                yield chunk
        except TimeoutError:
            raise Refused(408, "What was sent took too long to arrive. Send it again.") from None
        finally:
            self._held -= counted

    async def _answer(self, environ: dict[str, Any], body: bytes, protocol: HTTPProtocol) -> Answer:
        run = asyncio.get_running_loop().run_in_executor
        ticket = Ticket()
        answer = await run(self._answering, self._call, environ, body, ticket)
        if ticket.printing:
            await _finished(ticket.printing, PDF_SECONDS)
            return await run(self._answering, self._call, environ, body, Ticket(waited=True))
        if not ticket.wanted:
            return answer
        if self._queued >= self._queue_places or not self._queue.has_room_for(ticket.whose):
            return await run(self._answering, self._call, environ, body, Ticket(full=True))
        gone = asyncio.ensure_future(protocol.client_disconnect())
        self._queued += 1
        try:
            work = partial(self._call_unless, gone, environ, body)
            return await asyncio.wrap_future(self._queue.submit(work, ticket.whose))
        finally:
            self._queued -= 1
            gone.cancel()

    def _call_unless(
        self, gone: asyncio.Future[None], environ: dict[str, Any], body: bytes
    ) -> Answer:
        """The answer, unless nobody waits for it any more."""
        if gone.done():
            return 503, [], b""
        return self._call(environ, body, Ticket(admitted=True))

    def _call(self, environ: dict[str, Any], body: bytes, ticket: Ticket) -> Answer:
        """What the WSGI application answers."""
        started: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: Headers, _error: object = None) -> Any:
            started.append((int(status[:3]), [(name.lower(), value) for name, value in headers]))

        request = {**environ, "wsgi.input": io.BytesIO(body), TICKET: ticket}
        chunks = self._application(request, start_response)
        try:
            content = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return (*started[-1], content)


async def _finished(work: Future[Any], seconds: float) -> None:
    """Wait until work is done, however it ends, but no longer than so many seconds."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    work.add_done_callback(lambda _: loop.call_soon_threadsafe(done.set))
    with suppress(TimeoutError):
        await asyncio.wait_for(done.wait(), seconds)


async def _next(stream: Any) -> bytes | None:
    try:
        chunk: bytes = await stream.__anext__()
        return chunk
    except StopAsyncIteration:
        return None


def environ_of(scope: Scope) -> dict[str, Any]:
    """The WSGI environment of a request, without its body (PEP 3333)."""
    address, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # PEP 3333 has bytes as text of Latin-1.
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": address,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        # A name with "_" could pass for one with "-" that a proxy sets.
        if "_" not in name:
            key = name.upper().replace("-", "_")
            key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
            separator = "; " if key == "HTTP_COOKIE" else ","
            environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    if scope.authority:
        environ.setdefault("HTTP_HOST", scope.authority)
    return environ


application = Server(django_application, threads=int(os.environ.get("THREADS") or 4))
