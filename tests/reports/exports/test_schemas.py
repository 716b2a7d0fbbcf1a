"""The published JSON Schemas, against what the server gives out."""

from __future__ import annotations

import copy
import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from decider.reports.exports.schemas import SCHEMAS
from decider.reports.models import Report
from decider.reports.proof.entries import record_file
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of, freeze_report

EXPORT = Draft202012Validator(
    SCHEMAS["decider-export/1"], format_checker=Draft202012Validator.FORMAT_CHECKER
)


RECORD = Draft202012Validator(
    SCHEMAS["decider-record/1"], format_checker=Draft202012Validator.FORMAT_CHECKER
)


@pytest.fixture
def record(assessment, browser_key):
    """A record with two entries, as it is read by another program."""
    report = freeze_report(assessment=assessment, browser=browser_key)
    risk = {"text": "Cost", "severity": "low", "owner": "Bo"}
    condition = {"requirement": "Tests", "condition": "A pilot", "who": "Ada", "by": "2027-03-31"}
    add_entry(
        record=report.record,
        revision=1,
        status="accepted",
        alternative="vm",
        by="Ada",
        risks=[risk],
        confirmations=[condition],
        review_on=date(2027, 3, 31),
    )
    report = Report.objects.get(pk=report.pk)
    return json.loads(record_file(report.record, report=json.loads(export_of(report))))


def test_record_fits_its_schema_with_its_report_and_without(record):
    assert [error.message for error in RECORD.iter_errors(record)] == []
    del record["report"]
    assert RECORD.is_valid(record)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["format"], "decider-record/2"),
        (["entries"], []),
        (["report", "record"], "7"),
        (["files"], {"record.md": "x"}),
        (["signature"], None),
        (["entries", 0, "hash"], "x"),
        (["entries", 0, "extra"], 1),
        (["entries", 1, "signature", "algorithm"], "none"),
        (["entries", 1, "personal", "by", "salt"], ""),
        (["entries", 1, "entry", "at"], "2026-03-07T14:05:09Z"),
        (["entries", 1, "entry", "number"], 0),
        (["entries", 1, "entry", "personal", "by"], "Ada"),
        (["entries", 1, "entry", "content", "status"], "done"),
        (["entries", 1, "entry", "content", "by"], "Ada"),
        (["entries", 1, "entry", "content", "risks", 0, "owner"], "Bo"),
        (["entries", 1, "entry", "content", "review_on"], "soon"),
    ],
    ids=str,
)
def test_what_a_record_never_says_is_refused(record, path, value):
    place = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not RECORD.is_valid(record)


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
