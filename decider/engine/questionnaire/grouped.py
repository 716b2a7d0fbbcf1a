"""Entries of a file that speak of several alternatives at once, as one entry for each.

The key of an entry may join several alternatives with commas, or be `others`, for all that no
other entry names. So that a reason about several of them is written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from decider.engine.questionnaire.rules import OTHERS, STATUSES

Data = Mapping[str, Any]


def names_of(entries: Data) -> dict[str, list[str]]:
    """By key of an entry, the names that it joins."""
    return {key: [name.strip() for name in key.split(",")] for key in entries}


def ungrouped(data: Data) -> dict[str, Any]:
    """The data of a valid questionnaire, with an entry for each alternative where some were joined.

    Entries stand in the order of the alternatives.
    """
    keys = [row["key"] for row in data["alternatives"]]
    requirements = [_requirement(row, keys) for row in data.get("requirements", ())]
    sections = [_section(row, keys) for row in data["sections"]]
    return {**data, "requirements": requirements, "sections": sections}


def _section(section: Data, keys: Sequence[str]) -> Data:
    return {**section, "questions": [_question(row, keys) for row in section["questions"]]}


def _question(question: Data, keys: Sequence[str]) -> Data:
    return {**question, "choices": [_choice(row, keys) for row in question["choices"]]}


def _choice(choice: Data, keys: Sequence[str]) -> Data:
    evidence = choice.get("evidence", {})
    return {**choice, "evidence": _each(evidence, keys, _left([evidence], keys))}


def _requirement(requirement: Data, keys: Sequence[str]) -> Data:
    groups = {status: requirement.get(status, {}) for status in STATUSES}
    left = _left(groups.values(), keys)
    return {**requirement, **{status: _each(row, keys, left) for status, row in groups.items()}}


def _left(groups: Iterable[Data], keys: Sequence[str]) -> list[str]:
    """The alternatives that no entry of these groups names."""
    named = {name for group in groups for names in names_of(group).values() for name in names}
    return [key for key in keys if key not in named]


def _each(entries: Data, keys: Sequence[str], left: Sequence[str]) -> dict[str, Any]:
    by_key = {
        name: entries[key]
        for key, names in names_of(entries).items()
        for name in (left if names == [OTHERS] else names)
    }
    return {key: by_key[key] for key in keys if key in by_key}
