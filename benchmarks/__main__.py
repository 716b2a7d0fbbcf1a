"""`./dev bench`: every benchmark, or those named: `./dev bench web`. Exit 1 if one is over."""

from __future__ import annotations

import importlib
import sys

NAMES = ["judgement", "engine", "web", "growth", "serving", "browser", "pdf", "printing", "proof"]


def main(names: list[str]) -> int:
    """Run the benchmarks in this one process, so that their ratios compare."""
    within = True
    for name in names or NAMES:
        print(f"== {name}: figure, limit, share of the limit")
        within &= importlib.import_module(f"benchmarks.{name}").main()
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
