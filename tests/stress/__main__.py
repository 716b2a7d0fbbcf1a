"""As many races, requests, slow clients, damaged files, random stories and examples for the engine
as the goals name, on SQLite and on PostgreSQL.

`./dev stress`, or only one of the names in FULL, then arguments of pytest.
"""

from __future__ import annotations

import sys

from tests.run import SIGN_IN, on_postgresql, run

FULL = {
    "saves": {"STRESS_SAVES": "1000"},
    "requests": {"STRESS_REQUESTS": "10000"},
    "attacks": {"STRESS_ATTACKS": "1"},
    "files": {"STRESS_FILES": "2000"},
    "access": {"STRESS_STORIES": "300"},
    "teams": {"STRESS_STORIES": "300"},
    "engine": {"STRESS_EXAMPLES": "2000"},
}
ELSEWHERE = {
    "access": ["tests/site/test_access_machine.py"],
    "teams": [*SIGN_IN, "tests/people/test_access_machine.py"],
    "engine": ["tests/engine"],
}
WITHOUT_DATABASE = {"engine"}


def main(arguments: list[str]) -> int:
    """Run what is named on both databases; 0 if all passed."""
    chosen = [name for name in FULL if name in arguments] or list(FULL)
    others = [argument for argument in arguments if argument not in FULL]
    pytest = ["pytest", "-q", "-rP", "--show-capture=stdout", *others]
    failed = []
    for name in chosen:
        command = [*pytest, *ELSEWHERE.get(name, [f"tests/stress/test_{name}.py"])]
        if run(f"{name} on SQLite", command, **FULL[name]):
            failed.append(f"{name} on SQLite")
        if name in WITHOUT_DATABASE:
            continue
        if on_postgresql(f"{name} on PostgreSQL", command, **FULL[name]):
            failed.append(f"{name} on PostgreSQL")
    print(f"Failed: {', '.join(failed)}" if failed else "All passed.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
