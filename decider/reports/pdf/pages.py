"""The markup of a report's PDF: what stands on its pages, cleaned for print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from msgspec import structs

from decider.engine.report.document import Document
from decider.presentation import sentences
from decider.presentation.analysis import present_analysis
from decider.presentation.analysis_parts import PresentedAnalysis
from decider.presentation.charts import acceptability_chart, stability_chart
from decider.presentation.numbers import signed, step
from decider.presentation.report import present_report
from decider.presentation.report_parts import (
    Answer,
    Disagreement,
    PresentedReport,
    Ranked,
    RuledOut,
)
from decider.presentation.requirements import (
    Condition,
    PresentedRequirements,
    present_requirements,
)
from decider.reports.metadata import ReportMetadata
from decider.reports.pdf.clean import clean_markup
from decider.reports.pdf.first_page import Paper, first_page
from decider.reports.pdf.quotations import QuotationNumbers, Quoted
from decider.reports.pdf.worker.fonts import covered
from decider.reports.pdf.worker.job import File

TITLE_LIMIT = 200
TEXT_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer speaks for or against an alternative; `mark` is +2, \u22121 or "ruled out".

    `quotations` are the numbers of those that support it.
    """

    name: str
    mark: str
    text: str
    quotations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """A question, its effect on the leading alternative and the reasons worth a line.

    `quoted` names of the earlier quotations those that no reason does.
    """

    answer: Answer
    effect: str
    reasons: tuple[Reason, ...]
    quoted: Quoted


@dataclass(frozen=True, slots=True)
class PrintedDisagreement:
    """A disagreement with the quotations of its sides."""

    item: Disagreement
    a: Quoted
    b: Quoted


@dataclass(frozen=True, slots=True)
class PrintedCondition:
    """The condition on which the alternative of this name meets a requirement, and why."""

    name: str
    condition: Condition
    reason: str
    quoted: Quoted


@dataclass(frozen=True, slots=True)
class PrintedRuledOut:
    """An alternative that is out, with the quotations about what it does not meet."""

    row: RuledOut
    quoted: Quoted


def report_markup(
    document: Document, *, metadata: ReportMetadata, paper: Paper, files: tuple[File, ...]
) -> str:
    """The whole HTML of a report; `files` are those attached."""
    view = present_report(_shortened(document))
    numbers = QuotationNumbers()
    summary = present_requirements(document, view)
    context = {
        "view": view,
        "metadata": metadata,
        "decision": metadata.decision,
        "paper": paper,
        "files": files,
        "points_table": _points_table(view),
        **_certainty(view, present_analysis(document, view)),
        "summary": summary,
        # In the order of print, for the numbers of the quotations follow it.
        "on_condition": _on_condition(summary, numbers),
        "no_candidates": _excluded(view, numbers, candidates=False),
        "ruled_out": _excluded(view, numbers, candidates=True),
        "sections": _sections(view, numbers),
        "disagreements": _disagreements(view, numbers),
    }
    context |= first_page(view, metadata.decision, context["in_short"], paper, summary)
    return clean_markup(render_to_string("reports/pdf/report.html", context), covered())


def _certainty(view: PresentedReport, analysis: PresentedAnalysis) -> dict[str, Any]:
    """What the page about certainty and changes shows."""
    second = [sentences.lead_over_second(analysis, row.alternative) for row in view.ranking[1:2]]
    lines = (
        *second,
        sentences.tolerance(analysis),
        sentences.wrong_steps(analysis),
    )
    return {
        "analysis": analysis,
        "in_short": sentences.in_short(analysis),
        "acceptability": acceptability_chart(analysis.chances),
        "stability": stability_chart(analysis.intervals) if analysis.intervals else None,
        "certainty": [line for line in lines if line],
        "flips": sentences.flips(analysis),
        "paths_to_win": sentences.paths_to_win(analysis),
        "finding_out": sentences.finding_out(analysis),
        "deciding": sentences.deciding(analysis),
    }


def _on_condition(
    summary: PresentedRequirements, numbers: QuotationNumbers
) -> list[PrintedCondition]:
    """Every condition on which an alternative meets a requirement."""
    return [
        PrintedCondition(
            cell.alternative.name,
            Condition(row.key, row.title, cell.statement.condition, row.is_open),
            cell.statement.reason,
            numbers.place(cell.statement.quotations),
        )
        for row in summary.requirements
        for cell in row.cells
        if cell.statement.condition
    ]


def _excluded(
    view: PresentedReport, numbers: QuotationNumbers, *, candidates: bool
) -> list[PrintedRuledOut]:
    """Those ruled out that are candidates, or those that are none."""
    return [
        PrintedRuledOut(row, numbers.place([q for unmet in row.unmet for q in unmet.quotations]))
        for row in view.ruled_out
        if candidates is not bool(row.no_candidate)
    ]


def _shortened(document: Document) -> Document:
    """The document with texts cut that no form lets through; the attached JSON has them whole."""
    notes = {key: _cut(note, TEXT_LIMIT) for key, note in document.notes.items()}
    return structs.replace(
        document,
        title=_cut(document.title, TITLE_LIMIT),
        context=_cut(document.context, TEXT_LIMIT),
        notes=notes,
    )


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[:limit].rstrip()} \u2026 [cut; the whole text is in the attached report.json]"


def _points_table(view: PresentedReport) -> list[dict[str, Any]]:
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


def _sections(view: PresentedReport, numbers: QuotationNumbers) -> list[dict[str, Any]]:
    """The sections with a question asked, each question ready for print."""
    lead = view.ranking[0] if view.ranking else None
    shown = {row.alternative.key for row in view.ranking[:2]}
    return [
        {
            "title": section.title,
            "questions": [_printed(answer, lead, shown, numbers) for answer in section.answers],
        }
        for section in view.sections
        if section.answers
    ]


def _printed(
    answer: Answer, lead: Ranked | None, shown: set[str], numbers: QuotationNumbers
) -> PrintedQuestion:
    effects = {effect.alternative.key: effect.points for effect in answer.effects}
    quoted = numbers.place(answer.quotations)
    reasons = tuple(
        Reason(
            evidence.alternative.name,
            "ruled out" if evidence.veto else step(evidence.value),
            evidence.reason,
            numbers.of(evidence.quotations),
        )
        for evidence in answer.evidence
        if evidence.veto or (evidence.value and evidence.alternative.key in shown)
    )
    named = {number for reason in reasons for number in reason.quotations}
    earlier = tuple(number for number in quoted.earlier if number not in named)
    return PrintedQuestion(
        answer=answer,
        effect=signed(effects[lead.alternative.key]) if lead else "",
        reasons=reasons,
        quoted=replace(quoted, earlier=earlier),
    )


def _disagreements(view: PresentedReport, numbers: QuotationNumbers) -> list[PrintedDisagreement]:
    """Those on which this case falls on a side, or on both."""
    return [
        PrintedDisagreement(
            item, numbers.remind(item.a.quotations), numbers.remind(item.b.quotations)
        )
        for item in view.disagreements
        if item.side != "neither"
    ]
