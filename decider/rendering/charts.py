"""The charts of a report in print.

Colour never carries meaning alone: bars are labelled directly, signs and directions say what
speaks for and against, and an alternative that is ruled out is drawn hollow.
"""

from __future__ import annotations

from typing import Final

from django.utils.safestring import SafeString

from decider.rendering import svg
from decider.rendering.numbers import points as points_text
from decider.rendering.numbers import signed, span
from decider.rendering.report_parts import Breakdown, Ranked, ReportView, RuledOut
from decider.rendering.svg import Drawing

WIDTH: Final = 640.0
BAR: Final = 13.0
LEADING: Final = 14.0
GAP: Final = 6.0
TICKS: Final = (0, 25, 50, 75, 100)
AXIS: Final = (256.0, 524.0)


def ranking_chart(view: ReportView) -> SafeString:
    """Bars from 0 to 100 points with the range that open answers leave."""
    drawing = Drawing(WIDTH)
    y = 2.0
    rows: tuple[Ranked | RuledOut, ...] = (*view.ranking, *view.ruled_out)
    for row in rows:
        y = _standing(drawing, row, y)
    _scale(drawing, y)
    return drawing.markup(y + 18, f"Points of each alternative, from 0 to 100. {_words(view)}")


def _at(points: float) -> float:
    """Where so many points lie on the axis."""
    left, right = AXIS
    return left + (right - left) * points / 100


def _standing(drawing: Drawing, row: Ranked | RuledOut, y: float) -> float:
    """Draw one alternative from y downward; returns where the next begins."""
    weight = "600" if isinstance(row, Ranked) and row.leads else "400"
    rank = f"{row.rank}" if isinstance(row, Ranked) else "\u00d7"
    note = span(row.low, row.high) if isinstance(row, Ranked) else "ruled out"
    names = svg.fold(row.alternative.name, AXIS[0] - 34)
    middle = y + len(names) * LEADING / 2
    drawing.text(0, y + 10.5, rank, fill=svg.MUTED)
    for line, name in enumerate(names):
        drawing.text(18, y + 10.5 + line * LEADING, name, font_weight=weight)
    _bar(drawing, row, middle)
    points = points_text(row.points)
    drawing.text(WIDTH - 62, middle + 4, points, anchor="end", font_weight=weight)
    if note:
        drawing.text(WIDTH, middle + 4, note, anchor="end", fill=svg.MUTED)
    return y + len(names) * LEADING + GAP


def _bar(drawing: Drawing, row: Ranked | RuledOut, middle: float) -> None:
    left, top = AXIS[0], middle - BAR / 2
    width = _at(row.points) - left
    if isinstance(row, RuledOut):
        line = {"fill": "none", "stroke": svg.LINE_FIRM, "stroke_width": "0.8"}
        inner = max(width - 0.8, 0)
        drawing.rect(left + 0.4, top + 0.4, inner, BAR - 0.8, stroke_dasharray="3 2", **line)
        return
    drawing.rect(left, top, width, BAR, fill=svg.ACCENT if row.leads else svg.ACCENT_SOFT)
    if row.low < row.high:
        _whisker(drawing, _at(row.low), _at(row.high), middle)


def _whisker(drawing: Drawing, low: float, high: float, middle: float) -> None:
    """A range with its two ends, on a lighter halo that sets it off a dark bar."""
    for stroke, width in ((svg.PAPER, "3"), (svg.INK, "1")):
        drawing.line(low, middle, high, middle, stroke=stroke, stroke_width=width)
        for end in (low, high):
            drawing.line(end, middle - 3, end, middle + 3, stroke=stroke, stroke_width=width)


def _scale(drawing: Drawing, bottom: float) -> None:
    line = {"stroke": svg.LINE_FIRM, "stroke_width": "0.6"}
    anchors = {TICKS[0]: "start", TICKS[-1]: "end"}
    for tick in TICKS:
        x = _at(tick)
        anchor = anchors.get(tick, "middle")
        drawing.line(x, bottom - 4, x, bottom, **line)
        drawing.text(x, bottom + 12, f"{tick}", anchor=anchor, fill=svg.MUTED, font_size="9.6")
    drawing.line(AXIS[0], bottom - 4, AXIS[1], bottom - 4, **line)


def _words(view: ReportView) -> str:
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


def contribution_chart(breakdown: Breakdown, *, strongest: int) -> SafeString:
    """What sections added to or took from the neutral base, from most for to most against.

    `strongest` is how many sections get a bar of their own; the others share one, so that the
    bars still add up. To the right of the line is what speaks for the alternative.
    """
    rows = _strongest([(part.title, part.points) for part in breakdown.sections], strongest)
    drawing = Drawing(WIDTH)
    centre = WIDTH / 2
    scale = (centre - 52) / (max((abs(value) for _, value in rows), default=0) or 1)
    y = 2.0
    for label, value in rows:
        _diverging_bar(drawing, label, value, value * scale, y)
        y += BAR + GAP - 1
    drawing.line(centre, 0, centre, y - 4, stroke=svg.LINE_FIRM, stroke_width="0.8")
    words = "; ".join(f"{label} {signed(value)}" for label, value in rows)
    return drawing.markup(
        y,
        f"What each section adds to the points of {breakdown.alternative.name}."
        f" Base {points_text(breakdown.base)}; {words}; together {points_text(breakdown.points)}.",
    )


def _strongest(rows: list[tuple[str, float]], count: int) -> list[tuple[str, float]]:
    """The largest rows of either sign, in the order of their value, the rest summed up last."""
    by_size = sorted(rows, key=lambda row: -abs(row[1]))
    shown = by_size if len(rows) <= count + 1 else by_size[:count]
    rest = by_size[len(shown) :]
    others = [(f"{len(rest)} other sections", sum(value for _, value in rest))] if rest else []
    return sorted(shown, key=lambda row: -row[1]) + others


def _diverging_bar(drawing: Drawing, label: str, value: float, width: float, y: float) -> None:
    """A bar from the middle, its value at its end and its label on the other side."""
    centre, baseline = WIDTH / 2, y + 10.5
    text = svg.fold(label, centre - 12, 1)[0]
    if signed(value).startswith("\u2212"):
        drawing.rect(centre + width, y, -width, BAR, fill=svg.NEGATIVE)
        drawing.text(centre + width - 6, baseline, signed(value), anchor="end")
        drawing.text(centre + 8, baseline, text)
    else:
        drawing.rect(centre, y, max(width, 0), BAR, fill=svg.ACCENT)
        drawing.text(centre + max(width, 0) + 6, baseline, signed(value))
        drawing.text(centre - 8, baseline, text, anchor="end")
