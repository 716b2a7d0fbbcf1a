"""Where the points of each alternative lie on a line around the neutral 50.

The line is no longer than the points need, so that a small lead looks small and is still seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from decider.presentation.report_parts import PresentedReport

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
    """Points on the line, and the range from `low` to `high` that open answers leave."""

    at: float
    low: float
    high: float

    @property
    def is_open(self) -> bool:
        """Whether open answers can still move it."""
        return self.low < self.high


@dataclass(frozen=True, slots=True)
class DotPlot:
    """The line, and a dot for each ranked and each conditional alternative, by its key."""

    line: Line
    dots: dict[str, Dot]


def dot_plot(view: PresentedReport) -> DotPlot:
    """The points of all alternatives that are not ruled out."""
    rows = {row.alternative.key: (row.points, row.low, row.high) for row in view.ranking}
    rows |= {row.alternative.key: (row.points,) * 3 for row in view.conditional}
    line = _line(value for row in rows.values() for value in row)
    dots = {key: Dot(*(line.at(value) for value in row)) for key, row in rows.items()}
    return DotPlot(line, dots)


def _line(values: Iterable[float]) -> Line:
    """The shortest line with the neutral points, room on both sides of them, and these."""
    every = (NEUTRAL - NEAREST, NEUTRAL + NEAREST, *values)
    return Line(int(min(every) // STEP) * STEP, -int(-max(every) // STEP) * STEP)
