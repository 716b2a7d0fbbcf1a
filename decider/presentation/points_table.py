"""What each section adds to the points of each alternative, as a table."""

from __future__ import annotations

from dataclasses import dataclass

from decider.presentation.report import PresentedReport


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with what it adds to each alternative, in the order of the breakdowns."""

    title: str
    weight: int
    points: tuple[float, ...]


def points_table(view: PresentedReport) -> list[SectionRow]:
    """A row a section."""
    columns = [breakdown.sections for breakdown in view.breakdowns]
    return [
        SectionRow(row[0].title, row[0].weight, tuple(part.points for part in row))
        for row in zip(*columns, strict=True)
    ]
