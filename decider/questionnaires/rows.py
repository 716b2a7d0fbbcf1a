"""A questionnaire to the rows of a version, and back. Either takes a fixed number of queries.

The columns have the names that the questionnaire file has for them, except where those are words
of Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from decider.engine.questionnaire import schema
from decider.engine.questionnaire.parse import build
from decider.engine.questionnaire.plain import to_dict
from decider.engine.questionnaire.rules import STATUSES
from decider.questionnaires.models import (
    Alternative,
    CandidateRule,
    Choice,
    Compliance,
    Conflict,
    Disagreement,
    Evidence,
    Layer,
    Question,
    QuestionnaireVersion,
    Quotation,
    Requirement,
    Section,
    Source,
    VersionRow,
)

Row = dict[str, Any]
RowT = TypeVar("RowT", bound=VersionRow)


def write_rows(version: QuestionnaireVersion, questionnaire: schema.Questionnaire) -> None:
    """Fill a version that isn't published yet."""
    data = to_dict(questionnaire)
    sources = _by_key(_insert(version, Source, data.get("sources", ())))
    quotations = [{**row, "source": sources[row["source"]]} for row in data.get("quotations", ())]
    _insert(version, Quotation, quotations)
    alternatives = _write_alternatives(version, data["alternatives"])
    _insert(version, Layer, data.get("layers", ()))
    _write_requirements(version, data.get("requirements", ()), alternatives)
    _write_sections(version, data["sections"], alternatives)
    _insert(version, Disagreement, data.get("disagreements", ()))
    _insert(version, Conflict, data.get("conflicts", ()))


def _write_alternatives(
    version: QuestionnaireVersion, data: Iterable[Row]
) -> dict[str, Alternative]:
    rows = (_without(row, "candidate") for row in data)
    alternatives: dict[str, Alternative] = _by_key(_insert(version, Alternative, rows))
    rules = [
        {**_renamed(row["candidate"], "if", "condition"), "alternative": alternatives[row["key"]]}
        for row in data
        if "candidate" in row
    ]
    _insert(version, CandidateRule, rules)
    return alternatives


def _write_requirements(
    version: QuestionnaireVersion, data: Iterable[Row], alternatives: Mapping[str, Alternative]
) -> None:
    requirements = _insert(version, Requirement, (_without(row, *STATUSES) for row in data))
    compliance = [
        {**entry, "status": status, "requirement": requirement, "alternative": alternatives[key]}
        for requirement, row in zip(requirements, data, strict=True)
        for status in STATUSES
        for key, entry in row.get(status, {}).items()
    ]
    _insert(version, Compliance, compliance)


def _write_sections(
    version: QuestionnaireVersion, data: Iterable[Row], alternatives: Mapping[str, Alternative]
) -> None:
    sections = _insert(version, Section, (_without(row, "questions") for row in data))
    asked = [
        {**question, "section": section}
        for section, row in zip(sections, data, strict=True)
        for question in row["questions"]
    ]
    questions = _insert(version, Question, (_without(row, "choices") for row in asked))
    offered = [
        {**choice, "question": question}
        for question, row in zip(questions, asked, strict=True)
        for choice in row["choices"]
    ]
    choices = _insert(version, Choice, (_without(row, "evidence") for row in offered))
    evidence = [
        {**rating, "choice": choice, "alternative": alternatives[key]}
        for choice, row in zip(choices, offered, strict=True)
        for key, rating in row.get("evidence", {}).items()
    ]
    _insert(version, Evidence, evidence)


def _insert(version: QuestionnaireVersion, model: type[RowT], rows: Iterable[Row]) -> list[RowT]:
    numbered = [model(version=version, position=i, **row) for i, row in enumerate(rows)]
    model.objects.bulk_create(numbered)
    return numbered


def _by_key(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.key: row for row in rows}


def _without(row: Row, *names: str) -> Row:
    return {key: value for key, value in row.items() if key not in names}


def _renamed(row: Row, old: str, new: str) -> Row:
    return {new if key == old else key: value for key, value in row.items()}


def read_rows(version: QuestionnaireVersion) -> schema.Questionnaire:
    """The questionnaire that a version's rows hold."""
    quotations = _rows(version, Quotation, "source__key")
    return build(
        {
            "key": version.key,
            "title": version.title,
            "summary": version.summary,
            "language": version.language,
            "anchors": version.anchors,
            "weight_origin": version.weight_origin,
            "sources": _rows(version, Source),
            "quotations": [{"source": row.pop("source__key"), **row} for row in quotations],
            "alternatives": _read_alternatives(version),
            "layers": _rows(version, Layer),
            "requirements": _read_requirements(version),
            "sections": _read_sections(version),
            "disagreements": _rows(version, Disagreement),
            "conflicts": _rows(version, Conflict),
        }
    )


def _read_alternatives(version: QuestionnaireVersion) -> list[Row]:
    rules = _grouped(version, CandidateRule, "alternative_id")
    rows = _rows(version, Alternative, "id")
    for row in rows:
        for rule in rules[row.pop("id")]:
            row["candidate"] = _renamed(rule, "condition", "if")
    return [row if row["road"] else _without(row, "road") for row in rows]


def _read_requirements(version: QuestionnaireVersion) -> list[Row]:
    compliance = _grouped(version, Compliance, "requirement_id", "alternative__key")
    rows = _rows(version, Requirement, "id")
    for row in rows:
        for entry in compliance[row.pop("id")]:
            entries = row.setdefault(entry.pop("status"), {})
            entries[entry.pop("alternative__key")] = entry
    return rows


def _read_sections(version: QuestionnaireVersion) -> list[Row]:
    evidence = _grouped(version, Evidence, "choice_id", "alternative__key")
    choices = _grouped(version, Choice, "question_id", "id")
    questions = _grouped(version, Question, "section_id", "id")
    for choice in (row for rows in choices.values() for row in rows):
        ratings = evidence[choice.pop("id")]
        choice["evidence"] = {row.pop("alternative__key"): row for row in ratings}
    for question in (row for rows in questions.values() for row in rows):
        question["choices"] = choices[question.pop("id")]
    sections = _rows(version, Section, "id")
    return [{"questions": questions[row.pop("id")], **row} for row in sections]


def _rows(version: QuestionnaireVersion, model: type[VersionRow], *more: str) -> list[Row]:
    """The rows of a kind with what the file says of them, and with `more` columns."""
    fields = model._meta.concrete_fields
    said = [f.name for f in fields if not f.is_relation and f.name not in ("id", "position")]
    return list(model.objects.filter(version=version).order_by("position").values(*more, *said))


def _grouped(
    version: QuestionnaireVersion, model: type[VersionRow], parent: str, *more: str
) -> defaultdict[int, list[Row]]:
    groups: defaultdict[int, list[Row]] = defaultdict(list)
    for row in _rows(version, model, parent, *more):
        groups[row.pop(parent)].append(row)
    return groups
