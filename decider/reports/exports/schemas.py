"""The JSON Schemas of the files that go in and out, by the format that a file names."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

from decider.engine.questionnaire import validation
from decider.engine.report.codec import json_schema
from decider.engine.report.document import FORMAT
from decider.reports.proof.entries import RECORD_FORMAT
from decider.reports.services.reports import EXPORT_FORMAT

Schema = dict[str, Any]


def _read(package: str, name: str) -> Schema:
    schema: Schema = json.loads(files(package).joinpath(name).read_text("utf-8"))
    return schema


_REPORT: Final = json_schema()
_EXPORT: Final = _read("decider.reports.exports", "export.schema.json")
_RECORD: Final = _read("decider.reports.exports", "record.schema.json")

# The schemas that one refers to go along, so that one file is enough to check an export with.
SCHEMAS: Final[dict[str, Schema]] = {
    **validation.SCHEMAS,
    FORMAT: _REPORT,
    EXPORT_FORMAT: {**_EXPORT, "$defs": {FORMAT: _REPORT}},
    RECORD_FORMAT: {
        **_RECORD,
        "$defs": {**_RECORD["$defs"], FORMAT: _REPORT, EXPORT_FORMAT: _EXPORT},
    },
}
