"""The markup of a report's PDF: what stands on its pages, cleaned for print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.template.loader import render_to_string

from decider.rendering.charts import contribution_chart, ranking_chart
from decider.rendering.clean import clean_markup
from decider.rendering.fonts import covered
from decider.rendering.numbers import signed
from decider.rendering.report_parts import (
    Answer,
    Evidence,
    Quotation,
    Ranked,
    ReportView,
    Source,
)
from decider.rendering.report_view import view_report
from decider.rendering.stamp import Stamp

Paper = Literal["A4", "Letter"]

TITLE_LIMIT = 200
NOTE_LIMIT = 4000
LONG_NOTE = 700


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer speaks for or against an alternative; `mark` is +2, \u22121 or "ruled out"."""

    evidence: Evidence
    mark: str


@dataclass(frozen=True, slots=True)
class Passages:
    """Quotations of one source."""

    source: Source
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """A question with its effect on the leading alternative and the reasons worth a line.

    `passages` holds its quotations by the source that they stand in.
    """

    answer: Answer
    effect: str
    reasons: tuple[Reason, ...]
    passages: tuple[Passages, ...]
    long: bool


def report_markup(
    document: Mapping[str, Any], *, stamp: Stamp, paper: Paper, files: tuple[str, ...]
) -> str:
    """The whole HTML of a report; `files` are the names of what is attached."""
    view = view_report(_shortened(document))
    lead = view.ranking[0] if view.ranking else None
    markup = render_to_string(
        "pdf/report.html",
        {
            "view": view,
            "stamp": stamp,
            "paper": paper,
            "files": files,
            "lead": lead,
            "ranking": ranking_chart(view),
            "ranking_caption": _ranking_caption(view),
            "contributions": contribution_chart(view.breakdowns[0]) if lead else None,
            "points_table": _points_table(view),
            "sections": _sections(view, lead),
            "disagreements": [
                (item, by_source(item.a.quotations), by_source(item.b.quotations))
                for item in view.disagreements
            ],
        },
    )
    return clean_markup(markup, covered())


def _shortened(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with texts cut that no form lets through; the attached JSON has them whole."""
    notes = {key: _cut(note, NOTE_LIMIT) for key, note in document["notes"].items()}
    return {
        **document,
        "title": _cut(document["title"], TITLE_LIMIT),
        "context": _cut(document["context"], NOTE_LIMIT),
        "notes": notes,
    }


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[:limit].rstrip()} \u2026 [cut; the whole text is in the attached report.json]"


def _points_table(view: ReportView) -> list[dict[str, Any]]:
    """A row a section: its title, weight and the signed points of each alternative."""
    columns = [breakdown.sections for breakdown in view.breakdowns]
    return [
        {
            "title": row[0].title,
            "weight": row[0].weight,
            "cells": [signed(part.points) for part in row],
        }
        for row in zip(*columns, strict=True)
    ]


def _sections(view: ReportView, lead: Ranked | None) -> list[dict[str, Any]]:
    """The sections with a question asked, each question ready for print."""
    shown = [row.alternative.key for row in view.ranking[:2]]
    return [
        {
            "title": section.title,
            "questions": [_printed(answer, lead, shown) for answer in section.answers],
        }
        for section in view.sections
        if section.answers
    ]


def _printed(answer: Answer, lead: Ranked | None, shown: list[str]) -> PrintedQuestion:
    effects = {effect.alternative.key: effect.points for effect in answer.effects}
    return PrintedQuestion(
        answer=answer,
        effect=signed(effects[lead.alternative.key]) if lead else "",
        reasons=tuple(
            Reason(evidence, "ruled out" if evidence.veto else _step(evidence.value))
            for evidence in answer.evidence
            if evidence.veto or evidence.alternative.key in shown
        ),
        passages=by_source(answer.quotations),
        long=len(answer.note) > LONG_NOTE,
    )


def by_source(quotations: Iterable[Quotation]) -> tuple[Passages, ...]:
    """The quotations grouped by their source, in the order in which the sources first occur."""
    groups: dict[Source, list[Quotation]] = {}
    for quotation in quotations:
        groups.setdefault(quotation.source, []).append(quotation)
    return tuple(Passages(source, tuple(group)) for source, group in groups.items())


def _step(value: int) -> str:
    return f"{value:+d}".replace("-", "\u2212") if value else "0"


def _ranking_caption(view: ReportView) -> str:
    parts = ["Points from 0 to 100; 50 is neutral."]
    if any(row.low < row.high for row in view.ranking):
        parts.append("The thin line is the range that open answers leave.")
    if view.ruled_out:
        parts.append("Hollow bars are ruled out and show the points they would have.")
    return " ".join(parts)
