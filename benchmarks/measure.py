"""Timing, and one way to print a figure beside its limit."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

Clock = Callable[[], float]


def median_ms(
    action: Callable[[], object],
    *,
    repeat: int,
    warm_up: int = 3,
    clock: Clock = time.perf_counter,
) -> float:
    """The median time of an action in milliseconds.

    With `time.process_time` as the clock, the time of this process alone: for work of one thread,
    on a machine that has other work.
    """
    for _ in range(warm_up):
        action()
    times = []
    for _ in range(repeat):
        start = clock()
        action()
        times.append(clock() - start)
    return statistics.median(times) * 1000


def line(name: str, value: float, limit: float, unit: str) -> bool:
    """Print a figure as a share of its limit, where that isn't 0; True if it is within."""
    within = value <= limit
    share = f"{value / limit:>6.2f}" if limit else f"{'':>6}"
    verdict = "" if within else "   OVER"
    print(f"{name:<58}{value:>10.3f} {unit:<4} limit {limit:>9.3f}  {share}{verdict}", flush=True)
    return within
