"""100 architects answer at once, with three seconds of thought a question."""

from __future__ import annotations

from benchmarks.measure import line
from load.crowd import crowd, production, show
from load.databases import Database

ARCHITECTS = 100
SECONDS = 120
SHORT_SECONDS = 15
ARRIVAL_SECONDS = 80
"""About as long as an assessment takes them, so that they are at different questions: people who
come within seconds would all open the result at the same time, again and again."""
P99_MS = 250


def main(database: Database, *, short: bool = False) -> bool:
    """Print the figures; True if all are within their limits."""
    seconds = SHORT_SECONDS if short else SECONDS
    with production(database) as server:
        arrival = min(ARRIVAL_SECONDS, seconds)
        seen = crowd(server, seconds, arrival=arrival, architects=ARCHITECTS)
    show(seen)
    checks = [
        line(f"requests of {ARCHITECTS} architects that failed", seen.failed(), 0, ""),
        line(
            "once all are there, 99 of 100 requests within",
            seen.percentile(0.99, *seen.all_there()),
            P99_MS,
            "ms",
        ),
    ]
    return all(checks)
