"""What the appendix of a PDF shows of how sure a result is, what drives it and what changes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from decider.engine.questionnaire.schema import Alternative
from decider.presentation import sentences
from decider.presentation.analysis import Interval, PresentedAnalysis
from decider.presentation.charts import (
    acceptability_chart,
    contribution_chart,
    lead_chart,
    stability_chart,
)
from decider.presentation.numbers import percent
from decider.presentation.report import PresentedReport

BARS: Final = 8
RIVALS: Final = 2
"""For how many of the closest rivals it is said what would have to be true."""


def certainty(analysis: PresentedAnalysis, view: PresentedReport) -> dict[str, Any]:
    """What the section on certainty and changes shows."""
    chances = [row for row in analysis.chances if percent(row.first) != "0%"]
    movable = [row for row in analysis.intervals if not row.free]
    return {
        "analysis": analysis,
        "acceptability": acceptability_chart(chances),
        "never_first": [row.alternative for row in analysis.chances if row not in chances],
        "stability": stability_chart(movable) if movable else None,
        "any_weight": _any_weight(analysis.intervals),
        "certainty": _lines(analysis, view),
        "flips": sentences.flips(analysis),
        "paths_to_win": sentences.paths_to_win(_closest(analysis, view)),
        "finding_out": sentences.finding_out(analysis),
        "deciding": sentences.deciding(analysis),
    }


def driving(
    view: PresentedReport, analysis: PresentedAnalysis, subject: Alternative | None
) -> dict[str, Any]:
    """The chart of what sections add to the subject, and of what they add to its lead."""
    row = next((row for row in view.breakdowns if row.alternative == subject), None)
    if row is None or not view.counts.answered:
        return {"drivers": None, "lead": None}
    lead = next((lead for lead in analysis.leads if lead.ahead == subject), None)
    return {
        "drivers": contribution_chart(row, strongest=BARS),
        "lead": lead,
        "lead_chart": lead_chart(lead, strongest=BARS) if lead else None,
    }


def _lines(analysis: PresentedAnalysis, view: PresentedReport) -> list[str]:
    second = [sentences.lead_over_second(analysis, row.alternative) for row in view.ranking[1:2]]
    lines = (*second, sentences.tolerance(analysis), sentences.wrong_steps(analysis))
    return [line for line in lines if line]


def _closest(analysis: PresentedAnalysis, view: PresentedReport) -> PresentedAnalysis:
    """The analysis with what would have to be true for the closest rivals only."""
    leaders = {row.key for row in view.leaders}
    ranked = [row.alternative.key for row in view.ranking if row.alternative.key not in leaders]
    paths = {path.alternative.key: path for path in analysis.paths_to_win}
    closest = [paths[row] for row in ranked if row in paths][:RIVALS]
    return replace(analysis, paths_to_win=tuple(closest))


def _any_weight(intervals: tuple[Interval, ...]) -> str:
    """The sections whose weight alone changes nothing, in a sentence; empty if there are none."""
    free = [row.title for row in intervals if row.free]
    if not free:
        return ""
    if len(free) == len(intervals):
        return "Whatever weight any one section gets, the same alternative stays first."
    return f"Any weight of these sections leaves the same alternative first: {'; '.join(free)}."
