"""Prepare this installation, then serve it from this process."""

from __future__ import annotations

import gc
import json
import os
import socket
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections
from granian.cli import cli as granian

import decider

APPLICATION: Final = "decider.rsgi:application"
HEADER_MILLISECONDS: Final = 20_000
"""How long the head of a request may take to arrive; `decider.rsgi` limits the rest."""
LOG_CONFIG: Final = Path(decider.__file__).with_name("server_log.json")
"""The log of Granian itself, as JSON too."""
KILL_SECONDS: Final = 30
"""How long a worker that is asked to stop may take."""


class Command(BaseCommand):
    help = (
        "Prepare this installation, then serve it on HOST and PORT with WORKERS processes of"
        " THREADS threads. A worker that dies is replaced. Variables of Granian, such as"
        " GRANIAN_SSL_CERTIFICATE, count as well."
    )

    requires_system_checks = ()  # `prepare` makes them, once there is a secret key

    def handle(self, **_options: Any) -> None:
        _need_free_port()
        _need_static_files()
        call_command("prepare")
        if settings.PRODUCTION:
            self.check(include_deployment_checks=True)
        self.stderr.write(f"Decider is on {settings.ADDRESS}")
        self.stderr.flush()
        if settings.METRICS_TOKEN:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="decider-metrics-")
        _serve()


def _serve() -> None:
    """Start the workers, and replace them where they die; returns when the server was stopped.

    Where the system can fork, workers begin as copies of this process, which has loaded everything
    by then: they start at once, and share that memory.
    """
    import_module(APPLICATION.partition(":")[0])
    connections.close_all()  # a connection to the database can't be shared by processes
    gc.freeze()  # garbage collection writes to what it looks at, which would end the sharing
    granian(granian_arguments(), prog_name="granian", auto_envvar_prefix="GRANIAN")


def granian_arguments() -> list[str]:
    """The arguments of Granian's command line."""
    host, port = _host_and_port()
    options = {
        "--interface": "rsgi",
        "--http": "1",
        "--host": host,
        "--port": port,
        "--workers": os.environ.get("WORKERS") or ("2" if settings.PRODUCTION else "1"),
        "--workers-kill-timeout": str(KILL_SECONDS),
        "--http1-header-read-timeout": str(HEADER_MILLISECONDS),
        "--log-level": "warning",
        **({"--log-config": str(LOG_CONFIG)} if settings.PRODUCTION else {}),
    }
    flags = ["--no-ws", "--respawn-failed-workers"]
    named = [part for option in options.items() for part in option]
    return [*named, *flags, APPLICATION]


def _need_free_port() -> None:
    """Raise CommandError where another server listens: it would share the port silently, and
    answer half of the requests."""
    host, port = _host_and_port()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, int(port)), family=family).close()
    except (OSError, ValueError, OverflowError):
        raise CommandError(
            f"{host}:{port} can't be used: is Decider running already? PORT=8001 takes another."
        ) from None


def _host_and_port() -> tuple[str, str]:
    return os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"


def _need_static_files() -> None:
    """Raise CommandError where a page could ask for a static file that was not collected."""
    if settings.DEBUG:
        return
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    collected = json.loads(manifest.read_bytes())["paths"] if manifest.exists() else {}
    ignored = StaticFilesConfig.ignore_patterns
    if any(path not in collected for finder in get_finders() for path, _ in finder.list(ignored)):
        raise CommandError(
            "The static files are not collected, or not all that these settings need. ./dev does"
            " that; without ./dev: python manage.py collectstatic --noinput"
        )
