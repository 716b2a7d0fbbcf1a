"""How often somebody may do what costs the server much; all processes count together."""

from __future__ import annotations

import ipaddress
import logging
import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from decider.web.errors import Explain
from decider.web.models import Use

log = logging.getLogger(__name__)

KEPT_SECONDS: Final = 24 * 3600
"""No limit counts over a longer time."""
IPV6_NETWORK: Final = 64
"""Whoever has an IPv6 address has all those that share its first bits, this many."""

RARE: Final = "00"
"""How one of 256 keys ends: whoever has such a key cleans up for everybody."""

# One statement, so that those who come at the same moment are all counted.
COUNT: Final = """
INSERT INTO decider_use (key, since, times) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
    times = CASE WHEN decider_use.since <= %s THEN 1 ELSE decider_use.times + 1 END,
    since = CASE WHEN decider_use.since <= %s THEN excluded.since ELSE decider_use.since END
RETURNING since, times
"""


class TooOften(Exception):
    """Something was done as often as it may be; it can be done again in so many `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds

    @property
    def at(self) -> datetime:
        """When it can be done again."""
        return datetime.fromtimestamp(time.time() + self.seconds, UTC)


@dataclass(frozen=True)
class Limit:
    """So many `times` within so many `seconds` from the first time.

    Where nothing can be counted, nobody is kept from anything: what they want to save will fail by
    itself, and reading goes on. Only with `is_strict` the DatabaseError is raised.
    """

    name: str
    times: int
    seconds: int
    is_strict: bool = False

    def spend(self, who: str) -> None:
        """Count once more; raises TooOften beyond the limit."""
        now, key = math.floor(time.time()), self._key(who)
        try:
            since, times = _count(key, now, now - self.seconds)
            if times == 1 and key.endswith(RARE):
                forget_old_uses()
        except DatabaseError:
            if self.is_strict:
                raise
            log.warning("The use of %s could not be counted", self.name, exc_info=True)
            return
        if times > self.times:
            raise TooOften(since + self.seconds - now)

    def forget(self, who: str) -> None:
        """Count from the beginning again."""
        Use.objects.filter(key=self._key(who)).delete()

    def _key(self, who: str) -> str:
        return salted_hmac("decider.web.limits", f"{self.name} {who}").hexdigest()[:64]


@transaction.atomic
def _count(key: str, now: int, too_old: int) -> tuple[int, int]:
    """Since when, and how often with this time."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, now, too_old, too_old])
        since, times = cursor.fetchone()
    return since, times


def forget_old_uses() -> None:
    """Remove what no limit counts any more."""
    Use.objects.filter(since__lt=time.time() - KEPT_SECONDS).delete()


def address_of(request: HttpRequest) -> str:
    """The address that a request comes from, by what the outermost of our proxies saw."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    known = hops[-settings.TRUSTED_PROXIES :] if settings.TRUSTED_PROXIES else []
    text = known[0] if len(known) == settings.TRUSTED_PROXIES and known else _peer(request)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return _peer(request)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
    return str(address)


def _peer(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


class ExplainTooOften(Explain):
    """Middleware: says when something can be done again that was done too often."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Every answer; where accounts say no more than that it was too often, after a minute."""
        response = super().__call__(request)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers.setdefault("Retry-After", "60")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for TooOften; None leaves other exceptions to others."""
        if not isinstance(error, TooOften):
            return None
        context = {"at": error.at, "minutes": math.ceil(error.seconds / 60)}
        page = render(request, "429.html", context, status=429)
        page.headers["Retry-After"] = str(error.seconds)
        page.headers["Cache-Control"] = "no-store"
        return page
