"""What a PDF says about how sure the result is and what would change it, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from decider.rendering.analysis_parts import AnalysisView, Change, Flip, Lead, Truth
from decider.rendering.numbers import signed
from decider.rendering.report_parts import Alternative, Answer

FLIPS_SHOWN = 6
CHANGES_SHOWN = 3
DECIDING_SHOWN = 5


def in_short(analysis: AnalysisView) -> list[str]:
    """What would change the result, in the few lines that the first page has room for."""
    lines = []
    if analysis.smallest_flip:
        lines.append(_flip(analysis.smallest_flip))
    if analysis.tolerance:
        lines.append(tolerance(analysis))
    deciding = [row for row in analysis.open_questions if row.decides]
    if deciding:
        lines.append(f"Find out next: Q{deciding[0].answer.number}, {deciding[0].answer.question}")
    return lines


def tolerance(analysis: AnalysisView) -> str:
    """How far off the weights may be, in a sentence; empty where nothing can be said."""
    found = analysis.tolerance
    if found is None:
        return ""
    if found.percent == 100:
        return "No change of the weights alone brings another alternative to the top."
    return (
        "The first place holds while no section\u2019s weight is off by more than"
        f" {found.percent}% of itself; beyond that {names(found.rivals)} can draw level."
    )


def flips(analysis: AnalysisView) -> list[str]:
    """Every answer that alone would change who leads, up to a number, and how many more."""
    lines = [_flip(flip) for flip in analysis.flips[:FLIPS_SHOWN]]
    more = len(analysis.flips) - FLIPS_SHOWN
    if more > 0:
        lines.append(f"{more} more, in the attached report.json.")
    if not lines and analysis.smallest_flip:
        lines.append(f"No single answer. The fewest together: {_flip(analysis.smallest_flip)}")
    return lines


def truths(analysis: AnalysisView) -> list[str]:
    """For each other alternative, what would have to be true for it to win."""
    return [_truth(truth) for truth in analysis.truths]


def deciding(analysis: AnalysisView) -> list[str]:
    """The open questions with an answer that would change who leads, the most valuable first."""
    rows = [row for row in analysis.open_questions if row.decides][:DECIDING_SHOWN]
    return [
        f"Q{row.answer.number}, {row.answer.question} "
        + "; ".join(
            f"\u201c{part.label}\u201d: {names(part.leaders) or 'nobody left'}"
            for part in row.possibilities
        )
        + "."
        for row in rows
    ]


def lead_over_second(analysis: AnalysisView, second: Alternative) -> str:
    """By how much the first is ahead of the second, and what decides it."""
    lead = next((row for row in analysis.leads if row.behind == second), None)
    if lead is None or lead.points <= 0:
        return ""
    text = f"{lead.ahead.name} is {lead.points:.1f} points ahead of {lead.behind.name}"
    if lead.low < lead.high:
        text += f"; open answers leave {signed(lead.low)} to {signed(lead.high)}"
    return f"{text}. {_settled_by(lead)}"


def wrong_steps(analysis: AnalysisView) -> str:
    """How many ratings would have to be wrong, in a sentence; empty where none would do."""
    found = analysis.wrong_steps
    if found is None:
        return ""
    ratings = "rating" if found.count == 1 else "ratings"
    return (
        f"At least {found.count} {ratings} of the given answers would have to be one step wrong"
        f" before {found.rival.name} draws level."
    )


def names(alternatives: Iterable[Alternative]) -> str:
    """Names as in a sentence: A, B and C."""
    rows = [alternative.name for alternative in alternatives]
    return " and ".join(filter(None, (", ".join(rows[:-1]), *rows[-1:])))


def _flip(flip: Flip) -> str:
    changes = " and ".join(_change(change) for change in flip.changes)
    if not flip.leaders:
        return f"{changes}: no alternative would be left."
    verb = "lead" if len(flip.leaders) > 1 else "leads"
    return f"{changes}: {names(flip.leaders)} {verb}."


def _change(change: Change) -> str:
    return f"{_after(change)} instead of \u201c{change.before}\u201d"


def _where(change: Change) -> str:
    return f"Q{change.number}" if change.number else change.question


def _truth(truth: Truth) -> str:
    name = truth.alternative.name
    if truth.changes is None:
        return f"{name}: more than {truth.at_least - 1} other answers."
    if len(truth.changes) > CHANGES_SHOWN:
        return f"{name}: {len(truth.changes)} other answers."
    return f"{name}: {' and '.join(_after(change) for change in truth.changes)}."


def _after(change: Change) -> str:
    return f"{_where(change)} \u201c{change.after}\u201d"


def _settled_by(lead: Lead) -> str:
    if not lead.decisive:
        return "Nothing speaks against that." if not lead.counter else ""
    outweigh = "outweighs" if len(lead.decisive) == 1 else "outweigh"
    return (
        f"{_numbers(lead.decisive)} {outweigh} all that is against it ({_numbers(lead.counter)})."
    )


def _numbers(answers: Iterable[Answer]) -> str:
    return ", ".join(f"Q{answer.number}" for answer in answers)
