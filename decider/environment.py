"""How environment variables are read: typed, and loud about mistakes."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_flag(name: str, *, default: bool) -> bool:
    """An on/off variable; anything but 1, true, yes, on, 0, false, no, off is refused."""
    text = os.environ.get(name, "").strip().lower()
    if text in ("1", "true", "yes", "on"):
        return True
    if text in ("0", "false", "no", "off"):
        return False
    if text:
        raise ImproperlyConfigured(f"{name} is {text!r}; write 1 or 0.")
    return default


def env_list(name: str, *, default: list[str]) -> list[str]:
    """A variable with items separated by commas."""
    items = [item.strip() for item in os.environ.get(name, "").split(",")]
    return [item for item in items if item] or default


def env_address(name: str, *, default: str) -> str:
    """An http or https address without a trailing slash; nothing where the default is nothing."""
    address = os.environ.get(name, "").strip().rstrip("/") or default
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ImproperlyConfigured(f"{name} is {address!r}; write one like https://example.org.")
    return address


def env_number(name: str, *, default: int) -> int:
    """A whole number, zero or more."""
    text = os.environ.get(name, "").strip()
    if text and not text.isdecimal():
        raise ImproperlyConfigured(f"{name} is {text!r}; write a number like {default}.")
    return int(text) if text else default


def env_path(name: str) -> Path | None:
    """A variable with the path of a file; None where it is empty."""
    text = os.environ.get(name, "").strip()
    return Path(text) if text else None


def static_of(*packages: str) -> list[Path]:
    """The folders of static files of optional packages, where all of them are installed.

    Collected whatever apps the settings name, the files serve every choice of settings. Nothing is
    imported.
    """
    names = [package.partition(".") for package in packages]
    specs = [(find_spec(top), parts) for top, _, parts in names]
    if not all(spec for spec, _ in specs):
        return []
    folders = [(Path(str(spec.origin)).parent, parts) for spec, parts in specs if spec]
    return [folder.joinpath(*parts.split("."), "static") for folder, parts in folders]


def need_package(name: str, *, variable: str, extra: str) -> None:
    """Refuse a variable that asks for an optional part of Decider that is not installed."""
    if find_spec(name) is None:
        raise ImproperlyConfigured(
            f"{variable} needs the package {name}, which is not installed. ./dev installs it;"
            f" without ./dev type: pip install -r requirements-{extra}.txt"
        )


CONSOLE = "console:"
"""In place of a mail server: prints e-mails on the standard output, for development."""


class MailServer(NamedTuple):
    """An SMTP server; `tls` from the first byte, `starttls` after the greeting."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    starttls: bool


def mail_server(address: str) -> MailServer:
    """The server of an address like smtp+starttls://user:password@host:port."""
    parts = urlsplit(address)
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured(
            "DECIDER_MAIL_URL can't be read; write one like"
            " smtp+starttls://user:password@mail.example.org:587, smtps://, smtp:// or console:."
        )
    return MailServer(
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp+starttls",
    )


def insert_after(items: list[str], place: str, *more: str) -> None:
    """Put more items into a list, behind the one that is `place`."""
    index = items.index(place) + 1
    items[index:index] = more


MIN_KEY_LENGTH = 32


def secret_key(text: str) -> str:
    """A key, or nothing; one that could be guessed is refused."""
    key = text.strip()
    if key and (len(key) < MIN_KEY_LENGTH or len(set(key)) < MIN_KEY_LENGTH // 4):
        raise ImproperlyConfigured(
            f"the secret key has {len(key)} characters, {len(set(key))} of them different; it"
            f" needs {MIN_KEY_LENGTH} random ones, like those of: openssl rand -base64 48."
        )
    return key


def kept_secret_key(path: Path) -> str:
    """The key in this file; nothing where `manage.py prepare` has not made it yet."""
    return secret_key(path.read_text(encoding="utf-8")) if path.exists() else ""


def refuse_unsafe_production(settings: dict[str, Any]) -> None:
    """Raise ImproperlyConfigured with all that these settings lack for a server for others."""
    problems = [problem for is_unsafe, problem in _unsafe(settings) if is_unsafe]
    if problems:
        lines = "".join(f"\n  - {problem}" for problem in problems)
        raise ImproperlyConfigured(f"DECIDER_PRODUCTION=1 asks for a safe server.{lines}")


def _unsafe(settings: dict[str, Any]) -> list[tuple[bool, str]]:
    proxies = os.environ.get("DECIDER_TRUSTED_PROXIES", "").strip()
    return [
        (
            settings["DEBUG"],
            "DECIDER_DEBUG is on, which shows settings and code to everybody: set it to 0.",
        ),
        (
            not settings["HTTPS"],
            f"DECIDER_ADDRESS is {settings['ADDRESS']}, over which cookies can be read on their"
            " way: set it to the https:// address that people type.",
        ),
        (
            "*" in settings["ALLOWED_HOSTS"],
            "DECIDER_ALLOWED_HOSTS allows every name: leave it empty, or list the names of this"
            " server.",
        ),
        (
            not proxies,
            "DECIDER_TRUSTED_PROXIES is not set, so that limits may count everybody as one: set it"
            " to 1 with a proxy in front, or to 0 without one.",
        ),
        (
            settings["MAIL_URL"] == CONSOLE,
            "DECIDER_MAIL_URL=console: prints e-mails, which hold secrets: set it to a mail server,"
            " or leave it empty.",
        ),
        (
            proxies == "0" and bool(settings["PROXY_USER_HEADER"]),
            "DECIDER_PROXY_USER_HEADER lets a proxy say who somebody is, but"
            " DECIDER_TRUSTED_PROXIES is 0: without a proxy everybody could say so.",
        ),
    ]
