"""Commands with their output, and files to give them."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.bicycle import TEXT


@pytest.fixture
def run() -> Callable[..., str]:
    """A command's standard output."""

    def run(*arguments: str, **options: object) -> str:
        out = io.StringIO()
        call_command(*arguments, stdout=out, stderr=io.StringIO(), **options)
        return out.getvalue()

    return run


@pytest.fixture
def refused() -> Callable[..., str]:
    """What a command says when it fails with the exit code for bad input."""

    def refused(*arguments: str) -> str:
        with pytest.raises(CommandError) as raised:
            call_command(*arguments, stdout=io.StringIO(), stderr=io.StringIO())
        assert raised.value.returncode == 2
        return str(raised.value)

    return refused


@pytest.fixture
def stdin(monkeypatch) -> Callable[[str], None]:
    """Sets what a command reads from standard input."""

    def stdin(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return stdin


@pytest.fixture
def bicycle_file(tmp_path) -> Path:
    """A questionnaire file to change."""
    path = tmp_path / "which-bicycle.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def broken_file(bicycle_file) -> Path:
    """A questionnaire file with two errors."""
    text = TEXT.replace("value: 2,", "value: 3,", 1).replace(
        "shown_when: {question: load", "shown_when: {question: lood"
    )
    bicycle_file.write_text(text, encoding="utf-8")
    return bicycle_file
