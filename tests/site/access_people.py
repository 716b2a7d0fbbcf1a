"""Three people in browsers of their own, and the requests that they make."""

from __future__ import annotations

import itertools
import random
import re
import uuid
from http.cookies import Morsel, SimpleCookie
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from tests.conftest import client_of
from tests.site import access_rules as rules
from tests.site.access_rules import (
    ASK_PASSPHRASE,
    DONE,
    Assessment,
    Link,
    Report,
    World,
)

PEOPLE = ("Ada", "Bo", "Cy")
ASK_TO_SIGN_IN = 401
"""What pages get that need an account; Decider answers 302 and leads to the sign-in page."""

SIGN_IN_PAGE = "/account/login/"
PASSPHRASE = "correct horse"
KINDS = ("follows_newest", "may_comment", "has_passphrase")
MARK = re.compile(r"hush\d+x")

Sent = dict[str, Any] | None

people = st.sampled_from(PEOPLE)
which = st.integers(0, 5)


class Window(Client):
    """A browser: unlike a test client, it sends cookies only to the paths that they are for."""

    def __init__(self, cookies: SimpleCookie) -> None:
        super().__init__()
        self.jar: dict[tuple[str, str], Morsel[str]] = {}
        self.keep(cookies)

    def keep(self, cookies: SimpleCookie) -> None:
        """Keep these cookies, and drop those that are over."""
        for cookie in cookies.values():
            place = (cookie.key, cookie["path"] or "/")
            if cookie["max-age"] == 0:
                self.jar.pop(place, None)
            else:
                self.jar[place] = cookie

    def request(self, **request: Any) -> HttpResponse:
        """One request with the cookies for its path."""
        path = request["PATH_INFO"]
        self.cookies = SimpleCookie()
        for (name, below), cookie in self.jar.items():
            if path.startswith(below):
                self.cookies[name] = cookie.value
        response = super().request(**request)
        self.keep(response.cookies)
        return response

    def has_message(self) -> bool:
        """Whether the next page says something about what was done before."""
        return ("messages", "/") in self.jar


class ThreePeople(RuleBasedStateMachine):
    """What every action of theirs is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.world = World()
        self.marks = (f"hush{number}x" for number in itertools.count())
        self.keys = {name: uuid.uuid4() for name in PEOPLE}
        self.windows = {name: Window(client_of(key).cookies) for name, key in self.keys.items()}
        self.said_before: dict[str, set[str]] = {name: set() for name in PEOPLE}
        self.chance = random.Random()

    def teardown(self) -> None:
        """Nothing that was done stays."""
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def who(self, name: str) -> str:
        """The identity that somebody acts under."""
        return name

    def visible(self, name: str) -> set[str]:
        """The marks of all that somebody may see now."""
        return self.world.visible(self.who(name), name)

    def ask(self, name: str, address: str, sent: Sent = None) -> HttpResponse:
        """One request, whose answer must show nothing that is kept from whoever asks."""
        window = self.windows[name]
        shown = self.visible(name) | set(MARK.findall(str(sent)))
        if window.has_message():
            # It may say once more what could be seen when it was written.
            shown |= self.said_before[name]
        response = window.post(address, sent) if sent else window.get(address)
        told = f"{response.headers.items()} {response.content.decode()}"
        leaked = set(MARK.findall(told)) - shown
        assert not leaked, f"{name} was shown {leaked} at {address}"
        if sent:
            self.said_before[name] = shown
        return response

    def got(self, response: HttpResponse) -> int:
        """What an answer means."""
        address = getattr(response, "url", "")
        if address.startswith(SIGN_IN_PAGE):
            return ASK_TO_SIGN_IN
        if address.endswith("/passphrase/"):
            return ASK_PASSPHRASE
        return DONE if response.status_code == 302 else response.status_code

    def expected(self, name: str, role: int, needs: int) -> int:  # noqa: ARG002
        """What somebody gets where something asks for a role."""
        return rules.answer_to(role, needs)

    def look(self, name: str, address: str, expected: int) -> str:
        """Open a page, and compare what one gets; what it shows."""
        response = self.ask(name, address)
        got = self.got(response)
        assert got == expected, f"{name} got {got} instead of {expected} at {address}"
        return response.content.decode() if expected == DONE else ""

    def act(self, name: str, address: str, expected: int, sent: Sent = None) -> HttpResponse | None:
        """Send a form, and compare what one gets; the answer, None where it was kept from them."""
        response = self.ask(name, address, {"sent": "yes", **(sent or {})})
        got = self.got(response)
        assert got == expected, f"{name} got {got} instead of {expected} for {sent} to {address}"
        return response if expected == DONE else None

    def at(self, name: str, view: str, target: Assessment, needs: int, *more: int) -> bool:
        """Use a button of an assessment; whether it is open to them."""
        role = rules.role_now(target, self.who(name))
        address = reverse(view, args=[target.pk, *more])
        return self.act(name, address, self.expected(name, role, needs)) is not None

    def some_assessment(self, number: int) -> Assessment:
        """One of the assessments that there were."""
        return self.world.assessments[number % len(self.world.assessments)]

    def some_report(self, number: int) -> Report:
        """One of the reports."""
        return self.world.reports[number % len(self.world.reports)]

    def some_link(self, number: int) -> Link:
        """One of the share links."""
        return self.world.links[number % len(self.world.links)]


def key_in(address: str) -> str:
    """The key that an address names."""
    return re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", address)[0]
