"""The words for keys in a report document that nobody has vouched for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from decider.engine.questionnaire.schema import (
    NOT_APPLICABLE,
    NOT_APPLICABLE_LABEL,
    UNKNOWN,
    UNKNOWN_LABEL,
)

LENGTH = 300
SPECIAL = {UNKNOWN: UNKNOWN_LABEL, NOT_APPLICABLE: NOT_APPLICABLE_LABEL}


class Labels:
    """Texts of questions, choices and sections, where a key without a text speaks for itself; and
    the weights of the sections by default."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.sections: dict[str, str] = {}
        self.weights: dict[str, Any] = {}
        self.questions: dict[str, str] = {}
        self.choices: dict[tuple[str, str], str] = {}
        for section in _rows(document.get("questionnaire"), "sections"):
            self.sections[section["key"]] = _text(section.get("title"))
            self.weights[section["key"]] = section.get("weight", 50)
            for question in _rows(section, "questions"):
                self.questions[question["key"]] = _text(question.get("text"))
                for choice in _rows(question, "choices"):
                    key = question["key"], choice["key"]
                    self.choices[key] = _text(choice.get("label"))

    def section(self, key: str) -> str:
        """The title of a section."""
        return self.sections.get(key) or key[:LENGTH]

    def question(self, key: str) -> str:
        """The text of a question."""
        return self.questions.get(key) or key[:LENGTH]

    def answer(self, question: str, value: str) -> str:
        """The label of a choice, or the words for a special answer."""
        return SPECIAL.get(value) or self.choices.get((question, value)) or value[:LENGTH]


def _rows(parent: Any, name: str) -> Iterator[dict[str, Any]]:
    """The objects with a key in a list, as far as there is one."""
    rows = parent.get(name) if isinstance(parent, dict) else None
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("key"), str):
            yield row


def _text(value: Any) -> str:
    return value[:LENGTH] if isinstance(value, str) else ""
