"""A `Questionnaire` to plain data in the shape of its file: the reverse of `parse`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.engine.questionnaire.rules import STATUSES, CandidateRule, Compliance, Requirement
from decider.engine.questionnaire.schema import ESTIMATE, Evidence, Question, Questionnaire

FORMAT_1 = "decider-questionnaire/1"
FORMAT_2 = "decider-questionnaire/2"
"""Adds addresses of sources, speakers, layers, candidates, requirements, kinds of questions, and
where the weights come from."""


def to_dict(questionnaire: Questionnaire) -> dict[str, Any]:
    """The questionnaire in the shape of its file, as JSON can hold it.

    What is empty, false or a default kind is left out; numbers are always there. The format is the
    first one that can hold it.
    """
    return {"format": _format(questionnaire), **_fields(questionnaire)}


def _format(questionnaire: Questionnaire) -> str:
    newer = (
        questionnaire.weight_origin
        or questionnaire.layers
        or questionnaire.requirements
        or any(source.url for source in questionnaire.sources)
        or any(quotation.speaker for quotation in questionnaire.quotations)
        or any(alternative.candidate for alternative in questionnaire.alternatives)
        or any(question.kind != ESTIMATE for question in questionnaire.questions.values())
    )
    return FORMAT_2 if newer else FORMAT_1


def _fields(value: Any) -> dict[str, Any]:
    names = value.__dataclass_fields__
    plain = {name: _plain(getattr(value, name)) for name in names}
    return {name: item for name, item in plain.items() if _says_something(item)}


def _says_something(item: Any) -> bool:
    return bool(item) or (isinstance(item, int) and item is not False)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return _row(value, _fields(value))


def _row(value: Any, row: dict[str, Any]) -> dict[str, Any]:
    """A row as the file has it, where that differs from the fields."""
    if isinstance(value, Evidence):
        del row["alternative"]  # the key that it stands at
    elif isinstance(value, Question) and value.kind == ESTIMATE:
        del row["kind"]
    elif isinstance(value, CandidateRule):
        row["if"] = row.pop("condition")
    elif isinstance(value, Requirement):
        row |= _by_status(row.pop("compliance"))
    elif isinstance(value, Compliance):
        del row["alternative"]
    return row


def _by_status(compliance: dict[str, Any]) -> dict[str, Any]:
    groups: dict[str, Any] = {
        status: {key: row for key, row in compliance.items() if row["status"] == status}
        for status in STATUSES
    }
    return {
        status: {key: {k: v for k, v in row.items() if k != "status"} for key, row in rows.items()}
        for status, rows in groups.items()
        if rows
    }
