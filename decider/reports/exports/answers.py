"""A saved report as files for other programs."""

from __future__ import annotations

import csv
import io
import re
from typing import Final

import yaml

from decider.engine.questionnaire.schema import UNKNOWN
from decider.engine.report.document import Document
from decider.presentation.answers import Answer
from decider.presentation.report import present_report

COLUMNS: Final = (
    *("number", "section", "question", "status", "answer", "note", "weight"),
    *("question_key", "answer_key"),
)
_FORMULA: Final = re.compile(r"(^|[;\t\n]\s*)(?=[=+@\t\r-])")
"""Where a spreadsheet would begin a formula: at the start of a cell, and behind what separates
cells in some countries."""


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """A text as a scalar, in the style that is easiest to read."""
        style = "|" if "\n" in text else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _Dumper.represent_text)


def render_answers_yaml(document: Document) -> str:
    """An answers file that `decide` reads: title, context, weights, answers and notes.

    A note on a question without an answer makes that question's answer unknown, for an answers
    file holds notes on answers only; both count the same.
    """
    notes = {key: note for key, note in document.notes.items() if note.strip()}
    content = {
        "questionnaire": document.questionnaire.content.key,
        "title": document.title,
        "context": document.context,
        "weights": document.weights,
        "answers": _in_order(document, {**dict.fromkeys(notes, UNKNOWN), **document.answers}),
        "notes": _in_order(document, notes),
    }
    text: str = yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=96)
    return text


def _in_order(document: Document, found: dict[str, str]) -> dict[str, str]:
    """Rows by question, in the order of the questionnaire."""
    sections = document.questionnaire.content.sections
    asked = (question.key for section in sections for question in section.questions)
    return {key: found[key] for key in asked if key in found}


def render_answers_csv(document: Document) -> str:
    """Every asked question in order, a row each, under the names in COLUMNS."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for answer in present_report(document).answers:
        key = document.answers.get(answer.key, "")
        writer.writerow([_cell(value) for value in (*_row(answer), key)])
    return stream.getvalue()


def _row(answer: Answer) -> tuple[object, ...]:
    return (
        *(answer.number, answer.section, answer.question, answer.status, answer.label),
        *(answer.note, answer.weight, answer.key),
    )


def _cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula is set behind an apostrophe."""
    return _FORMULA.sub(r"\1'", value) if isinstance(value, str) else value
