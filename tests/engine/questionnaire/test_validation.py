"""Every departure from the shape of a questionnaire file is reported in words, at its path."""

import subprocess
import sys

import pytest

from decider.engine.questionnaire.parse import QuestionnaireErrors, parse
from tests.bicycle import at, data


def errors_of(root) -> list[str]:
    with pytest.raises(QuestionnaireErrors) as raised:
        parse(root)
    return [str(error) for error in raised.value.errors]


LOAD = ("sections", 0, "questions", 0)
NOTHING = (*LOAD, "choices", 0)
CITY = (*NOTHING, "evidence", "city")
LOAD_PATH = "sections[0].questions[0]"
CITY_PATH = "sections[0].questions[0].choices[0].evidence.city"


@pytest.mark.parametrize(
    ("where", "key", "value", "error"),
    [
        ((), "titel", "x", 'titel: unknown key. Did you mean "title"?'),
        ((), "format", "other/2", 'format: should be "decider-questionnaire/2", not "other/2"'),
        (("alternatives", 0), "watch", [], "alternatives[0].watch: has 0 entries; at least 1"),
        ((), "summary", None, "summary: is empty"),
        ((), "summary", "  ", "summary: is empty"),
        ((), "title", 12, "title: should be text: put it in quotes"),
        ((), "title", True, "title: should be text: put it in quotes"),
        ((), "title", ["a"], "title: should be text, not a list"),
        ((), "title", "x" * 201, "title: has 201 characters; at most 200"),
        (LOAD, "factors", "load", 'sections[0].questions[0].factors: should be a list, not "load"'),
        (
            ("sections", 0),
            "key",
            "Use It",
            'sections[0].key: "Use It" doesn\'t fit: Lower-case words joined by hyphens; stable for'
            " ever, because saved answers refer to it.",
        ),
        (
            ("sections", 0),
            "weight",
            101,
            "sections[0].weight: should be a whole number from 0 to 100, not 101",
        ),
        (LOAD, "weight", 0, f"{LOAD_PATH}.weight: should be a whole number from 1 to 9, not 0"),
        (
            LOAD,
            "weight",
            "heavy",
            f'{LOAD_PATH}.weight: should be a whole number from 1 to 9, not "heavy"',
        ),
        (
            LOAD,
            "weight",
            {"a": 1},
            f"{LOAD_PATH}.weight: should be a whole number from 1 to 9, not a mapping with keys"
            " and values",
        ),
        (LOAD, "factors", "x" * 57, f'{LOAD_PATH}.factors: should be a list, not "{"x" * 57}"'),
        (
            LOAD,
            "factors",
            "x" * 58,
            f'{LOAD_PATH}.factors: should be a list, not "{"x" * 58}"',
        ),
        (LOAD, "factors", "x" * 59, f'{LOAD_PATH}.factors: should be a list, not "{"x" * 59}...'),
        (CITY, "value", 3, f"{CITY_PATH}.value: should be a whole number from -2 to 2, not 3"),
        (
            CITY,
            "value",
            "½",
            f'{CITY_PATH}.value: should be a whole number from -2 to 2, not "½"',
        ),
        (CITY, "veto", "yes", f'{CITY_PATH}.veto: should be true or false, not "yes"'),
        (CITY, "because", "x", f"{CITY_PATH}.because: unknown key."),
        (
            ("alternatives", 0, "technologies", 0),
            "maturity",
            "old",
            "alternatives[0].technologies[0].maturity: should be one of mature, growing, research,"
            ' not "old"',
        ),
        (LOAD, "factors", ["load", "load"], f"{LOAD_PATH}.factors: names the same thing twice"),
        (
            ("sections", 1, "questions", 1),
            "choices",
            [{"key": "x", "label": "X"}],
            "sections[1].questions[1].choices: has 1 entries; at least 2",
        ),
        (
            ("conflicts", 0),
            "when",
            {"load": ["bag"]},
            "conflicts[0].when: has 1 keys; at least 2",
        ),
        (
            ("sources", 0),
            "date",
            2019.5,
            "sources[0].date: should be text, not 2019.5",
        ),
    ],
)
def test_departure_from_the_schema_is_told_at_its_path(where, key, value, error):
    root = data()
    at(root, *where)[key] = value
    assert errors_of(root) == [error]


def test_missing_keys_are_told_together():
    root = data()
    del at(root, *LOAD)["text"], at(root, *LOAD)["help"]
    assert errors_of(root) == ["sections[0].questions[0]: missing: text, help"]


@pytest.mark.parametrize(
    ("where", "length", "error"),
    [
        (("alternatives",), 21, "alternatives: has 21 entries; at most 20"),
        ((*LOAD, "choices"), 13, f"{LOAD_PATH}.choices: has 13 entries; at most 12"),
    ],
)
def test_entries_of_a_list_that_is_too_long_are_not_looked_at(where, length, error):
    root = data()
    at(root, *where)[:] = [0] * length
    assert errors_of(root)[0] == error
    assert not [e for e in errors_of(root) if e.startswith(error.partition(":")[0] + "[")]


def test_entries_of_a_mapping_that_is_too_large_are_not_looked_at():
    root = data()
    at(root, *NOTHING)["evidence"] = {f"a{number}": 0 for number in range(21)}
    found = [e for e in errors_of(root) if "should be" in e or "at most" in e]
    assert found == [f"{LOAD_PATH}.choices[0].evidence: has 21 keys; at most 20"]


def test_entries_of_a_list_of_just_the_right_length_are_looked_at():
    root = data()
    at(root, *LOAD)["choices"] = [0] * 12
    found = [e for e in errors_of(root) if e.startswith(f"{LOAD_PATH}.choices[")]
    assert len(found) == 12
    assert found[0] == f"{LOAD_PATH}.choices[0]: should be a mapping with keys and values, not 0"


def test_all_errors_are_told_at_once():
    root = data()
    root["titel"] = root.pop("title")
    at(root, *CITY)["value"] = 7
    at(root, *LOAD)["quotations"] = ["nowhere"]
    assert sorted(errors_of(root)) == [
        "missing: title",
        f"{CITY_PATH}.value: should be a whole number from -2 to 2, not 7",
        'sections[0].questions[0].quotations[0]: there is no quotation "nowhere".',
        'titel: unknown key. Did you mean "title"?',
    ]


def test_what_checks_files_is_not_loaded_before_a_file_is_checked():
    code = "import sys, decider.engine.questionnaire.parse; print('jsonschema' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
