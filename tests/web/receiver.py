"""A server on this machine that keeps what is sent to it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

import brotli

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


class Receiver(NamedTuple):
    """Where it listens, and the bodies that it has got."""

    port: int
    bodies: list[bytes]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A server that answers 200 to everything."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            unpack = UNPACK.get(self.headers.get("Content-Encoding", ""), bytes)
            bodies.append(unpack(body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield Receiver(server.server_address[1], bodies)
        server.shutdown()
