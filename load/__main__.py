"""Scenarios with stated limits, on a server of their own on the loopback.

`./dev load`, or only some of them: `./dev load answering saving`. Each runs on SQLite and on
PostgreSQL, or on one with `--database`. Exit 1 where a figure is over its limit.
"""

from __future__ import annotations

import argparse
import importlib
import sys

from load.databases import DATABASES, new_database

NAMES = {
    "answering": "100 architects who answer at once",
    "saving": "20 people who save reports and download PDFs beside them",
    "kills": "kill -9 of a worker and of the whole server while people save",
    "power": "power cuts while people save",
    "faults": "a full or failing disk, a database that is away, and a dead PDF worker",
}


def main(arguments: list[str]) -> int:
    """Run what is named; 0 where all is within its limits."""
    chosen = _parser().parse_args(arguments)
    within = True
    for name in chosen.scenarios or NAMES:
        for kind in chosen.database or DATABASES:
            print(f"== {NAMES[name]}, on {kind}: figure, limit, share of the limit", flush=True)
            scenario = importlib.import_module(f"load.{name}")
            on_own_disk = getattr(scenario, "ON_OWN_DISK", False)
            with new_database(kind, on_own_disk=on_own_disk) as database:
                within &= scenario.main(database, short=chosen.short)
    return 0 if within else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev load", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="scenario", help=", ".join(NAMES))
    parser.add_argument("--database", action="append", choices=DATABASES)
    parser.add_argument("--short", action="store_true", help="a short trial, which proves little")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
