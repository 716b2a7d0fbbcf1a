"""The shape of a questionnaire file: the JSON Schema of its format, with errors in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from decider.engine.questionnaire.errors import PathError, did_you_mean, path_of
from decider.engine.questionnaire.plain import FORMAT_1, FORMAT_2

Error = Any
"""A jsonschema.ValidationError; its own types allow for errors that have no place in a schema."""


def _read(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(
        files("decider.engine.questionnaire").joinpath(name).read_text("utf-8")
    )
    return schema


SCHEMAS = {
    FORMAT_1: _read("questionnaire-1.schema.json"),
    FORMAT_2: _read("questionnaire.schema.json"),
}
"""The JSON Schemas by format. Each format has all parts of those before it."""

KINDS = {
    "object": "a mapping with keys and values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
}


def schema_errors(data: Any) -> Iterator[PathError]:
    """Where the data departs from the JSON Schema of the format that it names, or of the newest."""
    named = data.get("format") if isinstance(data, dict) else None
    for error in _validator(FORMAT_1 if named == FORMAT_1 else FORMAT_2).iter_errors(data):
        yield from _in_words(error)


@cache
def _validator(file_format: str) -> Any:
    # Only who checks a file needs it, and it takes long to import: a server starts without it.
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    # The entries of a list that is too long are not looked at: an enormous file fails at once.
    checks = {
        "items": _unless_over("maxItems", Draft202012Validator.VALIDATORS["items"]),
        "additionalProperties": _unless_over(
            "maxProperties", Draft202012Validator.VALIDATORS["additionalProperties"]
        ),
    }
    limited: Any = extend
    return limited(Draft202012Validator, checks)(SCHEMAS[file_format])


def _unless_over(limit: str, check: Callable[..., Any]) -> Callable[..., Iterator[Error]]:
    def limited(
        validator: Any, value: Any, instance: Any, schema: dict[str, Any]
    ) -> Iterator[Error]:
        sized = isinstance(instance, list | dict) and limit in schema
        if not sized or len(instance) <= schema[limit]:
            yield from check(validator, value, instance, schema) or ()

    return limited


def _in_words(error: Error) -> Iterator[PathError]:
    """The errors that a person would see in this one."""
    parts = list(error.absolute_path)
    instance = error.instance
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        for key in (key for key in instance if key not in known):
            yield PathError(path_of([*parts, key]), f"unknown key.{did_you_mean(key, known)}")
    elif error.validator == "required":
        missing = [key for key in error.validator_value if key not in instance]
        yield PathError(path_of(parts), f"missing: {', '.join(missing)}")
    else:
        yield PathError(path_of(parts), MESSAGES[error.validator](error))


def _wrong_type(error: Error) -> str:
    kind, instance = error.validator_value, error.instance
    if instance is None:
        return "is empty"
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "string" and isinstance(instance, int):
        return "should be text: put it in quotes"
    expected = _range(error) if kind == "integer" else KINDS[kind]
    return f"should be {expected}, not {_shown(instance)}"


def _range(error: Error) -> str:
    return f"a whole number from {error.schema['minimum']} to {error.schema['maximum']}"


def _shown(instance: Any) -> str:
    if isinstance(instance, list | dict):
        return KINDS["array" if isinstance(instance, list) else "object"]
    text = json.dumps(instance, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}..."


def _misfit(error: Error) -> str:
    return f"{_shown(error.instance)} doesn't fit: {error.schema['description']}"


MESSAGES: dict[str, Callable[[Error], str]] = {
    "type": _wrong_type,
    "pattern": _misfit,
    "minimum": lambda e: f"should be {_range(e)}, not {e.instance}",
    "maximum": lambda e: f"should be {_range(e)}, not {e.instance}",
    "enum": lambda e: f"should be one of {', '.join(e.validator_value)}, not {_shown(e.instance)}",
    "const": lambda e: f"should be {_shown(e.validator_value)}, not {_shown(e.instance)}",
    "minLength": lambda _: "is empty",
    "maxLength": lambda e: f"has {len(e.instance)} characters; at most {e.validator_value}",
    "minItems": lambda e: f"has {len(e.instance)} entries; at least {e.validator_value}",
    "maxItems": lambda e: f"has {len(e.instance)} entries; at most {e.validator_value}",
    "minProperties": lambda e: f"has {len(e.instance)} keys; at least {e.validator_value}",
    "maxProperties": lambda e: f"has {len(e.instance)} keys; at most {e.validator_value}",
    "uniqueItems": lambda _: "names the same thing twice",
}
