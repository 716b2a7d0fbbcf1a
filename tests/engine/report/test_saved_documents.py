"""Saved documents of every method: computed again from what they hold, they are the same bytes."""

import gzip
import json
from pathlib import Path

import pytest

from decider.engine.questionnaire.parse import build
from decider.engine.report.document import build_document

FOLDER = Path(__file__).parents[2] / "data" / "reports"
SAVED = sorted(path for path in FOLDER.iterdir())


def content_of(path: Path) -> bytes:
    """The canonical JSON of a saved document."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_document_built_again_is_the_saved_one(path):
    content = content_of(path)
    saved = json.loads(content)
    found = build_document(
        questionnaire=build(saved["questionnaire"]),
        version=saved["questionnaire"]["version"],
        title=saved["title"],
        context=saved["context"],
        answers=saved["answers"],
        notes=saved["notes"],
        weights=saved["weights"],
        method=saved["method"],
    )
    text = json.dumps(
        found, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    assert text.encode() == content


def test_saved_documents_hold_every_kind_of_result():
    levels = {}
    for path in SAVED:
        document = json.loads(content_of(path))
        levels.setdefault(document["method"], set()).add(document["result"]["wording"]["level"])
    assert levels == {
        "mavt-1": {"none", "tie", "too-early", "leaning", "strong"},
        "mavt-2": {"none", "tie", "too-early", "no-clear-winner", "leaning", "strong"},
    }
