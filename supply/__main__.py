"""Look at the packages that the locks of a server name.

`./dev audit` asks for known vulnerabilities, `./dev licenses` lists the licences and refuses those
that are not allowed, `./dev sbom FILE` writes a bill of materials (CycloneDX, JSON).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

BIN: Final = Path(sys.executable).parent
ROOT: Final = Path(__file__).resolve().parent.parent
LOCKS: Final = [
    ROOT / f"requirements{extra}.txt"
    for extra in ("", "-accounts", "-metrics", "-pades", "-postgresql", "-sentry", "-tracing")
]
"""What can be installed on a server; tools of development are not among them."""

ALLOWED: Final = ["Apache", "BSD", "LGPL", "Lesser General Public", "MIT", "MPL", "Mozilla"]
ALLOWED += ["PSF", "Python Software Foundation"]
"""Parts of the names of licences under which a server may use a package. Of several licences of a
package, one is enough."""

FOUND, UNREACHABLE = 1, 4
"""Exit codes: a package is vulnerable or has another licence; the service can't be asked."""

UNKNOWN: Final = """\
The service of known vulnerabilities (that of the Python Package Index) could not be asked about \
{count} of {total} packages: this says nothing about them. Try again from a machine that \
reaches it.\
"""
SETTLED: Final = "What needs no service holds: {total} packages, pinned by hashes, fit together."


def audit(arguments: Sequence[str]) -> int:
    """Say which locked packages have known vulnerabilities; `arguments` are for pip-audit."""
    with tempfile.TemporaryDirectory() as folder, server_environment() as python:
        if run("uv", "pip", "check", "--quiet", "--python", str(python)):
            return FOUND
        report = Path(folder) / "audit.json"
        options = ["--disable-pip", "--require-hashes", "--format", "json", "--output", str(report)]
        run("pip-audit", *options, *arguments, *locks("--requirement"), quiet=True)
        # pip-audit passes where it could look at nothing, and its exit code tells no failure apart.
        found = json.loads(report.read_text()) if report.exists() else None
    code, text = verdict(found, len(locked_names()))
    print(text)
    return code


def verdict(found: dict[str, Any] | None, locked: int) -> tuple[int, str]:
    """The exit code and words for what pip-audit wrote, or for nothing written.

    `locked` packages are named by the locks, some of them for other kinds of machines.
    """
    packages = {package["name"]: package for package in found["dependencies"]} if found else {}
    asked = {name: package for name, package in packages.items() if "vulns" in package}
    total = len(packages) or locked
    vulnerabilities = [
        f"{name} {package['version']}: {known['id']}, fixed in {', '.join(known['fix_versions'])}"
        for name, package in asked.items()
        for known in package["vulns"]
    ]
    unasked = total - len(asked)
    lines = [*vulnerabilities, SETTLED.format(total=total)]
    if unasked:
        lines.append(UNKNOWN.format(count=unasked, total=total))
    if not vulnerabilities and not unasked:
        lines.append("None of them has a known vulnerability.")
    code = FOUND if vulnerabilities else UNREACHABLE if unasked else 0
    return code, "\n".join(lines)


def licenses(arguments: Sequence[str]) -> int:
    """List the licences; 1 if one is not among those allowed."""
    with server_environment() as python:
        allowed = ["--partial-match", "--allow-only", ";".join(ALLOWED)]
        return run("pip-licenses", "--python", str(python), "--from=mixed", *allowed, *arguments)


def sbom(arguments: Sequence[str]) -> int:
    """Write the bill of materials into a file, or to standard output."""
    with server_environment() as python:
        project = ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible"]
        target = ["--output-file", *arguments] if arguments else []
        return run("cyclonedx-py", "environment", *project, *target, str(python))


@contextmanager
def server_environment() -> Iterator[Path]:
    """The Python of an environment with exactly the locked packages of a server."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        made = run("uv", "venv", "--quiet", "--python", sys.executable, folder)
        options = ["--quiet", "--require-hashes", "--python", str(python)]
        if made or run("uv", "pip", "install", *options, *locks("--requirement")):
            sys.exit("The packages of the locks could not be installed; is their index reachable?")
        yield python


def locks(option: str) -> list[str]:
    """The locks as arguments."""
    return [part for lock in LOCKS for part in (option, str(lock))]


def locked_names() -> set[str]:
    """The packages that the locks name, on any kind of machine."""
    lines = [line for lock in LOCKS for line in lock.read_text().splitlines()]
    return {line.split("==")[0] for line in lines if line[:1].isalnum()}


def run(program: str, *arguments: str, quiet: bool = False) -> int:
    """Run a tool of the lock `requirements-supply.txt`; its exit code."""
    errors = subprocess.DEVNULL if quiet else None
    return subprocess.run([BIN / program, *arguments], stderr=errors, check=False).returncode


COMMANDS: Final[dict[str, Callable[[Sequence[str]], int]]] = {
    "audit": audit,
    "licenses": licenses,
    "sbom": sbom,
}

if __name__ == "__main__":
    sys.exit(COMMANDS[sys.argv[1]](sys.argv[2:]))
