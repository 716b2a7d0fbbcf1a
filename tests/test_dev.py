"""What `./dev` tells the programs that it starts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with `dev`, set up already, whose Python prints the address that it is given."""
    shutil.copy(settings.BASE_DIR / "dev", tmp_path)
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "static").mkdir()
    (tmp_path / "decider").mkdir()
    (tmp_path / "decider" / "settings.py").touch()
    (tmp_path / "staticfiles").mkdir()
    tools = tmp_path / ".venv" / "bin"
    tools.mkdir(parents=True)
    for name in ("python", "granian"):
        (tools / name).write_text('#!/bin/sh\nprintf "%s\\n" "$DECIDER_ADDRESS"\n')
        (tools / name).chmod(0o755)
    version = subprocess.check_output([sys.executable, "-V"], text=True).strip()
    stamp = subprocess.check_output(["cksum"], stdin=subprocess.DEVNULL, text=True).strip()
    (tmp_path / ".venv" / ".installed-requirements.txt").write_text(f"{stamp} {version}")
    return tmp_path


@pytest.mark.parametrize("command", ["run", "manage"])
@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"PORT": "8130"}, "http://127.0.0.1:8130"),
        ({"HOST": "10.0.0.1", "PORT": "8130"}, "http://10.0.0.1:8130"),
        ({"PORT": "8130", "DECIDER_ADDRESS": "https://d.example"}, "https://d.example"),
    ],
)
def test_server_and_commands_get_one_address(folder, command, variables, address):
    own = {"PATH": os.environ["PATH"], "PYTHON": sys.executable, "DECIDER_DATABASE_URL": "none"}
    told = subprocess.check_output(
        ["./dev", command],
        cwd=folder,
        env={**own, **variables},
        text=True,
        stderr=subprocess.DEVNULL,
    )
    assert told.splitlines()[-1] == address


@pytest.mark.parametrize(
    ("variables", "locks"),
    [
        ({"DECIDER_DATABASE_URL": "sqlite:///d"}, []),
        ({"DECIDER_DATABASE_URL": "postgres://d"}, ["requirements-postgresql.txt"]),
        (
            {"DECIDER_DATABASE_URL": "postgresql://d", "DECIDER_SIGNING_CERTIFICATE": "d.p12"},
            ["requirements-postgresql.txt", "requirements-pades.txt"],
        ),
        ({"DECIDER_SIGN_IN": "0"}, []),
        ({"DECIDER_SIGN_IN": "1"}, ["requirements-accounts.txt"]),
    ],
    ids=["none", "postgresql", "both", "no sign-in", "sign-in"],
)
def test_extras_that_the_settings_ask_for_are_installed_once(folder, variables, locks):
    pip = folder / ".venv" / "bin" / "pip"
    pip.write_text('#!/bin/sh\nprintf "%s\n" "$*" >> installed\n')
    pip.chmod(0o755)
    for name in ("accounts", "pades", "postgresql"):
        (folder / f"requirements-{name}.txt").write_text("pinned")
    own = {"PATH": os.environ["PATH"], "PYTHON": sys.executable}
    for _ in range(2):
        subprocess.run(["./dev", "manage"], cwd=folder, env={**own, **variables}, check=True)
    log = folder / "installed"
    installed = log.read_text().splitlines() if log.exists() else []
    assert [line.split()[-1] for line in installed] == locks
    assert all("--require-hashes" in line for line in installed)


def told(folder, file, variables=None):
    """The address that a program gets from ./dev beside this .env."""
    (folder / ".env").write_text(file)
    own = {"PATH": os.environ["PATH"], "PYTHON": sys.executable, "DECIDER_DATABASE_URL": "none"}
    return subprocess.run(
        ["./dev", "manage"],
        cwd=folder,
        env={**own, **(variables or {})},
        text=True,
        capture_output=True,
    )


@pytest.mark.parametrize(
    ("file", "value"),
    [
        ("DECIDER_ADDRESS=pa$word `id` $(id) \\n # no\n", "pa$word `id` $(id) \\n # no"),
        ("DECIDER_ADDRESS='a b'", "a b"),
        ('# a comment\n\nDECIDER_ADDRESS="a\'b=c"\r\n', "a'b=c"),
        ("DECIDER_ADDRESS=first\nDECIDER_ADDRESS=second\n", "first"),
    ],
    ids=["literal", "quoted", "comment", "twice"],
)
def test_values_of_the_file_are_taken_as_they_are(folder, file, value):
    assert told(folder, file).stdout.splitlines()[-1] == value


def test_environment_is_stronger_than_the_file(folder):
    done = told(folder, "PORT=8200\nHOST=10.0.0.1\n", {"PORT": "8001"})
    assert done.stdout.splitlines()[-1] == "http://10.0.0.1:8001"


@pytest.mark.parametrize("line", ["PORT", "PORT = 1", "2PORT=1", "export PORT=1", "=1", "A-B=1"])
def test_line_that_is_no_setting_is_refused(folder, line):
    done = told(folder, f"A=1\n{line}\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert ".env, line 2: write NAME=value" in done.stderr
