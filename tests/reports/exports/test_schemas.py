"""The published JSON Schemas, against what the server gives out."""

from __future__ import annotations

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from decider.reports.exports.schemas import SCHEMAS
from decider.reports.services.reports import export_of, freeze_report

EXPORT = Draft202012Validator(
    SCHEMAS["decider-export/1"], format_checker=Draft202012Validator.FORMAT_CHECKER
)


@pytest.fixture
def export(assessment, browser_key):
    """An export as it is read by another program."""
    return json.loads(export_of(freeze_report(assessment=assessment, browser=browser_key)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_valid_and_named_after_its_format(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["properties"]["format"]["const"] == name
    assert SCHEMAS[name]["$id"] == f"urn:{name.replace('-', ':').replace('/', ':')}"


def test_export_fits_and_names_its_schema(export):
    assert [error.message for error in EXPORT.iter_errors(export)] == []
    assert export["format"] in SCHEMAS
    assert export["report"]["format"] in SCHEMAS


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["format"], "decider-export/2"),
        (["record"], "2026-7"),
        (["saved_at"], "2026-03-07"),
        (["saved_at"], "2026-03-07T14:05:09+01:00"),
        (["content_hash"], "9F2C"),
        (["report", "answers"], None),
        (["report", "weights", "security"], 101),
        (["report", "extra"], 1),
        (["signature", "algorithm"], "none"),
        (["signature", "key"], ""),
        (["signature", "value"], "x"),
        (["extra"], 1),
    ],
    ids=str,
)
def test_what_an_export_never_says_is_refused(export, path, value):
    changed = copy.deepcopy(export)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not EXPORT.is_valid(changed)


@pytest.mark.parametrize("key", SCHEMAS["decider-export/1"]["properties"])
def test_every_part_of_an_export_is_required(export, key):
    del export[key]
    assert not EXPORT.is_valid(export)
