"""Report documents as JSON and back, and the JSON Schema that is published of them."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from decider.engine.report import published
from decider.engine.report.document import Document, Given, Result
from decider.engine.report.published import PublishedQuestionnaire
from decider.engine.report.round import Round


def canonical_json(value: Any) -> str:
    """The one JSON text of a document: sorted keys, no white space, no escapes beyond need."""
    return json.dumps(
        plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def plain(value: Any) -> Any:
    """A document or a part of one as JSON can hold it, its keys in the order of the fields."""
    return msgspec.to_builtins(value, enc_hook=_encoded)


def decode(content: str | bytes) -> Document:
    """The document of a JSON text that was made of one; its questionnaire isn't validated again.

    Raises msgspec.ValidationError where anything else is not as the schema has it.
    """
    stored = msgspec.json.decode(content, type=_Stored)
    parts = msgspec.structs.asdict(stored)
    return Document(**{**parts, "questionnaire": _published(bytes(stored.questionnaire))})


class _Stored(Given, frozen=True):
    """A document whose questionnaire is still JSON."""

    questionnaire: msgspec.Raw
    result: Result
    round: Round | UnsetType = UNSET


@lru_cache(maxsize=8)
def _published(content: bytes) -> PublishedQuestionnaire:
    """The questionnaire, one for all reports that hold the same."""
    return published.from_file(msgspec.json.decode(content))


def json_schema() -> dict[str, Any]:
    """The JSON Schema of report documents."""
    _, parts = msgspec.json.schema_components(
        [Document], schema_hook=_schema, ref_template="#/$defs/{name}"
    )
    for part in parts.values():
        part["description"] = " ".join(part["description"].split())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:decider:report:1",
        **parts.pop("Document"),
        "title": "Decider report",
        "$defs": parts,
    }


def _encoded(value: Any) -> Any:
    if isinstance(value, PublishedQuestionnaire):
        return published.to_file(value)
    raise NotImplementedError(f"{type(value)} has no place in a document")


def _schema(kind: type) -> dict[str, Any]:
    if kind is PublishedQuestionnaire:
        return published.SCHEMA
    raise NotImplementedError(f"{kind} has no place in a document")
