"""Counts and times for Prometheus. Without DECIDER_METRICS_TOKEN, nothing is counted.

The processes of a server share theirs through files in PROMETHEUS_MULTIPROC_DIR, which the command
serve sets up.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any, Final

from django.conf import settings

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
COUNTS: Final = {
    "requests": ("Requests answered.", ("route", "method", "status")),
    "pdfs": ("PDFs asked for: kept, printed, or too much to print.", ("outcome",)),
}
TIMES: Final = {
    "request": ("Seconds from a request to its answer.", ("route",)),
    "pdf": ("Seconds to print a PDF.", ()),
}


def count(name: str, **labels: str) -> None:
    """Count one more of COUNTS."""
    if settings.METRICS_TOKEN:
        _labelled(_counter(name), labels).inc()


def took(name: str, seconds: float, **labels: str) -> None:
    """Add how long one of TIMES took."""
    if settings.METRICS_TOKEN:
        _labelled(_histogram(name), labels).observe(seconds)


def exposition() -> bytes:
    """What Prometheus reads."""
    from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _labelled(metric: Any, labels: dict[str, str]) -> Any:
    return metric.labels(**labels) if labels else metric


@cache
def _counter(name: str) -> Any:
    from prometheus_client import Counter

    return Counter(f"decider_{name}", *COUNTS[name])


@cache
def _histogram(name: str) -> Any:
    from prometheus_client import Histogram

    return Histogram(f"decider_{name}_seconds", *TIMES[name])
