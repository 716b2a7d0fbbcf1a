"""A server as `./dev run` or `./dev serve` starts it, on a data folder of its own, and a client."""

from __future__ import annotations

import http.cookiejar
import os
import re
import resource
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "only-for-tests-0123456789-abcdefghijklmnop"
START_SECONDS = 120
ANSWER_SECONDS = 10


class Answer(NamedTuple):
    """What came back."""

    status: int
    text: str
    address: str


class Served(NamedTuple):
    """A running server: the port it listens on, the process that `./dev` became, and whether it
    is for others: then it takes its clients for a proxy in front, which ends HTTPS."""

    port: int
    process: subprocess.Popen[bytes]
    is_production: bool = False

    @property
    def address(self) -> str:
        """What people would type."""
        return f"{'https' if self.is_production else 'http'}://127.0.0.1:{self.port}"

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        folder = Path(f"/proc/{self.process.pid}/task")
        children = [path.read_text().split() for path in folder.glob("*/children")]
        pids = [int(pid) for part in children for pid in part]
        return [pid for pid in pids if b" worker-" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def fill_disk(self) -> None:
        """Let no file grow any more, for the processes that answer."""
        for pid in self.workers():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, 1))

    def connect(self) -> socket.socket:
        """A connection of an attacker."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=ANSWER_SECONDS)


class Visitor:
    """A browser with cookies; every request gets an answer within ANSWER_SECONDS, or fails."""

    def __init__(self, served: Served, seconds: float = ANSWER_SECONDS) -> None:
        self._root = f"http://127.0.0.1:{served.port}"
        self._seconds = seconds
        # Where a proxy ends HTTPS, secure cookies go on from it without.
        policy = http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https"))
        self.cookies = http.cookiejar.CookieJar(policy)
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)
        if served.is_production:
            self._opener.addheaders += [
                ("X-Forwarded-Proto", "https"),
                ("Origin", served.address),
            ]

    def get(self, path: str) -> Answer:
        """The page at this path."""
        return self.open(path, None)

    def post(self, path: str, page: Answer, **fields: str) -> Answer:
        """Send a form that stands on a page."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token
        form = {"csrfmiddlewaretoken": token[1], **fields}
        return self.open(path, urllib.parse.urlencode(form).encode())

    def open(
        self, path: str, data: bytes | None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request, with a body if there is `data`."""
        address = urllib.parse.urljoin(self._root, path)
        request = urllib.request.Request(address, data, headers or {})
        try:
            with self._opener.open(request, timeout=self._seconds) as answer:
                text = answer.read().decode("utf-8", "replace")
                return Answer(answer.status, text, answer.url)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode("utf-8", "replace"), error.url)


def database_of(folder: Path) -> str:
    """The address of the database that belongs to a data folder, which is made where it is missing;
    empty where that is a file in the folder."""
    url = os.environ.get("DECIDER_DATABASE_URL", "")
    if not url.startswith("postgres"):
        return url
    name = f"served_{sha256(str(folder).encode()).hexdigest()[:16]}"
    with psycopg.connect(url, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urllib.parse.urlsplit(url)._replace(path=f"/{name}").geturl()


@contextmanager
def served(
    folder: Path, *, command: str = "run", port: int = 0, **variables: str
) -> Iterator[Served]:
    """Start `./dev run` or `serve` on this data folder, and stop it and all that it started.

    Without a port it takes a free one.
    """
    with socket.create_server(("127.0.0.1", port)) as probe:
        port = probe.getsockname()[1]
    is_production = command == "serve"
    process = subprocess.Popen(
        ["./dev", command],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            **{"DECIDER_DATA_DIR": str(folder), "PORT": str(port), "HOST": "127.0.0.1"},
            "DECIDER_ADDRESS": f"{'https' if is_production else 'http'}://127.0.0.1:{port}",
            "DECIDER_DATABASE_URL": database_of(folder),
            "DECIDER_SECRET_KEY": SECRET_KEY,
            **variables,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    server = Served(port, process, is_production)
    try:
        wait_until(lambda: process.poll() is not None or _answers(server), START_SECONDS)
        assert process.poll() is None, f"./dev {command} ended"
        yield server
    finally:
        process.terminate()
        process.wait(40)
        _kill_group(process.pid)


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _answers(server: Served) -> bool:
    try:
        return Visitor(server, seconds=2).get("/signing-keys/").status < 500
    except OSError:
        return False


def wait_until(holds: Callable[[], bool], seconds: float) -> None:
    """Wait until something holds; an AssertionError after so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


def is_free(port: int) -> bool:
    """Whether a new server could listen on a port."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
