"""The first page of a PDF: the brief, complete on its own, and no longer than the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, Literal

from decider.engine.questionnaire.schema import Alternative
from decider.presentation.brief import Brief, BriefLine
from decider.presentation.charts import WIDTH, ranking_chart
from decider.presentation.report import PresentedReport
from decider.presentation.requirements import PresentedRequirements
from decider.presentation.sentences import names
from decider.presentation.svg import Picture, text_width
from decider.reports.decision import PresentedDecision, cut, present_decision
from decider.reports.metadata import Decision
from decider.reports.models import Status
from decider.reports.pdf.clean import clean_text
from decider.reports.pdf.worker.fonts import covered

Paper = Literal["A4", "Letter"]

ROOM: Final[dict[Paper, float]] = {"A4": 255, "Letter": 242}
"""Millimetres between the margins of the first page, one less than there are."""

STANDFIRST_LIMIT: Final = 200
STANDFIRST_LINES: Final = 4
CONDITIONS_SHOWN: Final = 3
CONDITION_LIMIT: Final = 180
PROVISOS_SHOWN: Final = 2
REASON_LIMIT: Final = 130
CHANGE_LIMIT: Final = 260

TEXT_WIDTH: Final = 166.0
COLUMN: Final = 74.0
"""The width of the reasons for, and of those against, which stand side by side."""
NARROWER: Final = 0.88
"""How wide running text is set, against the face of the charts."""
HEADING: Final = 9.4
CAPTION: Final = 8.6


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What the first page shows, as far as it has room for it.

    `head` is the choice that was recorded. `subject` is the alternative that the rest of the
    document is about: what was chosen, or else what is recommended; None where there is neither.
    `ranking` is None where the next page has to show it, as `later_ranking`.
    """

    head: PresentedDecision | None
    subject: Alternative | None
    standfirst: str
    brief: Brief
    to_confirm: tuple[str, ...]
    ranking: Picture | None
    later_ranking: Picture | None
    ranking_caption: str


def first_page(
    view: PresentedReport,
    decision: Decision | None,
    brief: Brief,
    paper: Paper,
    requirements: PresentedRequirements,
) -> FirstPage:
    """The first page of a report with this brief.

    What there is no room for is on later pages: the conditions, what would change the result, and
    the chart of the ranking.
    """
    subject, chosen = subject_of(view, decision), chosen_in(decision)
    conditions = (
        [row.sentence for row in requirements.conditions_of(subject.key)] if subject else []
    )
    ranked = _ranked(view, chosen)
    ranking, caption = ranking_chart(ranked, chosen), _ranking_caption(ranked, view)
    page = FirstPage(
        head=present_decision(view, decision),
        subject=subject,
        standfirst=_standfirst(view.context),
        brief=_shortened(brief),
        to_confirm=(),
        ranking=None,
        later_ranking=None,
        ranking_caption=caption,
    )
    room = ROOM[paper] - _height(view, page)
    page, room = _with_conditions(page, conditions, room)
    page, room = _with_changes(page, room)
    used = _picture(ranking) + 3.9 * (_lines(caption, 7.8, TEXT_WIDTH) - 1)
    if brief.missing:
        return page
    fits = used <= room
    return replace(page, ranking=ranking if fits else None, later_ranking=None if fits else ranking)


def _ranked(view: PresentedReport, chosen: str) -> PresentedReport:
    """The report without what is ruled out, unless nothing else is there or that was chosen."""
    out = (row for row in view.ruled_out if row.alternative.key == chosen)
    return replace(view, ruled_out=tuple(out)) if view.ranking else view


def chosen_in(decision: Decision | None) -> str:
    """The key of the alternative that is decided or proposed; empty where there is none."""
    if decision is None or not (decision.is_decided or decision.status == Status.PROPOSED):
        return ""
    return decision.alternative


def subject_of(view: PresentedReport, decision: Decision | None) -> Alternative | None:
    """What is decided or proposed, or else recommended."""
    return view.alternatives.get(chosen_in(decision)) or view.recommendation


def _shortened(brief: Brief) -> Brief:
    """The brief with lines as long as the first page has room for, and what may be left out."""
    return replace(
        brief,
        provisos=tuple(cut(line, REASON_LIMIT) for line in brief.provisos[:PROVISOS_SHOWN]),
        reasons_for=_cut(brief.reasons_for),
        reasons_against=_cut(brief.reasons_against),
        watch=cut(brief.watch, REASON_LIMIT),
    )


def _cut(lines: Sequence[BriefLine]) -> tuple[BriefLine, ...]:
    return tuple(replace(line, text=cut(line.text, REASON_LIMIT)) for line in lines)


def _height(view: PresentedReport, page: FirstPage) -> float:
    """About how many millimetres all that the page has in any case takes, generously."""
    brief = page.brief
    height = 6 + 9.4 * _lines(view.title, 23, 145) + 5
    height += 5.1 * _lines(page.standfirst, 9.6, 145) + 5 if page.standfirst else 0
    height += 19 + (_decision_height(page.head) if page.head else 0)
    height += HEADING + 5.9 * _lines(brief.headline, 11.6, 152) + 2
    height += sum(4.5 * _lines(line, 8.8, 160) + 0.6 for line in (*brief.provisos, brief.missing))
    height += 11 if brief.steps else 0
    height += 3.9 * _lines(brief.certainty, 7.8, 160) + 4 if brief.certainty else 0
    pair = brief.reasons_for, brief.reasons_against
    columns = (_column(lines, COLUMN if all(pair) else 150) for lines in pair)
    return height + max(columns) + (4.5 * _lines(brief.watch, 8.8, 150) if brief.watch else 0)


def _column(lines: Sequence[BriefLine], width: float) -> float:
    text = sum(4.5 * _lines(f"{line.text} Q10", 8.8, width) + 0.4 for line in lines)
    return 8 + text if lines else 0


def _list_height(lines: Sequence[str]) -> float:
    return HEADING + sum(4.5 * _lines(line, 8.8, 160) + 0.4 for line in lines) + 1


def _with_conditions(
    page: FirstPage, conditions: Sequence[str], room: float
) -> tuple[FirstPage, float]:
    """The page with as many of the conditions as there is room for, and the room then left."""
    for shown in range(min(len(conditions), CONDITIONS_SHOWN), -1, -1):
        lines = _first_conditions(conditions, shown)
        if lines and _list_height(lines) <= room:
            return replace(page, to_confirm=tuple(lines)), room - _list_height(lines)
    return page, room


def _first_conditions(conditions: Sequence[str], shown: int) -> list[str]:
    lines = [cut(condition, CONDITION_LIMIT) for condition in conditions[:shown]]
    left = len(conditions) - shown
    more = f"{left} more" if shown else f"{left} in all"
    return [*lines, f"{more}, under \u201cWhat has to be met\u201d."] if left else lines


def _with_changes(page: FirstPage, room: float) -> tuple[FirstPage, float]:
    """The page with what would change the result and what to find out, as far as they fit."""
    turn, room = _fitting(page.brief.turn, room)
    find_out, room = _fitting(page.brief.find_out, room)
    return replace(page, brief=replace(page.brief, turn=turn, find_out=find_out)), room


def _fitting(line: BriefLine | None, room: float) -> tuple[BriefLine | None, float]:
    """The line, where there is room for it below a heading, and the room then left."""
    if line is None:
        return None, room
    shown = replace(line, text=cut(line.text, CHANGE_LIMIT))
    height = _list_height([shown.text])
    return (shown, room - height) if height <= room else (None, room)


def _decision_height(head: PresentedDecision) -> float:
    lines = (f"{head.status} on {head.day} by {head.by}. Deciders: {head.deciders}", head.advice)
    small = sum(_lines(line, 8.8, 160) for line in (*lines, f"Reason: {head.reason}"))
    return HEADING + 12 + 4.5 * small


def _lines(text: str, size: float, width: float) -> int:
    """On how many lines a text is set; size in points, width in millimetres."""
    printed = clean_text(text, covered())
    widths = (NARROWER * text_width(line, size * 0.3528) / width for line in printed.split("\n"))
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


def _ranking_caption(ranked: PresentedReport, view: PresentedReport) -> str:
    parts = ["Points from 0 to 100; 50 is neutral."] if view.ranking else []
    if any(row.low < row.high for row in view.ranking):
        parts.append("Thin line: the range that open answers leave.")
    if view.conditional:
        unranked = names(row.alternative for row in view.conditional)
        parts.append(f"Not ranked while something is open: {unranked}.")
    left_out = [row for row in view.ruled_out if row not in ranked.ruled_out]
    if left_out:
        parts.append(f"Ruled out, or not a candidate: {names(r.alternative for r in left_out)}.")
    return " ".join(parts) or "Every alternative is ruled out."
