"""A report as a decision record in Markdown: MADR 4.0.

The file keeps to what tools read as well: the status and the date stand in the front matter, each
on a line of its own (Structurizr), and again in a list under the title (log4brains). Other records
are links to their files in the same folder, called by the name of the file (both). The blank line
that ends the front matter keeps readers who don't know front matter from taking it for a heading.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from typing import Final

from decider.engine.questionnaire.schema import Alternative, Source
from decider.engine.report.document import Document
from decider.presentation.analysis import PresentedAnalysis, present_analysis
from decider.presentation.answers import Quotation, Reason
from decider.presentation.brief import Brief, present_brief, scale
from decider.presentation.numbers import signed
from decider.presentation.reasons import Reasons
from decider.presentation.report import (
    Conditional,
    PresentedReport,
    Ranked,
    Row,
    RuledOut,
    present_report,
)
from decider.presentation.requirements import (
    Condition,
    PresentedRequirement,
    PresentedRequirements,
    Statement,
    present_requirements,
)
from decider.reports.exports.comments import comments_as_markdown
from decider.reports.exports.file_names import madr_file_name
from decider.reports.exports.markdown import block, inline
from decider.reports.metadata import Decision, NamedSignOff, OtherRecord, ReportMetadata, Risk

REASONS_SHOWN: Final = 5


def render_madr(document: Document, *, metadata: ReportMetadata) -> str:
    """The whole file."""
    view = present_report(document)
    requirements = present_requirements(document, view)
    analysis = present_analysis(document, view)
    brief = present_brief(view, analysis)
    decision = metadata.decision or Decision(status="proposed", day=metadata.saved_date)
    parts = [
        *_head(view, decision),
        *_context(view, analysis),
        *_requirements(view, requirements),
        *_options(view),
        *_outcome(view, decision, requirements, brief),
        *_pros_and_cons(view, analysis.reasons, requirements),
        *_more(view, decision, metadata),
        *_certainty(analysis, brief),
        *comments_as_markdown(metadata.discussion, view),
        *_material(view),
    ]
    return "\n\n".join(parts) + "\n"


def _head(view: PresentedReport, decision: Decision) -> Iterator[str]:
    status = linked = decision.status
    if decision.superseded_by:
        status = f"superseded by {decision.superseded_by}"
        linked = f"superseded by {_file(decision.superseded_by)}"
    people = {
        "decision-makers": decision.deciders,
        "consulted": decision.consulted,
        "informed": decision.informed,
    }
    # A JSON string is a YAML string, whatever it holds.
    lines = [f"{key}: {json.dumps(names, ensure_ascii=False)}" for key, names in people.items()]
    named = [line for line, names in zip(lines, people.values(), strict=True) if names]
    yield "\n".join(("---", f"status: {status}", f"date: {decision.day}", *named, "", "---"))
    yield f"# {inline(view.title)}"
    deciders = [f"Deciders: {inline(decision.deciders)}"] if decision.deciders else []
    yield _list([f"Status: {linked}", *deciders, f"Date: {decision.day}"])


def _context(view: PresentedReport, analysis: PresentedAnalysis) -> Iterator[str]:
    yield "## Context and Problem Statement"
    if view.context.strip():
        yield block(view.context)
    counts = view.counts
    unknown = f", {counts.unknown} unknown" if counts.unknown else ""
    unfit = f", {counts.not_applicable} not applicable" if counts.not_applicable else ""
    yield (
        f"{inline(view.questionnaire)} Version {view.questionnaire_version} of this questionnaire"
        f" asked {counts.asked} questions: {counts.answered} answered{unknown}{unfit}."
    )
    yield "## Decision Drivers"
    sections = sorted(view.sections, key=lambda section: -section.weight)
    left = {row.title: f"; decides up to {row.points:.1f} points" for row in analysis.swings}
    yield _list(
        f"{inline(section.title)} (weight {section.weight}{left.get(section.title, '')})"
        for section in sections
    )


def _requirements(view: PresentedReport, requirements: PresentedRequirements) -> Iterator[str]:
    """A table of what has to be met, by alternative."""
    if not requirements.rows:
        return
    yield "### Requirements"
    names = [row.alternative.name for row in view.breakdowns]
    rows = [
        [f"{row.title} (open)" if row.is_open else row.title, *(cell.words for cell in row.cells)]
        for row in requirements.rows
    ]
    yield "\n".join(
        [
            _table_row(["Requirement", *names]),
            "| --- " * (len(names) + 1) + "|",
            *(_table_row(row) for row in rows),
        ]
    )
    yield _list(
        _statement(row, statement) for row in requirements.rows for statement in row.statements
    )


def _statement(row: PresentedRequirement, statement: Statement) -> str:
    """Whether some alternatives meet a requirement, and why."""
    names = "; ".join(inline(alternative.name) for alternative in statement.alternatives)
    confirm = f" To confirm: {inline(statement.condition)}" if statement.condition else ""
    basis = f" ({inline(statement.basis)})" if statement.basis else ""
    quoted = "".join(
        f" \u201c{inline(quotation.text)}\u201d ({_said_by(quotation)}{_cited(quotation.source)})"
        for quotation in statement.quotations
    )
    title = f"\u201c{inline(row.title)}\u201d, {statement.words.lower()}"
    return f"{title}: {names}.{confirm} {inline(statement.reason)}{basis}{quoted}"


def _table_row(cells: Iterable[str]) -> str:
    escaped = (inline(cell).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _options(view: PresentedReport) -> Iterator[str]:
    yield "## Considered Options"
    yield _list(map(_option, view.rows.values()))


def _option(row: Row) -> str:
    name = inline(row.alternative.name)
    if isinstance(row, Conditional):
        return f"{name}, if {inline(row.condition)}"
    if isinstance(row, RuledOut) and row.no_candidate:
        return f"{name}: not a candidate here. {inline(row.no_candidate)}"
    return name


def _outcome(
    view: PresentedReport,
    decision: Decision,
    requirements: PresentedRequirements,
    brief: Brief,
) -> Iterator[str]:
    yield "## Decision Outcome"
    if decision.alternative:
        name = inline(view.name_of(decision.alternative) or decision.alternative)
        because = f", because of this: {block(decision.reason)}" if decision.reason else "."
        word = "Chosen" if decision.is_decided else "Proposed"
        yield f'{word} option: "{name}"{because}'
    else:
        yield "No option is chosen yet."
    verb = "recommend" if view.recommendation else "say"
    said = f"What the answers {verb}: {inline(view.verdict.sentence)}"
    yield f"{said} {scale(brief.steps)}".rstrip()
    yield from _consequences(view, decision, requirements)
    yield from _chapter("### Confirmation", decision.confirmation)
    if decision.sign_offs:
        yield "### Sign-off"
        yield _list(_sign_off(row) for row in decision.sign_offs)


def _sign_off(row: NamedSignOff) -> str:
    reason = f": {inline(row.reason)}" if row.reason else ""
    since = "" if row.is_current else " (replaced by a later sign-off)"
    return f"{row.at[:10]}, {inline(row.name)}: {row.position}{reason}{since}"


def _consequences(
    view: PresentedReport, decision: Decision, requirements: PresentedRequirements
) -> Iterator[str]:
    """Those recorded with risks and costs, and the conditions of what is chosen or else
    recommended."""
    key = decision.alternative or (view.recommendation.key if view.recommendation else "")
    conditions = requirements.conditions_of(key)
    lines = [
        *(_risk(risk) for risk in decision.risks),
        *(_to_confirm(row, decision) for row in conditions),
    ]
    if decision.consequences.strip() or decision.costs.strip() or lines:
        yield "### Consequences"
    if decision.consequences.strip():
        yield block(decision.consequences)
    if decision.costs.strip():
        yield f"Costs: {block(decision.costs)}"
    if lines:
        yield _list(lines)


def _risk(risk: Risk) -> str:
    more = [("severity", risk.severity), ("owner", inline(risk.owner))]
    said = ", ".join(f"{name}: {value}" for name, value in more if value)
    return f"Risk: {inline(risk.text)}{f' ({said})' if said else ''}"


def _to_confirm(condition: Condition, decision: Decision) -> str:
    """What has to be confirmed, by whom and by when, as far as that is recorded."""
    requirement, text = condition.title, condition.text
    recorded = {(row.requirement, row.condition): row for row in decision.confirmations}
    row = recorded.get((requirement, text))
    more = [inline(row.who), f"by {row.by}" if row.by else ""] if row else []
    said = ", ".join(part for part in more if part)
    line = f"To confirm for \u201c{inline(requirement)}\u201d{condition.proviso}: {inline(text)}"
    return f"{line} ({said})" if said else line


def _chapter(heading: str, text: str) -> Iterator[str]:
    if text.strip():
        yield heading
        yield block(text)


def _pros_and_cons(
    view: PresentedReport, reasons: Iterable[Reasons], requirements: PresentedRequirements
) -> Iterator[str]:
    yield "## Pros and Cons of the Options"
    for reason in reasons:
        alternative, row = reason.alternative, view.rows[reason.alternative.key]
        yield f"### {inline(alternative.name)}"
        yield f"{inline(alternative.summary)} {_points_and_rank(row)}".strip()
        ranked = row if isinstance(row, Ranked) else None
        lines = [
            *(_ruled_out(row) if isinstance(row, RuledOut) else ()),
            *(_may_be_ruled_out(ranked) if ranked else ()),
            *_on_condition(requirements, alternative),
            *_arguments(reason, {a.answer.key for a in ranked.decisive} if ranked else set()),
        ]
        if lines:
            yield _list(lines)


def _points_and_rank(row: Row) -> str:
    if isinstance(row, Ranked):
        return f"{row.points:.1f} points of 100, rank {row.rank}."
    if isinstance(row, Conditional):
        asked = " ".join(inline(answer.question) for answer in row.answers)
        return (
            f"An option only if {inline(row.condition)}; it has {row.points:.1f} points of 100."
            f" To find out: {asked}"
        )
    return f"{row.state}; it would have {row.points:.1f} points of 100."


def _ruled_out(row: RuledOut) -> Iterator[str]:
    if row.no_candidate:
        yield f"Bad, because it is not a candidate here: {inline(row.no_candidate)}"
    for unmet in row.unmet:
        title = inline(unmet.title)
        yield f"Bad, because \u201c{title}\u201d is not met: {inline(unmet.reason)}"
    for veto in row.vetoes:
        yield f"Bad, because it is ruled out: {inline(veto.reason)}"


def _may_be_ruled_out(row: Ranked) -> Iterator[str]:
    for unmet in row.unsettled:
        title = inline(unmet.title)
        yield (
            f"Neutral, because \u201c{title}\u201d may have to be met and would not be:"
            f" {inline(unmet.reason)}"
        )


def _on_condition(requirements: PresentedRequirements, alternative: Alternative) -> Iterator[str]:
    for row in requirements.conditions_of(alternative.key):
        title = inline(row.title)
        yield f"Neutral, because \u201c{title}\u201d is met on a condition: {inline(row.text)}"


def _arguments(row: Reasons, decisive: Container[str]) -> Iterator[str]:
    """The strongest reasons; decisive ones, which are always against, before all others."""
    against = sorted(row.speak_against, key=lambda reason: reason.answer.key not in decisive)
    for word, reasons in (("Good", row.speak_for), ("Bad", against)):
        for reason in reasons[:REASONS_SHOWN]:
            weight = ", decisive" if reason.answer.key in decisive else ""
            yield f"{word}, because {_argument(reason)} ({signed(reason.points)} points{weight})"


def _argument(reason: Reason) -> str:
    why = f": {inline(reason.evidence.reason)}" if reason.evidence else ""
    return f"of \u201c{inline(reason.answer.label)}\u201d{why}"


def _more(view: PresentedReport, decision: Decision, metadata: ReportMetadata) -> Iterator[str]:
    yield "## More Information"
    lines = [
        f"{inline(metadata.reference)}, saved on {metadata.saved_date}: {_link(metadata.address)}",
        f"Content hash of the report (SHA-256): {metadata.content_hash}",
        f"Method: {inline(view.method)}",
    ]
    if decision.review_on:
        lines.append(f"Review date: {decision.review_on}")
    if decision.supersedes and decision.is_decided:
        lines.append(f"Supersedes {_file(decision.supersedes)}")
    yield _list(lines)


def _certainty(analysis: PresentedAnalysis, brief: Brief) -> Iterator[str]:
    """What would change the result, what to find out, and what the first places share."""
    lines = {"What would overturn it": brief.turn, "Find out next": brief.find_out}
    rows = [f"{name}: {inline(line.text)}" for name, line in lines.items() if line]
    rows += [f"How often each kind comes first. {inline(row.line)}" for row in analysis.layers]
    if rows:
        yield "### How Far It Holds"
        yield _list(rows)


def _material(view: PresentedReport) -> Iterator[str]:
    yield "### Answers"
    yield _list(_answers(view))
    yield "### Sources"
    yield _list(_cited(source) for source in view.sources)


def _said_by(quotation: Quotation) -> str:
    return f"{inline(quotation.speaker)}, quoted in " if quotation.speaker else ""


def _cited(source: Source) -> str:
    citation = inline(source.citation)
    return f"[{citation}]({source.url})" if source.url else citation


def _file(other: OtherRecord) -> str:
    name = madr_file_name(other.title, other.reference)
    return f"[{name.removesuffix('.md')}]({name})"


def _link(address: str) -> str:
    return f"<{address}>" if address.startswith(("https://", "http://")) else inline(address)


def _answers(view: PresentedReport) -> Iterator[str]:
    for answer in view.answers:
        note = f" Note: {inline(answer.note)}" if answer.note.strip() else ""
        yield f"Q{answer.number} {inline(answer.question)} **{inline(answer.label)}**{note}"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"* {line}" for line in lines)
