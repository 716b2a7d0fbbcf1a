"""The questionnaire of tests/data/which-bicycle.yaml, as text, as data and parsed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from decider.base.files import read_yaml
from decider.engine.questionnaire.parse import parse
from decider.engine.questionnaire.schema import Questionnaire

PATH = Path(__file__).parent / "data" / "which-bicycle.yaml"
TEXT = PATH.read_text(encoding="utf-8")


def data() -> dict[str, Any]:
    """The data of the file, new each time, to be changed as a test likes."""
    return read_yaml(TEXT)


def bicycle() -> Questionnaire:
    """The questionnaire of the file."""
    return parse(data())


def at(root: Any, *path: str | int) -> Any:
    """What stands at a path of keys and positions."""
    for part in path:
        root = root[part]
    return root


def question(root: Any, key: str) -> Any:
    """The data of one question."""
    return next(q for s in root["sections"] for q in s["questions"] if q["key"] == key)
