"""The charts of a result, for the page and for print.

Colour never carries meaning alone: bars are labelled directly, signs and directions say what
speaks for and against, and an alternative that is ruled out is drawn hollow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from decider.rendering import svg
from decider.rendering.numbers import points as points_text
from decider.rendering.numbers import signed, span
from decider.rendering.report_parts import Breakdown, Ranked, ReportView, RuledOut
from decider.rendering.svg import Drawing

BAR: Final = 13.0
LEADING: Final = 14.0
TICKS: Final = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and its height, to be put into a page or into print."""

    drawing: Drawing
    height: float

    def web(self, name: str) -> SafeString:
        """Inline SVG for a page; `name` is unique on the page."""
        return self.drawing.web(self.height, name)

    @property
    def printed(self) -> SafeString:
        """Inline SVG for the PDF."""
        return self.drawing.printed(self.height)


def ranking_chart(view: ReportView, *, narrow: bool = False) -> Chart:
    """Bars from 0 to 100 points with the range that open answers leave; narrow: for a phone."""
    drawing = Drawing(
        340 if narrow else 640,
        title="Points of each alternative, from 0 to 100.",
        description=_ranking_words(view),
    )
    axis = _Axis(0, 236) if narrow else _Axis(256, 524)
    y = 2.0
    rows: tuple[Ranked | RuledOut, ...] = (*view.ranking, *view.ruled_out)
    for row in rows:
        y = _standing(drawing, axis, row, y, narrow=narrow)
    _scale(drawing, axis, y)
    return Chart(drawing, y + 18)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where 0 and 100 points lie."""

    left: float
    right: float

    def at(self, points: float) -> float:
        return self.left + (self.right - self.left) * points / 100


def _standing(
    drawing: Drawing, axis: _Axis, row: Ranked | RuledOut, y: float, *, narrow: bool
) -> float:
    """Draw one alternative from y downward; returns where the next begins."""
    leads = isinstance(row, Ranked) and row.leads
    weight = "600" if leads else "400"
    rank = f"{row.rank}" if isinstance(row, Ranked) else "\u00d7"
    room = drawing.width - 24 if narrow else axis.left - 34
    names = svg.fold(row.alternative.name, room)
    drawing.text(0, y + 10.5, rank, fill=svg.MUTED, cls="chart-muted")
    for line, name in enumerate(names):
        drawing.text(18, y + 10.5 + line * LEADING, name, font_weight=weight)
    middle = y + len(names) * LEADING + BAR / 2 if narrow else y + len(names) * LEADING / 2
    _bar(drawing, axis, row, middle)
    drawing.text(
        drawing.width - 62, middle + 4, points_text(row.points), anchor="end", font_weight=weight
    )
    note = span(row.low, row.high) if isinstance(row, Ranked) else "ruled out"
    drawing.text(drawing.width, middle + 4, note, anchor="end", fill=svg.MUTED, cls="chart-muted")
    return middle + BAR / 2 + 8 if narrow else y + len(names) * LEADING + 6


def _bar(drawing: Drawing, axis: _Axis, row: Ranked | RuledOut, middle: float) -> None:
    width = axis.at(row.points) - axis.left
    top = middle - BAR / 2
    if isinstance(row, RuledOut):
        drawing.rect(
            axis.left + 0.4, top + 0.4, max(width - 0.8, 0), BAR - 0.8,
            cls="chart-hollow", fill="none", stroke=svg.LINE_FIRM, stroke_width="0.8",
            stroke_dasharray="3 2",
        )  # fmt: skip
        return
    fill, cls = (svg.ACCENT, "chart-lead") if row.leads else (svg.ACCENT_SOFT, "chart-bar")
    drawing.rect(axis.left, top, width, BAR, cls=cls, fill=fill)
    if row.low < row.high:
        _whisker(drawing, axis.at(row.low), axis.at(row.high), middle)


def _whisker(drawing: Drawing, low: float, high: float, middle: float) -> None:
    for cls, stroke, width in (("chart-halo", svg.PAPER, "3"), ("chart-whisker", svg.INK, "1")):
        drawing.line(low, middle, high, middle, cls=cls, stroke=stroke, stroke_width=width)
        for end in (low, high):
            drawing.line(
                end, middle - 3, end, middle + 3, cls=cls, stroke=stroke, stroke_width=width
            )


def _scale(drawing: Drawing, axis: _Axis, bottom: float) -> None:
    for tick in TICKS:
        x = axis.at(tick)
        drawing.line(
            x, bottom - 4, x, bottom, cls="chart-axis", stroke=svg.LINE_FIRM, stroke_width="0.6"
        )
        anchor = "start" if tick == 0 else "end" if tick == 100 else "middle"
        drawing.text(
            x, bottom + 12, f"{tick}", anchor=anchor, fill=svg.MUTED, font_size="9.6",
            cls="chart-muted",
        )  # fmt: skip
    drawing.line(
        axis.left, bottom - 4, axis.right, bottom - 4, cls="chart-axis", stroke=svg.LINE_FIRM,
        stroke_width="0.6",
    )  # fmt: skip


def _ranking_words(view: ReportView) -> str:
    ranked = [
        f"{row.rank}. {row.alternative.name}: {points_text(row.points)}"
        + (f" ({span(row.low, row.high)})" if row.low < row.high else "")
        for row in view.ranking
    ]
    out = [
        f"{row.alternative.name}: ruled out, would have {points_text(row.points)}"
        for row in view.ruled_out
    ]
    return "; ".join(ranked + out) + "."


def contribution_chart(
    breakdown: Breakdown, *, strongest: int | None = None, narrow: bool = False
) -> Chart:
    """What sections added to or took from the neutral base, from most for to most against.

    `strongest` is how many sections get a bar of their own; the others share one, so that the
    bars still add up.
    """
    rows = _strongest([(part.title, part.points) for part in breakdown.sections], strongest)
    name = breakdown.alternative.name
    words = "; ".join(f"{label} {signed(value)}" for label, value in rows)
    drawing = Drawing(
        340 if narrow else 640,
        title=f"What each section adds to the points of {name}.",
        description=f"Base {points_text(breakdown.base)}; {words}; "
        f"together {points_text(breakdown.points)}.",
    )
    return _diverging(drawing, rows, narrow=narrow)


def _strongest(rows: list[tuple[str, float]], count: int | None) -> list[tuple[str, float]]:
    """The largest rows of either sign, in the order of their value, the rest summed up last."""
    by_size = sorted(rows, key=lambda row: -abs(row[1]))
    shown = by_size if count is None or len(rows) <= count + 1 else by_size[:count]
    rest = by_size[len(shown) :]
    others = [(f"{len(rest)} other sections", sum(value for _, value in rest))] if rest else []
    return sorted(shown, key=lambda row: -row[1]) + others


def _diverging(drawing: Drawing, rows: Sequence[tuple[str, float]], *, narrow: bool) -> Chart:
    """Bars to the right of a line for what speaks for, to the left for what speaks against."""
    centre = drawing.width / 2
    largest = max((abs(value) for _, value in rows), default=0) or 1
    scale = (centre - 52) / largest
    y = 2.0
    for label, value in rows:
        if narrow:
            drawing.text(0, y + 10, svg.fold(label, drawing.width, 1)[0])
            y += LEADING
        _diverging_bar(drawing, centre, value, value * scale, y)
        if not narrow:
            _opposite_label(drawing, centre, label, value, y)
        y += BAR + (10 if narrow else 5)
    drawing.line(
        centre, 0, centre, y - 4, cls="chart-axis", stroke=svg.LINE_FIRM, stroke_width="0.8"
    )
    return Chart(drawing, y)


def _diverging_bar(drawing: Drawing, centre: float, value: float, width: float, y: float) -> None:
    fill, cls = (svg.NEGATIVE, "chart-against") if width < 0 else (svg.ACCENT, "chart-lead")
    drawing.rect(min(centre, centre + width), y, abs(width), BAR, fill=fill, cls=cls)
    outside, anchor = (-6, "end") if width < 0 else (6, "start")
    drawing.text(centre + width + outside, y + 10.5, signed(value), anchor=anchor)


def _opposite_label(drawing: Drawing, centre: float, label: str, value: float, y: float) -> None:
    offset, anchor = (8, "start") if value < 0 else (-8, "end")
    text = svg.fold(label, centre - 12, 1)[0]
    drawing.text(centre + offset, y + 10.5, text, anchor=anchor)
