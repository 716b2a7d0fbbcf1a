"""Plain data in the shape of a questionnaire file to a `Questionnaire`, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from decider.engine.errors import PathError, PathErrors, first_errors
from decider.engine.references import reference_errors, size_errors
from decider.engine.schema import (
    Alternative,
    Choice,
    Condition,
    Conflict,
    Disagreement,
    Evidence,
    Question,
    Questionnaire,
    Quotation,
    Road,
    Section,
    Side,
    Source,
    Technology,
)
from decider.engine.validation import schema_errors

FORMAT = "decider-questionnaire/1"

Data = Mapping[str, Any]


class QuestionnaireErrors(PathErrors):
    """Everything that is wrong with a questionnaire."""


def parse(data: Data) -> Questionnaire:
    """The questionnaire that this data describes; raises QuestionnaireErrors with all errors.

    White space at the ends of texts is dropped.
    """
    data = _tidy(data)
    if not isinstance(data, dict):
        raise QuestionnaireErrors([PathError("", "should be a mapping with keys and values")])
    errors = size_errors(data) or first_errors(chain(schema_errors(data), reference_errors(data)))
    if errors:
        raise QuestionnaireErrors(errors)
    return build(data)


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return {str(key): _tidy(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_tidy(item) for item in value]
    return value


def build(data: Data) -> Questionnaire:
    """The questionnaire of data that is known to be valid, such as that of a saved report.

    Mappings whose order means nothing get one of their own, wherever the data was kept: anchors
    from -2 to 2, the questions of a `when` as they are asked.
    """
    sections = tuple(_section(row) for row in data["sections"])
    asked = [question.key for section in sections for question in section.questions]
    return Questionnaire(
        key=data["key"],
        title=data["title"],
        summary=data["summary"],
        language=data["language"],
        anchors={int(step): data["anchors"][step] for step in sorted(data["anchors"], key=int)},
        sources=tuple(_source(row) for row in data.get("sources", ())),
        quotations=tuple(_quotation(row) for row in data.get("quotations", ())),
        alternatives=tuple(_alternative(row) for row in data["alternatives"]),
        sections=sections,
        disagreements=tuple(_disagreement(row, asked) for row in data.get("disagreements", ())),
        conflicts=tuple(_conflict(row, asked) for row in data.get("conflicts", ())),
    )


def _source(row: Data) -> Source:
    return Source(**{**row, "date": str(row.get("date", ""))})  # a year may be a number


def _quotation(row: Data) -> Quotation:
    return Quotation(row["key"], row["source"], " ".join(row["text"].split()), row["factor"])


def _alternative(row: Data) -> Alternative:
    technologies = tuple(Technology(**item) for item in row.get("technologies", ()))
    road = {stage: tuple(steps) for stage, steps in row.get("road", {}).items()}
    return Alternative(
        **{
            **row,
            "watch": tuple(row["watch"]),
            "first_steps": tuple(row["first_steps"]),
            "technologies": technologies,
            "road": Road(**road) if road else None,
        }
    )


def _section(row: Data) -> Section:
    return Section(**{**row, "questions": tuple(_question(item) for item in row["questions"])})


def _question(row: Data) -> Question:
    shown_when = row.get("shown_when")
    return Question(
        **{
            **row,
            "choices": tuple(_choice(item) for item in row["choices"]),
            "factors": tuple(row.get("factors", ())),
            "quotations": tuple(row.get("quotations", ())),
            "shown_when": Condition(shown_when["question"], frozenset(shown_when["choices"]))
            if shown_when
            else None,
        }
    )


def _choice(row: Data) -> Choice:
    evidence = {key: _evidence(key, item) for key, item in row.get("evidence", {}).items()}
    return Choice(**{**row, "evidence": evidence})


def _evidence(alternative: str, row: Data) -> Evidence:
    value = row["value"]
    return Evidence(
        alternative=alternative,
        value=value,
        low=row.get("low", value),
        high=row.get("high", value),
        reason=row["reason"],
        veto=row.get("veto", False),
        quotations=tuple(row.get("quotations", ())),
        basis=row.get("basis", ""),
    )


def _when(row: Data, asked: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {question: tuple(row[question]) for question in asked if question in row}


def _side(row: Data, asked: Sequence[str]) -> Side:
    return Side(row["claim"], tuple(row["quotations"]), _when(row["when"], asked))


def _disagreement(row: Data, asked: Sequence[str]) -> Disagreement:
    sides = _side(row["a"], asked), _side(row["b"], asked)
    return Disagreement(row["key"], row["topic"], *sides, row["resolution"])


def _conflict(row: Data, asked: Sequence[str]) -> Conflict:
    return Conflict(row["key"], _when(row["when"], asked), row["message"])


def to_dict(questionnaire: Questionnaire) -> dict[str, Any]:
    """The questionnaire in the shape of its file, as JSON can hold it: the reverse of `parse`.

    What is empty or false is left out; numbers are always there.
    """
    return {"format": FORMAT, **_fields(questionnaire)}


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
    row = _fields(value)
    if isinstance(value, Evidence):
        del row["alternative"]  # the key that it stands at
    return row
