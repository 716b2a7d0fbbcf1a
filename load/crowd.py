"""Runs Locust's people against a server, and reads what they saw."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from load.databases import Database
from tests.stress.served import ROOT, Served, is_free, served, wait_until

GOT_PDF = "wait for the PDF"
"""The name of the time from asking for a PDF to having it."""
ARRIVING = "arriving: "
"""What the names of requests begin with while not all people have come yet."""
ARRIVAL_SECONDS = 10
WORKERS = 2
END_SECONDS = 30
LONGEST_END_SECONDS = 150
"""How long people may take to finish what they are at, when time is up."""


@dataclass
class Seen:
    """What people saw: times in milliseconds (as Locust rounds them) and how often, by name."""

    times: dict[str, Counter[int]] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def count(self, *names: str) -> int:
        """How many requests with one of these names there were; of all without a name."""
        return self._merged(names).total()

    def all_there(self) -> list[str]:
        """The names of the requests made once all people had come."""
        return [name for name in self.times if not name.startswith(ARRIVING)]

    def failed(self, *names: str) -> int:
        """How many of them failed."""
        return sum(self.failures.get(name, 0) for name in names or self.failures)

    def percentile(self, share: float, *names: str) -> float:
        """The time within which this share of them was answered; of all without a name."""
        times = self._merged(names)
        left = share * times.total()
        for time, how_many in sorted(times.items()):
            left -= how_many
            if left <= 0:
                return time
        return float("inf")

    def _merged(self, names: Iterable[str]) -> Counter[int]:
        return sum((self.times.get(name, Counter()) for name in names or self.times), Counter())


@contextmanager
def production(database: Database, port: int = 0, **variables: str) -> Iterator[Served]:
    """A server for others with WORKERS processes, behind a proxy, without limits of use; the
    secret key is the one that it makes itself."""
    settings = {"WORKERS": str(WORKERS), "DECIDER_TRUSTED_PROXIES": "1", "DECIDER_LIMITS": "0"}
    settings["DECIDER_SECRET_KEY"] = ""
    folder = database.folder
    with served(folder, command="serve", port=port, **settings, **variables) as server:
        yield server


def kill_all(server: Served) -> None:
    """Kill a server with all of its processes."""
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()
    wait_until(lambda: is_free(server.port), END_SECONDS)


def crowd(
    server: Served,
    seconds: int,
    *,
    arrival: int = ARRIVAL_SECONDS,
    architects: int = 0,
    report_makers: int = 0,
) -> Seen:
    """Let so many people use a server, for so many seconds from when all have come; `arrival` is
    how many seconds that takes."""
    seconds += arrival
    counts = {"Architect": architects, "ReportMaker": report_makers}
    chosen = [name for name, count in counts.items() if count]
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("locust")), "-f", "load/people.py"]
        command += ["--headless", "--only-summary", "--loglevel", "WARNING", "--skip-log"]
        people = sum(counts.values())
        command += ["--users", str(people), "--spawn-rate", str(people / arrival)]
        command += ["--run-time", f"{seconds}s", "--stop-timeout", str(LONGEST_END_SECONDS)]
        command += ["--host", f"http://127.0.0.1:{server.port}"]
        command += ["--json-file", f"{folder}/seen", "--csv", f"{folder}/seen"]
        subprocess.run(
            [*command, *chosen],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "DECIDER_ADDRESS": server.address,
                "ARCHITECTS": str(architects),
                "REPORT_MAKERS": str(report_makers),
            },
            check=False,  # it is not 0 where a request failed, which the figures say
            timeout=seconds + LONGEST_END_SECONDS + 30,
        )
        return _read(Path(folder))


def _read(folder: Path) -> Seen:
    with (folder / "seen_failures.csv").open(encoding="utf-8") as file:
        seen = Seen(errors=[f"{row['Name']}: {row['Error']}" for row in csv.DictReader(file)])
    for entry in json.loads((folder / "seen.json").read_text()):
        name = entry["name"]
        times = {int(float(time)): count for time, count in entry["response_times"].items()}
        seen.times[name] = seen.times.get(name, Counter()) + Counter(times)
        seen.failures[name] = seen.failures.get(name, 0) + entry["num_failures"]
    return seen


def show(seen: Seen) -> None:
    """A table of what was asked for how often, and how long it took."""
    print(f"{'':<30}{'requests':>10}{'failed':>8}{'median':>8}{'p95':>8}{'p99':>8} ms")
    for name in sorted(seen.times):
        cells = [seen.percentile(share, name) for share in (0.5, 0.95, 0.99)]
        print(f"{name:<30}{seen.count(name):>10}{seen.failed(name):>8}", end="")
        print("".join(f"{cell:>8}" for cell in cells), flush=True)
    for error in seen.errors:
        print(f"FAILED {error}", flush=True)
