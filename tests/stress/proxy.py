"""A reverse proxy before a server, as small as can be: it ends HTTPS, as far as its headers say."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

OF_THE_CONNECTION = ("connection", "keep-alive", "transfer-encoding")


@contextmanager
def proxy(port: int, *, scheme: str = "https", appends: bool = False) -> Iterator[int]:
    """The port of a proxy before the server at `port`, reached by `scheme` as it says.

    It puts the address of its client in the place of X-Forwarded-For, or appends it.
    """

    class Handler(BaseHTTPRequestHandler):
        def forward(self) -> None:
            headers = {
                name: value
                for name, value in self.headers.items()
                if name.lower() not in OF_THE_CONNECTION
            }
            came_by = [self.headers["X-Forwarded-For"]] if appends else []
            headers |= {
                "X-Forwarded-For": ", ".join([*filter(None, came_by), self.client_address[0]]),
                "X-Forwarded-Proto": scheme,
            }
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=40)) as server:
                server.request(self.command, self.path, body, headers)
                answer = server.getresponse()
                self.answer(answer.status, answer.getheaders(), answer.read())

        do_GET = do_POST = forward

        def answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in (*OF_THE_CONNECTION, "content-length"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        Thread(target=running.serve_forever, args=[0.05], daemon=True).start()
        yield running.server_address[1]
        running.shutdown()
