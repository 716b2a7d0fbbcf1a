"""Saved documents of every method: read, or computed again, they are the same bytes."""

import gzip
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from msgspec import ValidationError

from decider.engine.report.codec import canonical_json, decode, json_schema
from decider.engine.report.document import build_document

FOLDER = Path(__file__).parents[2] / "data" / "reports"
SAVED = sorted(FOLDER.iterdir())
VALIDATOR = Draft202012Validator(json_schema())


def content_of(path: Path) -> bytes:
    """The canonical JSON of a saved document."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_saved_document_is_read_and_written_byte_for_byte(path):
    content = content_of(path)
    assert canonical_json(decode(content)).encode() == content


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_document_built_again_is_the_saved_one(path):
    content = content_of(path)
    saved = decode(content)
    found = build_document(
        questionnaire=saved.questionnaire.content,
        version=saved.questionnaire.version,
        title=saved.title,
        context=saved.context,
        answers=saved.answers,
        notes=saved.notes,
        weights=saved.weights,
        method=saved.method,
    )
    assert found == saved
    assert canonical_json(found).encode() == content


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_saved_document_fits_the_published_schema(path):
    assert [e.message for e in VALIDATOR.iter_errors(json.loads(content_of(path)))] == []


def test_saved_documents_hold_every_kind_of_result():
    levels = {}
    for path in SAVED:
        document = json.loads(content_of(path))
        levels.setdefault(document["method"], set()).add(document["result"]["wording"]["level"])
    assert levels == {
        "mavt-1": {"none", "tie", "too-early", "leaning", "strong"},
        "mavt-2": {"none", "tie", "too-early", "no-clear-winner", "leaning", "strong"},
        "mavt-3": {"none", "tie", "too-early", "no-clear-winner", "leaning", "strong"},
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": "decider-report/2"}, "Invalid enum value"),
        ({"notes": {"p": 1}}, "Expected `str`"),
        ({"result": {}}, "missing required field"),
        ({"chance": 1}, "unknown field `chance`"),
    ],
)
def test_text_that_is_no_report_document_is_refused(changes, message):
    content = {**json.loads(content_of(SAVED[0])), **changes}
    with pytest.raises(ValidationError, match=message):
        decode(json.dumps(content))
