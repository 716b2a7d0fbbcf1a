"""How sure the result is and what would change it, in the sentences of PDFs and pages."""

from __future__ import annotations

from collections.abc import Iterable

from decider.engine.analysis.wording import listed
from decider.engine.questionnaire.schema import Alternative
from decider.presentation.analysis import (
    Change,
    Flip,
    OpenQuestion,
    PathToWin,
    Possibility,
    PresentedAnalysis,
)
from decider.presentation.answers import UNANSWERED, Reason
from decider.presentation.numbers import percent, signed, worth
from decider.presentation.reasons import Lead

FLIPS_SHOWN = 6
CHANGES_SHOWN = 5
DECIDING_SHOWN = 5


def tolerance(analysis: PresentedAnalysis) -> str:
    """How far off the weights may be, in a sentence; empty where nothing can be said."""
    found = analysis.tolerance
    if found is None:
        return ""
    if found.percent == 100 and analysis.some_weightless:
        return (
            "However far off the weights are, the first place holds as long as sections without"
            " weight get none."
        )
    if found.percent == 100:
        return "No change of the weights alone would put another alternative first."
    rivals = names(found.rivals)
    if found.percent == 0:
        return f"{rivals} could tie for first if section weights are wrong by 1%."
    return (
        f"{rivals} could tie for first if section weights are wrong by more than {found.percent}%."
    )


def flips(analysis: PresentedAnalysis) -> list[str]:
    """Every answer that alone would change who leads, up to a number, and how many more."""
    lines = [_flip(flip) for flip in analysis.flips[:FLIPS_SHOWN]]
    more = len(analysis.flips) - FLIPS_SHOWN
    if more > 0:
        lines.append(f"{more} more, in the attached report.json.")
    if not lines and analysis.smallest_flip:
        lines.append(_together(analysis.smallest_flip))
    return lines


def _together(flip: Flip) -> str:
    if flip.at_least:
        return f"No single answer. Together (it takes at least {flip.at_least}): {_flip(flip)}"
    return f"No single answer. The fewest together: {_flip(flip)}"


def paths_to_win(analysis: PresentedAnalysis) -> list[str]:
    """For each other alternative, what would have to be true for it to win."""
    return [_path_to_win(path) for path in analysis.paths_to_win]


def finding_out(analysis: PresentedAnalysis) -> str:
    """What open questions can do to the first place, and what their worth means."""
    lines = []
    if analysis.necessary:
        lines.append("The open questions can\u2019t change first place.")
        lines += _given_that_can(analysis)
    elif analysis.settled and analysis.can_change and _some_unanswered(analysis):
        lines.append(
            "The unanswered questions can\u2019t change first place;"
            " what is answered \u201cI don\u2019t know\u201d can."
        )
    if analysis.can_change and not any(row.decides for row in analysis.open_questions):
        lines.append(
            "None of these answers changes what comes first by itself. Several together, a question"
            " that they bring up, or \u201cDoes not apply\u201d still can."
        )
    if any(row.value for row in analysis.open_questions):
        lines.append(
            "Worth: how many points the best choice gains on average, by the chances shown, if the"
            " answer is known first."
        )
    return " ".join(lines)


def deciding(analysis: PresentedAnalysis) -> list[str]:
    """The open questions worth finding out, the most valuable first.

    None is left out that could rule out what comes first.
    """
    rows = to_find_out(analysis)
    more = [row for row in rows[DECIDING_SHOWN:] if row.forbids]
    return [_worth(row) for row in (*rows[:DECIDING_SHOWN], *more)]


def to_find_out(analysis: PresentedAnalysis) -> list[OpenQuestion]:
    """The open questions that change who leads, or all where only several together do."""
    deciding = [row for row in analysis.open_questions if row.decides]
    return deciding or (list(analysis.open_questions) if analysis.can_change else [])


def forbidding(row: OpenQuestion) -> str:
    """Which answers would rule out what comes first, in a sentence; empty where none would."""
    if not row.forbids:
        return ""
    answers = " or ".join(f"\u201c{label}\u201d" for label in row.forbids)
    one_of = "one of " if len(row.forbidden) > 1 else ""
    return f"{answers} would rule out {one_of}{names(row.forbidden)}."


def lead_over_second(analysis: PresentedAnalysis, second: Alternative) -> str:
    """By how much the first is ahead of the second, and what decides it."""
    lead = next((row for row in analysis.leads if row.behind == second), None)
    if lead is None or lead.points <= 0:
        return ""
    text = f"{lead.ahead.name}: {lead.points:.1f} points ahead of {lead.behind.name}"
    if lead.low < lead.high:
        text += f"; open answers leave {signed(lead.low)} to {signed(lead.high)}"
    return f"{text}. {_settled_by(lead)}"


def wrong_steps(analysis: PresentedAnalysis) -> str:
    """How many ratings would have to be wrong, in a sentence; empty where none would do."""
    found = analysis.wrong_steps
    if found is None:
        return ""
    if found.count == 1:
        return f"One rating that is one step wrong can bring {found.rival.name} level."
    return (
        f"It takes {found.count} ratings of the given answers, each one step wrong,"
        f" for {found.rival.name} to draw level."
    )


def names(alternatives: Iterable[Alternative]) -> str:
    """Names as in a sentence; see `listed`."""
    return listed([alternative.name for alternative in alternatives])


def _given_that_can(analysis: PresentedAnalysis) -> list[str]:
    """How many given answers can change the first place, each alone."""
    questions = {flip.changes[0].key for flip in analysis.flips}
    if not questions:
        return []
    which = "one answer given" if len(questions) == 1 else f"one of {len(questions)} answers given"
    return [f"Changing {which} would."]


def _some_unanswered(analysis: PresentedAnalysis) -> bool:
    return any(row.answer.status == UNANSWERED for row in analysis.open_questions)


def _asked(row: OpenQuestion) -> str:
    return f"Q{row.answer.number}, {row.answer.question}"


def _worth(row: OpenQuestion) -> str:
    if not row.decides:
        moves = f" Moves the lead by up to {row.swing} points." if row.swing else ""
        return f"{_asked(row)}{moves}"
    text = f"{_asked(row)} {'; '.join(_possibility(part) for part in row.possibilities)}."
    worth_it = f"Worth {worth(row.value)} points." if row.value else ""
    return " ".join(part for part in (text, worth_it, forbidding(row)) if part)


def _possibility(part: Possibility) -> str:
    leaders = names(part.leaders) or "no alternative is left"
    return f"\u201c{part.label}\u201d ({percent(part.chance)}): {leaders}"


def _flip(flip: Flip) -> str:
    changes = " and ".join(_change(change) for change in flip.changes)
    if not flip.leaders:
        return f"{changes}: no alternative would be left."
    return f"{changes}: {names(flip.leaders)} would come first."


def _change(change: Change) -> str:
    return f"{_after(change)} {change.instead}"


def _where(change: Change) -> str:
    return f"Q{change.number}" if change.number else change.question


def _path_to_win(path: PathToWin) -> str:
    name = path.alternative.name
    if path.changes is None:
        answers = "answer" if path.at_least == 1 else "answers"
        return f"{name}: at least {path.at_least} other {answers}."
    if len(path.changes) > CHANGES_SHOWN:
        return f"{name}: {len(path.changes)} other answers, in the attached report.json."
    return f"{name}: {' and '.join(_after(change) for change in path.changes)}."


def _after(change: Change) -> str:
    return f"{_where(change)} \u201c{change.after}\u201d"


def _settled_by(lead: Lead) -> str:
    if not lead.counter:
        return "Nothing speaks against that."
    if not lead.decisive:
        return ""
    outweigh = "outweighs" if len(lead.decisive) == 1 else "outweigh"
    against = _numbers(lead.counter_given)
    if len(lead.counter_given) < len(lead.counter):
        against = f"{against} and open questions" if against else "open questions"
    return f"{_numbers(lead.decisive)} {outweigh} all that is against it ({against})."


def _numbers(reasons: Iterable[Reason]) -> str:
    return ", ".join(f"Q{reason.answer.number}" for reason in reasons)
