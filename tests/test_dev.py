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
    (tmp_path / "staticfiles").mkdir()
    tools = tmp_path / ".venv" / "bin"
    tools.mkdir(parents=True)
    for name in ("python", "granian"):
        (tools / name).write_text('#!/bin/sh\necho "$DECIDER_ADDRESS"\n')
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
