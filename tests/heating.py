"""The questionnaire of tests/data/how-to-heat.yaml, as text, as data and parsed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from decider.base.files import read_yaml
from decider.engine.questionnaire.parse import parse
from decider.engine.questionnaire.schema import Questionnaire

PATH = Path(__file__).parent / "data" / "how-to-heat.yaml"
TEXT = PATH.read_text(encoding="utf-8")


def data() -> dict[str, Any]:
    """The data of the file, new each time, to be changed as a test likes."""
    return read_yaml(TEXT)


def heating() -> Questionnaire:
    """The questionnaire of the file."""
    return parse(data())
