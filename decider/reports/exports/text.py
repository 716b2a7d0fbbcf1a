"""A report document as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from decider.engine.questionnaire.schema import Questionnaire
from decider.engine.report.changes import PairFlips
from decider.engine.report.document import Document
from decider.presentation.analysis import (
    LayerShares,
    OpenQuestion,
    PresentedAnalysis,
    Swing,
    present_analysis,
)
from decider.presentation.answers import CHOSEN, Reason
from decider.presentation.brief import Brief, BriefLine, present_brief, scale
from decider.presentation.numbers import percent, points, signed, span
from decider.presentation.report import (
    Argument,
    Breakdown,
    Conditional,
    PresentedReport,
    Ranked,
    RuledOut,
    Unmet,
    present_report,
)
from decider.presentation.requirements import (
    PresentedRequirement,
    PresentedRequirements,
    Statement,
    present_requirements,
)
from decider.presentation.sentences import forbidding

WIDTH = 88
REASONS = 5
"""How many reasons each way are given; the report holds all."""


def render_text(document: Document) -> str:
    """The result, what speaks for and against it, and every answer."""
    view = present_report(document)
    requirements = present_requirements(document, view)
    analysis = present_analysis(document, view)
    brief = present_brief(view, analysis)
    return "\n".join(_lines(view, requirements, analysis, brief)) + "\n"


def render_pairs(questionnaire: Questionnaire, found: PairFlips) -> str:
    """Pairs of other answers that change what comes first, as `pairs_of` finds them."""
    names = {row.key: row.name for row in questionnaire.alternatives}
    lines = []
    for pair in found.pairs:
        first = "; ".join(names[key] for key in pair.leaders) or "nothing: all are ruled out"
        lines.append(f"First: {first}")
        for change in pair.changes:
            question = questionnaire.questions[change.question]
            lines += _item(f"{question.text} {question.choice(change.after).label}")
    if not found.pairs:
        lines.append("There are none.")
    if not found.complete:
        lines.append("There may be more.")
    title = "Pairs of other answers that change what comes first"
    return "\n".join(_chapter(title, lines)) + "\n"


def _lines(
    view: PresentedReport,
    requirements: PresentedRequirements,
    analysis: PresentedAnalysis,
    brief: Brief,
) -> Iterator[str]:
    yield from wrap(view.title, WIDTH)
    yield from wrap(view.context, WIDTH)
    yield f"{view.questionnaire} Version {view.questionnaire_version}"
    yield ""
    yield from wrap(view.verdict.sentence, WIDTH)
    yield from wrap(scale(brief.steps), WIDTH)
    yield from wrap(_progress(view), WIDTH)
    recommended = view.recommendation.name if view.recommendation else ""
    chapters = {
        f"To confirm for {recommended}": _to_confirm(requirements),
        "Ranking": _ranking(view),
        "Alternatives on a condition": _conditional(view.conditional),
        "Not candidates here": _out(row for row in view.ruled_out if row.no_candidate),
        "Ruled out": _out(row for row in view.ruled_out if not row.no_candidate),
        "What has to be met": _requirements(requirements.rows),
        "What would overturn it": _line(brief.turn),
        "Find out next": _line(brief.find_out),
        "Answers that could rule out what comes first": _forbidding(analysis.open_questions),
        "What the first places have in common": _layers(analysis.layers),
        "Points that each section still decides": _swings(analysis.swings),
    }
    for title, lines in chapters.items():
        yield from _chapter(title, lines)
    for breakdown in view.breakdowns:
        if breakdown.alternative in view.leaders:
            yield from _reasons(breakdown)
    yield from _chapter("Answers that hardly fit together", _conflicts(view))
    yield from _chapter("Answers", _answers(view))


def _progress(view: PresentedReport) -> str:
    counts = view.counts
    others = {
        "unknown": counts.unknown,
        "not applicable": counts.not_applicable,
        "not answered": counts.unanswered,
    }
    parts = [f"{counts.answered} of {counts.asked} questions answered"]
    parts += [f"{number} {what}" for what, number in others.items() if number]
    return f"{', '.join(parts)}: {percent(view.answered_weight)} of the weight."


def _chapter(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines under a heading, if there are any."""
    for number, line in enumerate(lines):
        if not number:
            yield from ("", title, "-" * len(title))
        yield line


def _ranking(view: PresentedReport) -> Iterator[str]:
    width = max((len(row.alternative.name) for row in view.ranking), default=0)
    for row in view.ranking:
        yield f"{row.rank:2}. {row.alternative.name:{width}}  {_points(row)}".rstrip()
        yield from _arguments("could be ruled out", row.provisional)
        yield from _unmet("may have to be met and would not be", row.unsettled)
        yield from _arguments("speaks decisively against it", row.decisive)


def _points(row: Ranked) -> str:
    open_range = span(row.low, row.high)
    return f"{points(row.points):>5}  {f'({open_range})' if open_range else ''}"


def _out(rows: Iterable[RuledOut]) -> Iterator[str]:
    for row in rows:
        yield f"{row.alternative.name}, which would have had {points(row.points)}"
        if row.no_candidate:
            yield from _item(f"because: {row.no_candidate}")
        yield from _unmet("is not met", row.unmet)
        yield from _arguments("because", row.vetoes)


def _to_confirm(requirements: PresentedRequirements) -> Iterator[str]:
    for condition in requirements.conditions:
        yield from _item(condition.sentence, "")


def _conditional(rows: tuple[Conditional, ...]) -> Iterator[str]:
    for row in rows:
        yield from _item(f"{row.alternative.name}, if {row.condition}: {points(row.points)}", "")
        for answer in row.answers:
            yield from _item(f"to settle: {answer.numbered}")


def _requirements(rows: tuple[PresentedRequirement, ...]) -> Iterator[str]:
    for row in rows:
        yield from _item(f"{row.title}{' (open)' if row.is_open else ''}", "")
        for statement in row.statements:
            yield from _statement(statement)


def _statement(statement: Statement) -> Iterator[str]:
    names = "; ".join(row.name for row in statement.alternatives)
    yield from _item(f"{statement.words}: {names}")
    if statement.condition:
        yield from _item(f"To confirm: {statement.condition}", "      ")
    basis = f" ({statement.basis})" if statement.basis else ""
    yield from _item(f"{statement.reason}{basis}", "      ")
    for row in statement.quotations:
        yield from _item(f"\u201c{row.text}\u201d {row.citation}", "      ")


def _line(line: BriefLine | None) -> Iterator[str]:
    if line:
        yield from _item(line.text, "")


def _forbidding(to_find_out: Iterable[OpenQuestion]) -> Iterator[str]:
    for row in to_find_out:
        if row.forbids:
            yield from _item(f"{row.answer.numbered} {forbidding(row)}", "")


def _layers(rows: tuple[LayerShares, ...]) -> Iterator[str]:
    for row in rows:
        yield from _item(row.line, "")


def _swings(rows: tuple[Swing, ...]) -> Iterator[str]:
    for row in rows:
        yield f"{points(row.points):>5}  {row.title} (weight {row.weight})"


def _unmet(words: str, rows: Iterable[Unmet]) -> Iterator[str]:
    for row in rows:
        yield from _item(f"\u201c{row.title}\u201d {words}: {row.reason}")


def _arguments(words: str, rows: Iterable[Argument]) -> Iterator[str]:
    for row in rows:
        yield from _item(f"{words}: {row.reason} ({row.answer.numbered} {row.answer.label})")


def _item(text: str, indent: str = "    ") -> list[str]:
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")


def _reasons(breakdown: Breakdown) -> Iterator[str]:
    parts = [
        part
        for section in breakdown.sections
        for part in section.questions
        if part.answer.status == CHOSEN
    ]
    parts.sort(key=lambda part: -part.points)
    strongest = {
        "For": [part for part in parts if part.points > 0][:REASONS],
        "Against": [part for part in reversed(parts) if part.points < 0][:REASONS],
    }
    for words, chosen in strongest.items():
        yield from _chapter(f"{words} {breakdown.alternative.name}", _parts(chosen))


def _parts(parts: Iterable[Reason]) -> Iterator[str]:
    for part in parts:
        reason = f" {part.evidence.reason}" if part.evidence else ""
        answer = f"{part.answer.numbered} {part.answer.label}."
        yield from _item(f"{signed(part.points):>5}  {answer}{reason}", "")


def _conflicts(view: PresentedReport) -> Iterator[str]:
    for conflict in view.conflicts:
        yield from _item(conflict.message, "")


def _answers(view: PresentedReport) -> Iterator[str]:
    for section in view.sections:
        yield f"{section.title} (weight {section.weight})"
        for answer in section.answers:
            yield from _item(f"{answer.numbered} {answer.label}", "  ")
            if answer.note:
                yield from _item(f"Note: {answer.note}", "      ")
