"""The published JSON Schema of report documents."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from decider.engine.report.codec import canonical_json, json_schema
from tests.presentation.builders import NOTHING_LEFT, RULED_OUT, USUAL, document

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def test_schema_itself_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "answers", [USUAL, RULED_OUT, NOTHING_LEFT, {}, {"how-many": "n/a", "rain": "wet"}], ids=str
)
def test_every_report_fits(answers) -> None:
    made = json.loads(canonical_json(document(answers, notes={"rain": "Wet."})))
    assert [error.message for error in VALIDATOR.iter_errors(made)] == []


def objects(schema) -> list[dict]:
    """Every part of a schema that describes an object."""
    parts = schema.values() if isinstance(schema, dict) else schema
    found = [schema] if isinstance(schema, dict) and schema.get("type") == "object" else []
    for part in parts:
        if isinstance(part, dict | list):
            found += objects(part)
    return found


def test_every_key_is_described() -> None:
    whole_by_reference = ("anchors",)
    open_objects = [part for part in objects(SCHEMA) if "additionalProperties" not in part]
    described = SCHEMA["properties"]["questionnaire"]["properties"]
    assert open_objects == [described[name] for name in whole_by_reference]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["format"], "decider-report/2"),
        (["answers", "rain"], "Wet!"),
        (["weights", "people"], 101),
        (["result", "ranking", 0, "points"], 100.1),
        (["result", "wording", "level"], "certain"),
        (["result", "robustness", "first", "picnic"], 1.5),
        (["questionnaire", "version"], 0),
        (["extra"], 1),
    ],
    ids=str,
)
def test_what_a_report_never_says_is_refused(path, value) -> None:
    made = json.loads(canonical_json(document()))
    place = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not VALIDATOR.is_valid(made)
