"""Where the points of each alternative lie on a line around the neutral 50.

The line is no longer than the points need, so that a small lead looks small and is still seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from decider.presentation.analysis import PresentedAnalysis
from decider.presentation.report import Conditional, PresentedReport, Ranked

NEUTRAL: Final = 50
STEP: Final = 10
"""The line begins and ends at a multiple of this many points."""

NEAREST: Final = 10
"""It reaches at least so far to one side of the neutral points and to the other."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line from `start` to `end` points."""

    start: int
    end: int

    def at(self, points: float) -> float:
        """Where these points lie, in per cent of the length of the line."""
        return round(100 * (points - self.start) / (self.end - self.start), 2)

    @property
    def neutral(self) -> float:
        """Where the neutral points lie."""
        return self.at(NEUTRAL)

    @property
    def ticks(self) -> tuple[tuple[int, float], ...]:
        """Every labelled number of points and where it lies."""
        values = range(self.start, self.end + 1, STEP)
        return tuple((value, self.at(value)) for value in values)


@dataclass(frozen=True, slots=True)
class Dot:
    """Where an alternative lies on the line, and the range from `low` to `high` open answers leave.

    `share` says in which share of the random draws, 0..1, it comes first; None where nobody asked.
    """

    row: Ranked | Conditional
    at: float
    low: float
    high: float
    share: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether open answers can still move it."""
        return self.low < self.high


@dataclass(frozen=True, slots=True)
class DotPlot:
    """The line, and the dots of the ranked and of the conditional alternatives on it."""

    line: Line
    ranked: tuple[Dot, ...]
    conditional: tuple[Dot, ...]


def dot_plot(view: PresentedReport, analysis: PresentedAnalysis | None = None) -> DotPlot:
    """The points of all alternatives that are not ruled out; `analysis` adds the shares."""
    shares = {row.alternative.key: row.first for row in analysis.chances} if analysis else {}
    line = _line(
        [value for row in view.ranking for value in (row.points, row.low, row.high)]
        + [row.points for row in view.conditional]
    )
    return DotPlot(
        line,
        tuple(
            Dot(
                row,
                line.at(row.points),
                line.at(row.low),
                line.at(row.high),
                shares.get(row.alternative.key),
            )
            for row in view.ranking
        ),
        tuple(Dot(row, *[line.at(row.points)] * 3) for row in view.conditional),
    )


def _line(points: Sequence[float]) -> Line:
    """The shortest line with the neutral points, room on both sides of them, and these."""
    every = (NEUTRAL - NEAREST, NEUTRAL + NEAREST, *points)
    return Line(int(min(every) // STEP) * STEP, -int(-max(every) // STEP) * STEP)
