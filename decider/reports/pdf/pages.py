"""The markup of a report's PDF: what stands on its pages, cleaned for print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from msgspec import UNSET, structs

from decider.engine.questionnaire.schema import Alternative
from decider.engine.report.document import Document
from decider.engine.report.round import Round
from decider.presentation.analysis import present_analysis
from decider.presentation.answers import Answer, Evidence, Quotation
from decider.presentation.brief import present_brief
from decider.presentation.contradictions import Disagreement
from decider.presentation.numbers import signed, step
from decider.presentation.points_table import points_table
from decider.presentation.report import PresentedReport, RuledOut, present_report
from decider.presentation.requirements import (
    PresentedRequirement,
    PresentedRequirements,
    Statement,
    present_requirements,
)
from decider.presentation.round import round_in
from decider.reports.metadata import CHOICE, Decision, ReportMetadata
from decider.reports.pdf.certainty import certainty, driving
from decider.reports.pdf.clean import clean_markup, cut_short
from decider.reports.pdf.code import printed_code
from decider.reports.pdf.discussion import printed_discussion
from decider.reports.pdf.first_page import FirstPage, Paper, chosen_in, first_page
from decider.reports.pdf.quotations import Citation, QuotationNumbers
from decider.reports.pdf.worker.fonts import covered
from decider.reports.pdf.worker.job import File

TITLE_LIMIT = 200
TEXT_LIMIT = 4000
ROUND_NOTE_LIMIT = 500
_HEADING = re.compile(r'<h2 id="([\w-]+)">(.*?)</h2>')


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the appendix, with the anchor and the markup of its heading."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer speaks for or against an alternative; `mark` is +2, \u22121 or "ruled out".

    `quotations` are citations of those that support it.
    """

    name: str
    mark: str
    text: str
    quotations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """A question, its effect on the subject of the report and the reasons worth a line."""

    answer: Answer
    effect: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PrintedDisagreement:
    """A disagreement with the numbers of the quotations of its sides."""

    item: Disagreement
    a: tuple[Citation, ...]
    b: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class PrintedStatement:
    """Whether and why some alternatives meet a requirement, with its citations."""

    row: Statement
    quotations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class PrintedRequirement:
    """A requirement with what is said of the alternatives."""

    row: PresentedRequirement
    statements: tuple[PrintedStatement, ...]


@dataclass(frozen=True, slots=True)
class PrintedRuledOut:
    """An alternative that is out, with the quotations about what it does not meet."""

    row: RuledOut
    quotations: tuple[Citation, ...]


def report_markup(
    document: Document,
    *,
    metadata: ReportMetadata,
    paper: Paper,
    files: tuple[File, ...],
    with_code: bool = False,
) -> str:
    """The whole HTML of a report; `files` are those attached."""
    printed = _shortened(document)
    view = present_report(printed)
    analysis, requirements = present_analysis(document, view), present_requirements(document, view)
    page = first_page(view, metadata.decision, present_brief(view, analysis), paper, requirements)
    subject, shown = _subject(view, page.subject), _shown(view, page.subject)
    numbers = QuotationNumbers(_cited(view, requirements, shown))
    context = {
        "view": view,
        "metadata": metadata,
        "decision": metadata.decision,
        "page": page,
        "chosen": chosen_in(metadata.decision),
        "paper": paper,
        "files": files,
        "subject": subject,
        "has_decision_page": _has_decision_page(view, page, requirements, metadata.decision),
        "history": _history(view, metadata.decision),
        "points_table": points_table(view),
        **certainty(analysis, view),
        **driving(view, analysis, subject),
        "requirements": requirements,
        "stated": _stated(requirements, numbers),
        "no_candidates": _excluded(view, numbers, candidates=False),
        "ruled_out": _excluded(view, numbers, candidates=True),
        "roads": (page.subject,) if page.subject else view.roads,
        "sections": _sections(view, subject, shown, numbers),
        "disagreements": _disagreements(view, numbers),
        "round": round_in(printed),
        "comments": printed_discussion(metadata.discussion, view),
        "passages": numbers.passages,
        "code": printed_code(metadata.address) if with_code else "",
    }
    appendix = render_to_string("reports/pdf/_appendix.html", context)
    context |= {"appendix": appendix, "contents": _contents(appendix)}
    return clean_markup(render_to_string("reports/pdf/report.html", context), covered())


def _contents(markup: str) -> list[Chapter]:
    """The chapters whose headings stand in this markup."""
    return [Chapter(key, mark_safe(title)) for key, title in _HEADING.findall(markup)]  # noqa: S308 (escaped there)


def _subject(view: PresentedReport, subject: Alternative | None) -> Alternative | None:
    """What effects are shown of: what was chosen or recommended, or else what comes first."""
    return subject or (view.ranking[0].alternative if view.ranking else None)


@dataclass(frozen=True, slots=True)
class PrintedEvent:
    """An entry of the history; `chosen` is the name of the alternative where it was changed."""

    minute: str
    status: str
    by: str
    why: str
    chosen: str
    changed: tuple[str, ...]


def _history(view: PresentedReport, decision: Decision | None) -> list[PrintedEvent]:
    return [
        PrintedEvent(
            minute=event.minute,
            status=event.status,
            by=event.by,
            why=event.why,
            chosen=view.name_of(event.alternative) if CHOICE in event.changed else "",
            changed=event.changed,
        )
        for event in (decision.history if decision else ())
    ]


def _has_decision_page(
    view: PresentedReport,
    page: FirstPage,
    requirements: PresentedRequirements,
    decision: Decision | None,
) -> bool:
    """Whether there is something to show between the first page and the appendix."""
    is_recorded = page.head or (decision and (len(decision.history) > 1 or decision.sign_offs))
    rules = requirements.rows or view.conditional
    return bool(page.later_ranking or rules or is_recorded)


def _shown(view: PresentedReport, subject: Alternative | None) -> set[str]:
    """The keys of the alternatives whose reasons are printed: the first two and the chosen one."""
    first = {row.alternative.key for row in view.ranking[:2]}
    return first | {subject.key} if subject else first


def _cited(
    view: PresentedReport, requirements: PresentedRequirements, shown: set[str]
) -> Iterator[Quotation]:
    """The quotations that printed reasons cite, in the order of the pages."""
    for requirement in requirements.rows:
        for statement in requirement.statements:
            yield from statement.quotations
    for out in view.ruled_out:
        for unmet in out.unmet:
            yield from unmet.quotations
    for answer in view.answers:
        for evidence in _printed_evidence(answer, shown):
            yield from evidence.quotations


def _printed_evidence(answer: Answer, shown: set[str]) -> list[Evidence]:
    """What an answer says that is worth a line."""
    return [
        evidence
        for evidence in answer.evidence
        if evidence.veto or (evidence.value and evidence.alternative.key in shown)
    ]


def _stated(
    requirements: PresentedRequirements, numbers: QuotationNumbers
) -> list[PrintedRequirement]:
    """Every requirement, and why alternatives meet it or don't."""
    return [
        PrintedRequirement(
            row,
            tuple(PrintedStatement(said, numbers.cite(said.quotations)) for said in row.statements),
        )
        for row in requirements.rows
    ]


def _excluded(
    view: PresentedReport, numbers: QuotationNumbers, *, candidates: bool
) -> list[PrintedRuledOut]:
    """Those ruled out that are candidates, or those that are none."""
    return [
        PrintedRuledOut(row, numbers.cite(q for unmet in row.unmet for q in unmet.quotations))
        for row in view.ruled_out
        if candidates is not bool(row.no_candidate)
    ]


def _shortened(document: Document) -> Document:
    """The document with texts cut that no form lets through; the attached JSON has them whole."""
    notes = {key: cut_short(note, TEXT_LIMIT) for key, note in document.notes.items()}
    return structs.replace(
        document,
        title=cut_short(document.title, TITLE_LIMIT),
        context=cut_short(document.context, TEXT_LIMIT),
        notes=notes,
        round=_with_short_notes(document.round) if document.round else UNSET,
    )


def _with_short_notes(found: Round) -> Round:
    """A round whose notes fit a PDF, however many people wrote them."""
    people = (
        structs.replace(
            p, notes={k: cut_short(note, ROUND_NOTE_LIMIT) for k, note in p.notes.items()}
        )
        for p in found.participants
    )
    return structs.replace(found, participants=tuple(people))


def _sections(
    view: PresentedReport,
    subject: Alternative | None,
    shown: set[str],
    numbers: QuotationNumbers,
) -> list[dict[str, Any]]:
    """The sections with a question asked, each question ready for print."""
    return [
        {
            "title": section.title,
            "questions": [_printed(answer, subject, shown, numbers) for answer in section.answers],
        }
        for section in view.sections
        if section.answers
    ]


def _printed(
    answer: Answer, subject: Alternative | None, shown: set[str], numbers: QuotationNumbers
) -> PrintedQuestion:
    effects = {effect.alternative.key: effect.points for effect in answer.effects}
    return PrintedQuestion(
        answer=answer,
        effect=signed(effects[subject.key]) if subject else "",
        reasons=tuple(
            Reason(
                evidence.alternative.name,
                "ruled out" if evidence.veto else step(evidence.value),
                evidence.reason,
                numbers.cite(evidence.quotations),
            )
            for evidence in _printed_evidence(answer, shown)
        ),
    )


def _disagreements(view: PresentedReport, numbers: QuotationNumbers) -> list[PrintedDisagreement]:
    """Those in which a quotation stands that is cited, where this case falls on a side."""
    rows = (
        PrintedDisagreement(item, numbers.cite(item.a.quotations), numbers.cite(item.b.quotations))
        for item in view.disagreements
        if item.side != "neither"
    )
    return [row for row in rows if row.a or row.b]
