"""The questionnaire of tests/data/how-to-heat.yaml, as text, as data and parsed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from decider.base.files import read_yaml
from decider.engine.questionnaire.parse import parse
from decider.engine.questionnaire.schema import Questionnaire
from decider.engine.report.document import Document, build_document

PATH = Path(__file__).parent / "data" / "how-to-heat.yaml"

CONDITIONAL = {
    **{"street": "unknown", "neighbours": "close", "noise": "lax"},
    **{"air": "limited", "walls": "poor", "hands": "nobody"},
}
"""Answers for pellets with a filter, for district heating if a pipe comes, against the stove."""

OPEN = {**CONDITIONAL, "street": "none", "noise": "unknown", "walls": "good"}
"""Answers that may rule out the pump, and by which district heating is no candidate."""

QUIET = {**CONDITIONAL, "noise": "strict"}
"""Answers by which the pump is too loud, which a quotation says."""

TEXT = PATH.read_text(encoding="utf-8")


def data() -> dict[str, Any]:
    """The data of the file, new each time, to be changed as a test likes."""
    return read_yaml(TEXT)


def report(**answers: str) -> Document:
    """A report on the house with these answers."""
    return build_document(
        questionnaire=heating(),
        version=1,
        title="House",
        context="Built in 1964.",
        answers=answers,
        notes={},
        weights={},
    )


def heating() -> Questionnaire:
    """The questionnaire of the file."""
    return parse(data())
