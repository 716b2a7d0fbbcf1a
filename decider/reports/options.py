"""The alternatives of a report as a decision chooses among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from decider.engine.questionnaire.schema import Alternative
from decider.presentation.report import PresentedReport
from decider.presentation.requirements import Condition, PresentedRequirements


@dataclass(frozen=True, slots=True)
class Option:
    """An alternative that can be chosen; `remark` says how it came out of the report.

    `place` is its rank, 0 where it has none. `conditions` are what has to be confirmed if it is
    chosen.
    """

    alternative: Alternative
    place: int
    points: float
    remark: str
    recommended: bool
    conditions: tuple[Condition, ...]


def options_of(view: PresentedReport, requirements: PresentedRequirements) -> tuple[Option, ...]:
    """Every alternative of a report: the ranked ones first, in their order."""
    remarks = dict(_remarks(view))
    places = {row.alternative.key: row.rank for row in view.ranking}
    return tuple(
        Option(
            alternative=row.alternative,
            place=places.get(row.alternative.key, 0),
            points=row.points,
            remark=remarks.get(row.alternative.key, ""),
            recommended=row.alternative == view.recommendation,
            conditions=requirements.conditions_of(row.alternative.key),
        )
        for row in view.breakdowns
    )


def _remarks(view: PresentedReport) -> Iterable[tuple[str, str]]:
    """Why an alternative is not in the ranking."""
    for conditional in view.conditional:
        yield conditional.alternative.key, f"Only if {conditional.condition}"
    for out in view.ruled_out:
        state = "Not a candidate here" if out.no_candidate else "Ruled out"
        yield out.alternative.key, f"{state}: {out.reasons[0]}"
