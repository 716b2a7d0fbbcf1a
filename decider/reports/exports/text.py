"""A report document as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from decider.engine.questionnaire.schema import Questionnaire
from decider.presentation.numbers import percent, points, signed, span
from decider.presentation.report import CHOSEN, present_report
from decider.presentation.report_parts import Breakdown, PresentedReport, Ranked, RuledOut, Veto

WIDTH = 88
REASONS = 5
"""How many reasons each way are given; the report holds all."""


def render_text(document: Mapping[str, Any]) -> str:
    """The result, what speaks for and against it, and every answer."""
    return "\n".join(_lines(present_report(document))) + "\n"


def render_pairs(questionnaire: Questionnaire, found: Mapping[str, Any]) -> str:
    """Pairs of other answers that change what comes first, as `pair_flips` finds them."""
    names = {row.key: row.name for row in questionnaire.alternatives}
    lines = list(_heading("Pairs of other answers that change what comes first"))
    for pair in found["pairs"]:
        first = "; ".join(names[key] for key in pair["leaders"]) or "nothing: all are ruled out"
        lines.append(f"First: {first}")
        for change in pair["changes"]:
            question = questionnaire.questions[change["question"]]
            lines += _item(f"{question.text} {question.choice(change['to']).label}")
    if not found["pairs"]:
        lines.append("There are none.")
    if not found["complete"]:
        lines.append("There may be more.")
    return "\n".join(lines) + "\n"


def _lines(view: PresentedReport) -> Iterator[str]:
    yield from wrap(view.title, WIDTH)
    yield from wrap(view.context, WIDTH)
    yield f"{view.questionnaire} Version {view.questionnaire_version}"
    yield ""
    yield from wrap(view.verdict.sentence, WIDTH)
    yield from wrap(_progress(view), WIDTH)
    yield from _ranking(view)
    yield from _ruled_out(view.ruled_out)
    for breakdown in view.breakdowns:
        if breakdown.alternative in view.leaders:
            yield from _reasons(breakdown)
    yield from _conflicts(view)
    yield from _answers(view)


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


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "-" * len(text)


def _ranking(view: PresentedReport) -> Iterator[str]:
    if not view.ranking:
        return
    yield from _heading("Ranking")
    width = max(len(row.alternative.name) for row in view.ranking)
    for row in view.ranking:
        yield f"{row.rank:2}. {row.alternative.name:{width}}  {_points(row)}".rstrip()
        yield from _vetoes("could be ruled out", row.provisional)


def _points(row: Ranked) -> str:
    open_range = span(row.low, row.high)
    return f"{points(row.points):>5}  {f'({open_range})' if open_range else ''}"


def _ruled_out(rows: tuple[RuledOut, ...]) -> Iterator[str]:
    if not rows:
        return
    yield from _heading("Ruled out")
    for row in rows:
        yield f"{row.alternative.name}, which would have had {points(row.points)}"
        yield from _vetoes("because", row.vetoes)


def _vetoes(words: str, vetoes: tuple[Veto, ...]) -> Iterator[str]:
    for veto in vetoes:
        yield from _item(f"{words}: {veto.reason} ({veto.answer.question} {veto.answer.label})")


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
        if chosen:
            yield from _heading(f"{words} {breakdown.alternative.name}")
        for part in chosen:
            reason = f" {part.evidence.reason}" if part.evidence else ""
            answer = f"{part.answer.question} {part.answer.label}."
            yield from _item(f"{signed(part.points):>5}  {answer}{reason}", "")


def _conflicts(view: PresentedReport) -> Iterator[str]:
    if view.conflicts:
        yield from _heading("Answers that hardly fit together")
    for conflict in view.conflicts:
        yield from _item(conflict.message, "")


def _answers(view: PresentedReport) -> Iterator[str]:
    yield from _heading("Answers")
    for section in view.sections:
        yield f"{section.title} (weight {section.weight})"
        for answer in section.answers:
            yield from _item(f"{answer.question} {answer.label}", "  ")
            if answer.note:
                yield from _item(f"Note: {answer.note}", "      ")
