"""The first page of a PDF: a summary that is complete on its own, and no longer than the page."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, Final, Literal

from decider.engine.questionnaire.schema import Alternative
from decider.presentation.charts import WIDTH, contribution_chart, ranking_chart
from decider.presentation.report_parts import PresentedReport
from decider.presentation.requirements import PresentedRequirements
from decider.presentation.sentences import names, scale
from decider.presentation.svg import Picture, text_width
from decider.reports.decision import PresentedDecision, cut, present_decision
from decider.reports.metadata import Decision

Paper = Literal["A4", "Letter"]

ROOM: Final[dict[Paper, float]] = {"A4": 255, "Letter": 242}
"""Millimetres between the margins of the first page, one less than there are."""

STANDFIRST_LIMIT: Final = 200
STANDFIRST_LINES: Final = 4
CONDITIONS_SHOWN: Final = 3
CONDITION_LIMIT: Final = 180
BARS: Final = (6, 5, 4, 3)
"""How many sections the chart of what drives the result shows, the more the better."""

TEXT_WIDTH: Final = 166.0
NARROWER: Final = 0.88
"""How wide running text is set, against the face of the charts."""
HEADING: Final = 11.4
CAPTION: Final = 8.6


def first_page(
    view: PresentedReport,
    decision: Decision | None,
    changes: Sequence[str],
    paper: Paper,
    summary: PresentedRequirements,
) -> dict[str, Any]:
    """What the template of the first page needs.

    The chart of what drives the result is made as large as the room that is left; where there is
    next to none, the next page shows it.
    """
    ranking = ranking_chart(view)
    head = present_decision(view, decision)
    standfirst = _standfirst(view.context)
    steps = scale(view.verdict)
    chosen = _to_be_confirmed(view, decision)
    used = _height(view, standfirst, head, changes) + _picture(ranking)
    caption = _ranking_caption(view)
    used += 3.9 * (_lines(caption, 7.8, TEXT_WIDTH) - 1)
    used += 4.1 * _lines(steps, 7.8, 160) + 2.2 if steps else 0
    to_confirm = _to_confirm(summary, chosen, ROOM[paper] - used) if chosen else []
    used += _list_height(to_confirm) if to_confirm else 0
    charts = _driver_charts(view)
    fitting = [chart for chart in charts if used + _picture(chart) <= ROOM[paper]]
    return {
        "lead": view.ranking[0] if view.ranking else None,
        "head": head,
        "standfirst": standfirst,
        "scale": steps,
        "to_confirm": to_confirm,
        "to_confirm_for": chosen.name if chosen else "",
        "ranking": ranking,
        "ranking_caption": caption,
        "drivers": fitting[0] if fitting else None,
        "later_drivers": charts[0] if charts and not fitting else None,
    }


def _driver_charts(view: PresentedReport) -> list[Picture]:
    if not view.ranking or not view.counts.answered:
        return []
    return [contribution_chart(view.breakdowns[0], strongest=bars) for bars in BARS]


def _height(
    view: PresentedReport, standfirst: str, head: PresentedDecision | None, changes: Sequence[str]
) -> float:
    """About how many millimetres everything but the charts takes, generously."""
    height = 6 + 9.4 * _lines(view.title, 23, 145) + 5
    height += 5.1 * _lines(standfirst, 9.6, 145) + 5 if standfirst else 0
    height += 17 + (_decision_height(head) if head else 0)
    height += HEADING + 5.9 * _lines(view.verdict.sentence, 11.6, 152) + 2
    return height + _list_height(changes)


def _list_height(lines: Sequence[str]) -> float:
    return HEADING + sum(4.5 * _lines(line, 8.8, 160) + 0.4 for line in lines) + 2


def _to_be_confirmed(view: PresentedReport, decision: Decision | None) -> Alternative | None:
    """What was decided, or else what is recommended."""
    key = decision.alternative if decision and decision.is_decided else ""
    rows = (row.alternative for row in view.breakdowns)
    return next((row for row in rows if row.key == key), None) or view.recommendation


def _to_confirm(summary: PresentedRequirements, chosen: Alternative, room: float) -> list[str]:
    """The conditions of what is chosen, as far as so many millimetres have room for them."""
    conditions = [row.sentence for row in summary.conditions_of(chosen.key)]
    for shown in range(min(len(conditions), CONDITIONS_SHOWN), 0, -1):
        lines = _first_conditions(conditions, shown)
        if _list_height(lines) <= room:
            return lines
    return _first_conditions(conditions, 0)


def _first_conditions(conditions: Sequence[str], shown: int) -> list[str]:
    lines = [cut(condition, CONDITION_LIMIT) for condition in conditions[:shown]]
    left = len(conditions) - shown
    more = f"{left} more" if shown else f"{left} in all"
    return [*lines, f"{more}, under \u201cWhat has to be met\u201d."] if left else lines


def _decision_height(head: PresentedDecision) -> float:
    lines = (f"{head.status} on {head.day} by {head.by}. Deciders: {head.deciders}", head.advice)
    small = sum(_lines(line, 8.8, 160) for line in (*lines, f"Reason: {head.reason}"))
    return HEADING + 12 + 4.5 * small


def _lines(text: str, size: float, width: float) -> int:
    """On how many lines a text is set; size in points, width in millimetres."""
    widths = (NARROWER * text_width(line, size * 0.3528) / width for line in text.split("\n"))
    return sum(max(1, ceil(lines)) for lines in widths)


def _picture(picture: Picture) -> float:
    """Millimetres of a picture with its heading and caption."""
    return HEADING + picture.height * TEXT_WIDTH / WIDTH + CAPTION


def _standfirst(context: str) -> str:
    """As much of the context as the first page has room for."""
    text = context.strip()
    shown = "\n".join(text.split("\n")[:STANDFIRST_LINES])
    if len(shown) > STANDFIRST_LIMIT:
        return cut(shown, STANDFIRST_LIMIT)
    return text if shown == text else f"{shown.rstrip()} \u2026"


def _ranking_caption(view: PresentedReport) -> str:
    parts = ["Points from 0 to 100; 50 is neutral."]
    if any(row.low < row.high for row in view.ranking):
        parts.append("Thin line: the range that open answers leave.")
    if view.conditional:
        unranked = names(row.alternative for row in view.conditional)
        parts.append(f"Not ranked while something is open: {unranked}.")
    return " ".join(parts)
