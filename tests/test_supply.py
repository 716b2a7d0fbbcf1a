"""What is said about the packages that a server is built on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from supply import __main__ as supply

VULNERABILITY = {
    "id": "CVE-2099-1",
    "fix_versions": ["2.1", "3.0"],
    "aliases": [],
    "description": "",
}


def package(name, *vulnerabilities):
    """What pip-audit says about a package that the service knows."""
    return {"name": name, "version": "2.0", "vulns": list(vulnerabilities)}


SKIPPED = {"name": "attrs", "skip_reason": "not found"}
NOTHING_ASKED = (
    "What needs no service holds: 2 packages, pinned by hashes, fit together.\n"
    "The service of known vulnerabilities (that of the Python Package Index) could not be asked"
    " about 2 of 2 packages: this says nothing about them."
    " Try again from a machine that reaches it."
)


def test_packages_without_holes_pass():
    found = {"dependencies": [package("attrs"), package("django")]}
    assert supply.verdict(found, 3) == (
        0,
        "What needs no service holds: 2 packages, pinned by hashes, fit together.\n"
        "None of them has a known vulnerability.",
    )


def test_vulnerability_is_named_and_fails():
    found = {"dependencies": [package("django", VULNERABILITY), package("attrs")]}
    code, text = supply.verdict(found, 2)
    assert (code, text.splitlines()[0]) == (1, "django 2.0: CVE-2099-1, fixed in 2.1, 3.0")


@pytest.mark.parametrize(
    "found",
    [None, {"dependencies": [SKIPPED, {**SKIPPED, "name": "django"}]}],
    ids=["no answer", "skipped"],
)
def test_service_that_can_not_be_asked_is_no_pass(found):
    assert supply.verdict(found, 2) == (4, NOTHING_ASKED)


def test_hole_counts_more_than_packages_that_could_not_be_asked_about():
    code, text = supply.verdict({"dependencies": [package("django", VULNERABILITY), SKIPPED]}, 2)
    assert code == 1
    assert "about 1 of 2 packages" in text


@pytest.fixture
def tools(tmp_path, monkeypatch) -> Path:
    """A folder of tools that write down how they are called."""
    for name in ("uv", "pip-audit", "pip-licenses", "cyclonedx-py"):
        (tmp_path / name).write_text(f'#!/bin/sh\necho {name} "$@" >> {tmp_path}/calls\n')
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(supply, "BIN", tmp_path)
    return tmp_path


def calls(folder: Path) -> list[str]:
    """How the tools were called."""
    return (folder / "calls").read_text().splitlines()


def test_audit_that_wrote_nothing_is_no_pass(tools, capsys):
    assert supply.audit([]) == 4
    assert "this says nothing about them" in capsys.readouterr().out


def test_audit_reads_what_the_tool_wrote(tools, capsys):
    answer = json.dumps({"dependencies": [package("django", VULNERABILITY)]})
    script = f"#!/bin/sh\nwhile [ $1 != --output ]; do shift; done\necho '{answer}' > $2; exit 1\n"
    (tools / "pip-audit").write_text(script)
    assert supply.audit([]) == 1
    assert "django 2.0: CVE-2099-1" in capsys.readouterr().out


def test_bill_is_made_of_an_environment_with_the_locked_packages_only(tools):
    assert supply.sbom(["sbom.json"]) == 0
    venv, install, bill = calls(tools)
    folder = venv.split()[-1]
    assert install.startswith(f"uv pip install --quiet --require-hashes --python {folder}/bin")
    assert [Path(part).name for part in install.split() if part.endswith(".txt")] == [
        lock.name for lock in supply.LOCKS
    ]
    assert bill.endswith(f"--output-file sbom.json {folder}/bin/python")


def test_every_extra_that_settings_can_ask_for_is_looked_at():
    root = supply.ROOT
    extras = {path.name for path in root.glob("requirements*.txt")}
    tools = {
        f"requirements-{name}.txt" for name in ("conformance", "dev", "fuzz", "load", "supply")
    }
    assert {lock.name for lock in supply.LOCKS} == extras - tools


def test_packages_that_can_not_be_installed_stop_the_command(tools):
    (tools / "uv").write_text("#!/bin/sh\nexit 2\n")
    with pytest.raises(SystemExit, match="could not be installed"):
        supply.licenses([])


def test_license_that_is_not_meant_fails_the_command(tools):
    (tools / "pip-licenses").write_text('#!/bin/sh\necho "$@" > $(dirname $0)/asked; exit 1\n')
    assert supply.licenses(["--format=csv"]) == 1
    asked = (tools / "asked").read_text()
    assert "--partial-match --allow-only Apache;BSD;LGPL;" in asked
    assert asked.endswith(" --format=csv\n")
