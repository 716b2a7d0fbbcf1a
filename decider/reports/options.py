"""The alternatives of a report as a decision chooses among them."""

from __future__ import annotations

from dataclasses import dataclass

from decider.engine.questionnaire.schema import Alternative
from decider.presentation.report import Conditional, PresentedReport, Ranked, Row
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
    return tuple(
        Option(
            alternative=row.alternative,
            place=row.rank if isinstance(row, Ranked) else 0,
            points=row.points,
            remark=_remark(row),
            recommended=row.alternative == view.recommendation,
            conditions=requirements.conditions_of(key),
        )
        for key, row in view.rows.items()
    )


def _remark(row: Row) -> str:
    """Why an alternative is not in the ranking; empty where it is."""
    if isinstance(row, Ranked):
        return ""
    if isinstance(row, Conditional):
        return f"Only if {row.condition}"
    return f"{row.state}: {row.reasons[0]}"
