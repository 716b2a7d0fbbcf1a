"""Report documents for the tests of everything that renders them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from decider.engine.questionnaire.parse import parse
from decider.engine.report.codec import canonical_json, decode
from decider.engine.report.document import Document, build_document
from decider.engine.scoring.method import CURRENT
from decider.reports.metadata import ReportMetadata

QUESTIONNAIRE: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "where-to-eat.yaml").read_text(encoding="utf-8")
)

USUAL = {"how-many": "few", "guests": "never", "minutes": "long", "rain": "unknown"}
RULED_OUT = {"how-many": "many", "minutes": "short", "rain": "wet"}
"""Answers that leave only the canteen."""

NOTHING_LEFT = {"how-many": "many", "minutes": "none", "rain": "wet"}
"""Answers that rule everything out."""

METADATA = ReportMetadata(
    reference="Report 2",
    saved_at=datetime(2026, 3, 7, 14, 5, 9, tzinfo=UTC),
    content_hash="9f2c41d7a0be" + "0" * 52,
    address="https://decider.example.org/reports/6f1f8d2e-0000-4000-8000-000000000001/",
)


def document(
    answers: dict[str, str] | None = None,
    *,
    title: str = "Lunch of the platform team",
    context: str = "Six people, one kitchen, no budget.",
    notes: dict[str, str] | None = None,
    weights: dict[str, int] | None = None,
    method: str = CURRENT.name,
    **changes: str,
) -> Document:
    """A report document of the small questionnaire; `changes` replace parts of the latter."""
    return build_document(
        questionnaire=parse({**QUESTIONNAIRE, **changes}),
        version=3,
        title=title,
        context=context,
        answers=USUAL if answers is None else answers,
        notes=notes or {},
        weights=weights or {},
        method=method,
    )


def changed(made: Document, figures: Mapping[str, Any]) -> Document:
    """A document with other figures at paths such as `result.ranking.0.rank`."""
    data = json.loads(canonical_json(made))
    for path, value in figures.items():
        *steps, last = path.split(".")
        place = data
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[last] = value
    return decode(json.dumps(data))
