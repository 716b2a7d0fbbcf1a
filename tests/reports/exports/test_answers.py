"""Files for other programs."""

from __future__ import annotations

import csv
import io

import pytest

from decider.base.files import read_yaml
from decider.engine.questionnaire.parse import parse
from decider.questionnaires.answer_files import parse_answers_file
from decider.reports.exports.answers import COLUMNS, render_answers_csv, render_answers_yaml
from tests.presentation.builders import QUESTIONNAIRE, RULED_OUT, USUAL, document

TEXTS = [
    "no",
    "a: b # c",
    "Two\n\nparagraphs, the second with\n  an indented line",
    "\u4ed8\u6b3e \U0001f680 \u05e9",
    "'quoted' \"twice\"",
    "x" * 3000,
]


@pytest.mark.parametrize("text", TEXTS)
def test_answers_file_reads_back_as_what_was_saved(text) -> None:
    title = " ".join(text[:100].split())
    made = document(title=title, context=text[:2000], notes={"minutes": text})
    read = parse_answers_file(parse(QUESTIONNAIRE), read_yaml(render_answers_yaml(made)))
    assert read.answers == USUAL
    assert read.notes == {"minutes": text}
    assert (read.title, read.context) == (title, text[:2000])
    assert read.weights == made.weights


def test_hidden_answers_are_kept_in_an_answers_file() -> None:
    made = document({**RULED_OUT, "guests": "never"})
    read = parse_answers_file(parse(QUESTIONNAIRE), read_yaml(render_answers_yaml(made)))
    assert read.answers == {**RULED_OUT, "guests": "never"}


def test_note_without_an_answer_makes_the_answer_unknown() -> None:
    made = document({"minutes": "long"}, notes={"rain": "Ask the porter."})
    read = parse_answers_file(parse(QUESTIONNAIRE), read_yaml(render_answers_yaml(made)))
    assert read.answers == {"rain": "unknown", "minutes": "long"}


def test_text_of_several_lines_is_a_block() -> None:
    assert "context: |-\n  One\n  two\n" in render_answers_yaml(document(context="One\ntwo"))


def rows(made) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_answers_csv(made))))


def test_table_holds_every_asked_question_in_order() -> None:
    table = rows(document(notes={"minutes": 'Fifty, "with" the\nwalk'}))
    assert tuple(table[0]) == COLUMNS
    assert [row["question_key"] for row in table] == ["how-many", "guests", "minutes", "rain"]
    assert table[2] == {
        "number": "3",
        "section": "Time and weather",
        "question": "How long is the break?",
        "status": "chosen",
        "answer": "An hour or more",
        "note": 'Fifty, "with" the\nwalk',
        "weight": "2",
        "question_key": "minutes",
        "answer_key": "long",
    }


def test_table_tells_unknown_from_unanswered() -> None:
    table = rows(document({"minutes": "unknown"}))
    assert [(row["status"], row["answer_key"]) for row in table] == [
        ("unanswered", ""),
        ("unknown", "unknown"),
        ("unanswered", ""),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_note_can_not_become_a_formula(start) -> None:
    table = rows(document(notes={"minutes": f"{start}cmd|' /C calc'!A0"}))
    assert table[2]["note"].startswith(f"'{start}")


def test_answers_and_notes_are_in_the_order_of_the_questionnaire() -> None:
    given = dict(reversed(USUAL.items()))
    made = document(given, notes={"rain": "Wet.", "how-many": "Six."})
    read = read_yaml(render_answers_yaml(made))
    assert list(read["answers"]) == ["how-many", "guests", "minutes", "rain"]
    assert list(read["notes"]) == ["how-many", "rain"]


@pytest.mark.parametrize("separator", [";", "\t", "\n", "; "])
def test_formula_behind_what_separates_cells_elsewhere_is_no_formula(separator) -> None:
    text = render_answers_csv(document(notes={"minutes": f"Fifty{separator}=1+1"}))
    assert f"Fifty{separator}'=1+1" in text


def test_every_field_of_the_table_is_quoted() -> None:
    lines = render_answers_csv(document()).splitlines()
    assert all(line.startswith('"') and line.endswith('"') for line in lines)
    assert '"1","People"' in lines[1]
