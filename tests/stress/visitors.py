"""Visitors who send whatever comes to mind: forms as shown, forms altered, and mere nonsense.

All that they do follows from a seed.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.conftest import client_of
from tests.stress.pages import PageForm, forms_and_links

KEPT = 60
"""How many forms and links a visitor remembers."""

TOKEN = "a" * 32
"""The token of every form, as its page and the cookie hold it."""

METHODS = ["GET", "POST", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]

HOSTILE = [
    *("", " ", "0", "1", "-1", "17", "100", "101", "1e9", "NaN", "٣", "2147483646", "2147483647"),
    *("2147483648", "9223372036854775807", "9" * 40, "9" * 5000, "null", "true", "unknown", "n/a"),
    *("\0", "a\0b", "\ud7ff\ufffe", "\u202eabc", "🏴‍☠️" * 40, "e\u0301" * 200, "\r\n\r\n", "%00"),
    *("<script>alert(1)</script>", "{{ 7*7 }}", "' OR 1=1 --", "../../etc/passwd", "x" * 4001),
    *("2027-03-31", "0000-00-00", "99999-01-01", "theirs", "check", "quick", "//evil.example"),
    *("Ann", "accepted", "proposed", "rejected", "superseded", "deprecated", "7", "365", "bag"),
]

BODIES = [
    ("application/json", b'{"value": "bag", "revision": 0}'),
    ("application/json", b"[" * 5000),
    ("text/plain", b"value=bag"),
    ("application/x-www-form-urlencoded", b"value=bag&revision=0&%ff%fe=%00&a"),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(1100))),
    ("application/x-www-form-urlencoded; charset=utf-16", "value=bag".encode("utf-16")),
    ("application/x-www-form-urlencoded; charset=no-such", b"value=bag"),
    ("application/x-www-form-urlencoded; charset=idna", b"value=bag"),
    ("application/x-www-form-urlencoded", b"title=" + b"x" * 1_100_000),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=b; charset=utf-16", b"--b\r\nContent-Disposition: x\r\n"),
    ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="a"\r\n'),
    ("multipart/form-data; boundary=" + "b" * 300, b"--b--"),
    ("", b"value=bag"),
]

FILES = [
    b"",
    b"{}",
    b'{"format": "decider-export/1", "report": {}}',
    b"[" * 20_000,
    b"%PDF-1.7\n%%EOF",
    b"\xff\xfe\0\0",
    b'{"title": "x", "answers": {"load": "bag"}}',
    b"a: &a [*a]",
]

HEADERS: list[dict[str, str]] = [
    {},
    {},
    {"HX-Request": "true"},
    {"HX-Request": "true", "HX-History-Restore-Request": "true"},
    {"HX-Request": "true", "HX-Current-URL": "http://[broken"},
    {"Accept-Encoding": "gzip"},
    {"If-None-Match": '"x", W/"y", *'},
    {"If-Modified-Since": "yesterday"},
    {"Host": "evil.example"},
    {"Host": "a b"},
    {"Cookie": "decider_browser=\x7f; csrftoken=x; messages=[[1]"},
    {"X-CSRFToken": "another"},
    {"Range": "bytes=9-1"},
    {"X-Forwarded-Proto": "gopher", "X-Forwarded-For": "::::"},
]


@dataclass
class World:
    """What visitors can know: the keys that addresses are made of."""

    keys: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def learn(self, address: str) -> None:
        """Remember the keys and tokens of an address."""
        for part in address.split("?")[0].split("/"):
            known = self.keys if _is_uuid(part) else self.tokens
            if len(part) > 30 and part not in known:
                known.append(part)


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return len(text) == 36


def own_cookies(browser: uuid.UUID | None) -> SimpleCookie:
    """What a visitor sends with each request, whatever answers set."""
    cookies = client_of(browser).cookies if browser else SimpleCookie()
    cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    return cookies


class Visitor:
    """One browser that sends requests by the numbers of a seed."""

    def __init__(self, seed: int, world: World, browser: uuid.UUID | None = None) -> None:
        self.random = Random(seed)
        self.world = world
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.cookies = {name: morsel.value for name, morsel in own_cookies(browser).items()}
        self.forms: list[PageForm] = []
        self.links: list[str] = ["/"]

    def go_on(self) -> tuple[str, HttpResponse]:
        """Send one request; what it was, and what came back."""
        kind = self.random.random()
        if kind < 0.45 and self.forms:
            sent = self.form()
        elif kind < 0.65:
            sent = self.link()
        elif kind < 0.9:
            sent = self.nonsense()
        else:
            sent = self.body()
        odd = self.random.choice(HEADERS) if self.random.random() < 0.3 else {}
        headers = {"X-CSRFToken": TOKEN, **odd}
        self.client.cookies.load(self.cookies)
        response = self.client.generic(**sent, headers=headers, follow=False)
        self.remember(sent["path"], response)
        described = f"{sent['method']} {sent['path']} {sent.get('data', b'')[:400]!r} {odd}"
        return described, response

    def remember(self, path: str, response: HttpResponse) -> None:
        """Keep the forms and links of a page for later."""
        if location := response.headers.get("Location") or response.headers.get("HX-Redirect"):
            self.links.append(location)
            self.world.learn(location)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            page = b"".join(response) if response.streaming else response.content
            if response.headers.get("Content-Encoding"):
                return
            forms, links = forms_and_links(path, page.decode())
            self.forms += forms
            self.links += self.random.sample(links, min(5, len(links)))
            for address in (*links, *(form.action for form in forms)):
                self.world.learn(address)
        self.forms, self.links = self.forms[-KEPT:], self.links[-KEPT:]

    def link(self) -> dict[str, Any]:
        """Follow a link; those of PDFs seldom, since they take long."""
        address = self.random.choice(self.links)
        if "/pdf/" in address and self.random.random() < 0.9:
            address = "/"
        return {"method": "GET", "path": address}

    def form(self) -> dict[str, Any]:
        """Send a form with a few fields altered."""
        form = self.random.choice(self.forms)
        data = self.filled(form)
        if form.method == "GET":
            return {"method": "GET", "path": f"{form.action.split('?')[0]}?{self.encoded(data)}"}
        if form.files:
            return self.upload(form)
        return self.posted("POST", form.action, data)

    def filled(self, form: PageForm) -> dict[str, str]:
        """What the form holds and offers, with a few fields altered, filled in or left out."""
        offers = form.offered.items()
        chosen = {n: self.random.choice(v) for n, v in offers if self.random.random() < 0.7}
        data = {}
        for name, value in {**form.fields, **chosen}.items():
            if name == "csrfmiddlewaretoken":
                continue
            kind = self.random.random()
            if kind < 0.1:
                data[name] = self.text()
            elif kind < 0.5:
                data[name] = value or self.random.choice(["Ann", "Why not", "2027-03-31"])
            elif kind < 0.98:
                data[name] = value
        return data

    def upload(self, form: PageForm) -> dict[str, Any]:
        """Send a form with a file."""
        file = SimpleUploadedFile("x.json", self.random.choice(FILES))
        data = {**self.filled(form), **dict.fromkeys(form.files, file)}
        body = self.client._encode_data(data, "multipart/form-data; boundary=BoUnDaRyStRiNg")
        kind = "multipart/form-data; boundary=BoUnDaRyStRiNg"
        return {"method": "POST", "path": form.action, "data": body, "content_type": kind}

    def posted(self, method: str, path: str, data: dict[str, str]) -> dict[str, Any]:
        """A body of form fields."""
        body = self.encoded(data).encode()
        kind = "application/x-www-form-urlencoded"
        return {"method": method, "path": path, "data": body, "content_type": kind}

    @staticmethod
    def encoded(data: dict[str, str]) -> str:
        return urlencode(data, errors="surrogatepass")

    def nonsense(self) -> dict[str, Any]:
        """Any method at any address, with fields of any form."""
        path = self.address()
        if "pdf" in path and self.random.random() < 0.9:
            path = "/"
        method = self.random.choice(METHODS)
        names = [name for form in self.forms[-5:] for name in form.fields] or ["value"]
        chosen = self.random.sample(names, min(len(names), self.random.randint(0, 6)))
        data = {name: self.text() for name in chosen}
        if method == "GET":
            return {"method": method, "path": f"{path}?{self.encoded(data)}"}
        return self.posted(method, path, data)

    def body(self) -> dict[str, Any]:
        """A body that no form sends."""
        kind, body = self.random.choice(BODIES)
        path = self.random.choice(self.forms).action if self.forms else self.address()
        return {"method": "POST", "path": path, "data": body, "content_type": kind}

    def address(self) -> str:
        """Any address of the site, its variable parts filled with known keys or hostile ones."""
        pattern = self.random.choice(get_resolver().url_patterns)
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            given = quote(self.part(kind), safe="")
            for written in (f"<{kind}:{name}>", f"<{name}>"):
                route = route.replace(written, given)
        return f"/{route}"

    def part(self, kind: str) -> str:
        """What stands at a variable part of an address."""
        known = {
            "uuid": self.world.keys,
            "int": ["1", "2", "3"],
            "slug": self.world.questions,
        }.get(kind, [*self.world.tokens, "madr", "json", "csv", "answers", "decider-report/1"])
        return self.random.choice(known) if known and self.random.random() < 0.85 else self.text()

    def text(self) -> str:
        """Hostile text, or a key that means something elsewhere."""
        known = [*self.world.keys[:5], *self.world.questions, json.dumps({"a": 1})]
        return self.random.choice([*HOSTILE, *known])
