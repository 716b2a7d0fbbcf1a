"""Plain data in the shape of a questionnaire file to a `Questionnaire`; `plain` goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from decider.engine.questionnaire.errors import PathError, PathErrors, first_errors
from decider.engine.questionnaire.grouped import ungrouped
from decider.engine.questionnaire.references import reference_errors, size_errors
from decider.engine.questionnaire.rules import (
    STATUSES,
    CandidateRule,
    Combination,
    Compliance,
    Layer,
    LayerValue,
    Requirement,
)
from decider.engine.questionnaire.schema import (
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
from decider.engine.questionnaire.validation import schema_errors

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
    return build(ungrouped(data))


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
    from -2 to 2, the questions of a `when` as they are asked, layers by their keys.
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
        alternatives=tuple(_alternative(row, asked) for row in data["alternatives"]),
        sections=sections,
        disagreements=tuple(_disagreement(row, asked) for row in data.get("disagreements", ())),
        conflicts=tuple(_conflict(row, asked) for row in data.get("conflicts", ())),
        weight_origin=data.get("weight_origin", ""),
        layers=tuple(_layer(row) for row in data.get("layers", ())),
        requirements=tuple(_requirement(row, asked) for row in data.get("requirements", ())),
    )


def _source(row: Data) -> Source:
    return Source(**{**row, "date": str(row.get("date", ""))})  # a year may be a number


def _quotation(row: Data) -> Quotation:
    return Quotation(**{**row, "text": " ".join(row["text"].split())})


def _alternative(row: Data, asked: Sequence[str]) -> Alternative:
    technologies = tuple(Technology(**item) for item in row.get("technologies", ()))
    road = {stage: tuple(steps) for stage, steps in row.get("road", {}).items()}
    return Alternative(
        **{
            **row,
            "watch": tuple(row["watch"]),
            "first_steps": tuple(row["first_steps"]),
            "technologies": technologies,
            "road": Road(**road) if road else None,
            "layers": dict(sorted(row.get("layers", {}).items())),
            "candidate": _candidate(row["candidate"], asked) if row.get("candidate") else None,
        }
    )


def _candidate(row: Data, asked: Sequence[str]) -> CandidateRule:
    return CandidateRule(_combinations(row, asked), row["if"], row["otherwise"])


def _layer(row: Data) -> Layer:
    return Layer(row["key"], row["title"], tuple(LayerValue(**value) for value in row["values"]))


def _requirement(row: Data, asked: Sequence[str]) -> Requirement:
    compliance = {
        alternative: Compliance(
            alternative, status, **{**entry, "quotations": tuple(entry.get("quotations", ()))}
        )
        for status in STATUSES
        for alternative, entry in row.get(status, {}).items()
    }
    return Requirement(row["key"], row["title"], _combinations(row, asked), compliance)


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


def _combinations(row: Data, asked: Sequence[str]) -> tuple[Combination, ...]:
    return tuple(_when(combination, asked) for combination in row["when"])


def _when(row: Data, asked: Sequence[str]) -> Combination:
    return {question: tuple(row[question]) for question in asked if question in row}


def _side(row: Data, asked: Sequence[str]) -> Side:
    return Side(row["claim"], tuple(row["quotations"]), _when(row["when"], asked))


def _disagreement(row: Data, asked: Sequence[str]) -> Disagreement:
    sides = _side(row["a"], asked), _side(row["b"], asked)
    return Disagreement(row["key"], row["topic"], *sides, row["resolution"])


def _conflict(row: Data, asked: Sequence[str]) -> Conflict:
    return Conflict(row["key"], _when(row["when"], asked), row["message"])
