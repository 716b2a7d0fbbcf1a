"""What was decided, in the few words that stand at the head of a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from decider.presentation.report import PresentedReport
from decider.reports.metadata import Decision
from decider.reports.models import Status

REASON_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class PresentedDecision:
    """The choice of a decision record.

    `heading` says whether it is a decision at all, `status` what became of it on `day`, and `by`
    whom or what. `advice` says how the choice stands to the recommendation. `reason` is cut to
    what a head has room for.
    """

    heading: str
    chosen: str
    status: str
    day: date
    by: str
    deciders: str
    advice: str
    reason: str


def present_decision(view: PresentedReport, decision: Decision | None) -> PresentedDecision | None:
    """What was chosen on the strength of a report; None while nothing is."""
    if decision is None or not decision.alternative:
        return None
    change = decision.status_change
    return PresentedDecision(
        heading=_heading(decision),
        chosen=view.name_of(decision.alternative) or decision.alternative,
        status=decision.status.capitalize(),
        day=date.fromisoformat(change.day),
        by=str(decision.superseded_by or ("" if decision.deciders else change.by)),
        deciders=decision.deciders,
        advice=_advice(view, decision),
        reason=cut(" ".join(decision.reason.split()), REASON_LIMIT),
    )


def _heading(decision: Decision) -> str:
    if decision.is_decided:
        return "Decision"
    proposed = decision.status == Status.PROPOSED
    return "Proposal" if proposed else f"{decision.status.capitalize()} proposal"


def _advice(view: PresentedReport, decision: Decision) -> str:
    if view.recommendation is None:
        return "There was no clear recommendation."
    if view.recommendation.key == decision.alternative:
        return "It is what was recommended."
    return f"It departs from the recommendation, which was: {view.recommendation.name}."


def cut(text: str, limit: int) -> str:
    """A text that is at most about this long, cut after a word."""
    text = text.strip()
    if len(text) <= limit:
        return text
    return f"{text[:limit].rsplit(maxsplit=1)[0].rstrip()} \u2026"
