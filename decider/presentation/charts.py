"""The charts of a report in print.

Colour never carries meaning alone: bars are labelled directly, signs and directions say what
speaks for and against, and an alternative that is ruled out has a reason in place of a bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from decider.presentation import svg
from decider.presentation.analysis import Chance, Interval
from decider.presentation.numbers import percent, signed, span
from decider.presentation.numbers import points as points_text
from decider.presentation.reasons import Lead
from decider.presentation.report import Breakdown, PresentedReport, Ranked, RuledOut
from decider.presentation.sentences import names
from decider.presentation.svg import Drawing, Picture

WIDTH: Final = 640.0
BAR: Final = 13.0
LEADING: Final = 14.0
GAP: Final = 6.0
SMALL: Final = 9.6
TICKS: Final = (0, 25, 50, 75, 100)
PROVISIONAL: Final = "could still be ruled out"
CHOSEN: Final = "chosen"


@dataclass(frozen=True, slots=True)
class Axis:
    """Where 0 and 100 lie."""

    left: float
    right: float

    def at(self, value: float) -> float:
        """Where a value from 0 to 100 lies."""
        return self.left + (self.right - self.left) * value / 100


POINTS: Final = Axis(256, 524)
WEIGHTS: Final = Axis(216, 424)


def ranking_chart(view: PresentedReport, chosen: str = "") -> Picture:
    """Bars from 0 to 100 points with the range that open answers leave, then what is ruled out.

    The alternative with the key `chosen` is marked as such.
    """
    drawing = Drawing(WIDTH)
    y = 2.0
    for row in view.ranking:
        y = _ranked(drawing, row, y, chosen)
    if view.ranking:
        _scale(drawing, POINTS, y)
        y += 22
    for out in view.ruled_out:
        y = _ruled_out(drawing, out, y, chosen)
    words = f"Points of each alternative, from 0 to 100. {_words(view, chosen)}"
    return drawing.finish(y, words)


def _ranked(drawing: Drawing, row: Ranked, y: float, chosen: str) -> float:
    """Draw an eligible alternative from y downward; returns where the next begins."""
    weight = "600" if row.leads else "400"
    lines = _name(drawing, f"{row.rank}", row.alternative.name, y, font_weight=weight)
    if row.alternative.key == chosen:
        lines = _remark(drawing, CHOSEN, y, lines, fill=svg.ACCENT)
    if row.may_be_ruled_out:
        lines = _remark(drawing, PROVISIONAL, y, lines, fill=svg.MUTED)
    middle = y + lines * LEADING / 2
    width = POINTS.at(row.points) - POINTS.left
    fill = svg.ACCENT if row.leads else svg.ACCENT_SOFT
    drawing.rect(POINTS.left, middle - BAR / 2, width, BAR, fill=fill)
    points = points_text(row.points)
    drawing.text(WIDTH - 62, middle + 4, points, anchor="end", font_weight=weight)
    if row.low < row.high:
        _whisker(drawing, POINTS.at(row.low), POINTS.at(row.high), middle)
        note = span(row.low, row.high)
        drawing.text(WIDTH, middle + 4, note, anchor="end", fill=svg.MUTED)
    return y + lines * LEADING + GAP


def _remark(drawing: Drawing, text: str, y: float, lines: int, **marks: str) -> int:
    """Write a remark below a name on so many lines; returns how many lines there are now."""
    drawing.text(18, y + 9.5 + lines * LEADING, text, font_size=f"{SMALL:g}", **marks)
    return lines + 1


def _ruled_out(drawing: Drawing, row: RuledOut, y: float, chosen: str) -> float:
    """Say in place of a bar why an alternative is ruled out; returns where the next begins."""
    lines = _name(drawing, "\u00d7", row.alternative.name, y, fill=svg.MUTED)
    if row.alternative.key == chosen:
        lines = _remark(drawing, CHOSEN, y, lines, fill=svg.ACCENT)
    reasons = svg.fold(row.reasons[0], WIDTH - POINTS.left, 2, size=SMALL)
    for line, text in enumerate(reasons):
        place = y + 10 + line * 12
        drawing.text(POINTS.left, place, text, fill=svg.MUTED, font_size=f"{SMALL:g}")
    return y + max(lines * LEADING, len(reasons) * 12) + GAP


def _name(drawing: Drawing, rank: str, name: str, y: float, **marks: str) -> int:
    """Write the name of an alternative behind its rank; returns on how many lines."""
    names = svg.fold(name, POINTS.left - 34)
    drawing.text(0, y + 10.5, rank, fill=svg.MUTED)
    for line, part in enumerate(names):
        drawing.text(18, y + 10.5 + line * LEADING, part, **marks)
    return len(names)


def _whisker(drawing: Drawing, low: float, high: float, middle: float) -> None:
    """A range with its two ends, on a lighter halo that sets it off a dark bar."""
    for stroke, width in ((svg.PAPER, "3"), (svg.INK, "1")):
        drawing.line(low, middle, high, middle, stroke=stroke, stroke_width=width)
        for end in (low, high):
            drawing.line(end, middle - 3, end, middle + 3, stroke=stroke, stroke_width=width)


def _scale(drawing: Drawing, axis: Axis, bottom: float) -> None:
    line = {"stroke": svg.LINE_FIRM, "stroke_width": "0.6"}
    anchors = {TICKS[0]: "start", TICKS[-1]: "end"}
    for tick in TICKS:
        x = axis.at(tick)
        anchor = anchors.get(tick, "middle")
        drawing.line(x, bottom - 4, x, bottom, **line)
        drawing.text(
            x, bottom + 12, f"{tick}", anchor=anchor, fill=svg.MUTED, font_size=f"{SMALL:g}"
        )
    drawing.line(axis.left, bottom - 4, axis.right, bottom - 4, **line)


def _words(view: PresentedReport, chosen: str) -> str:
    marks = {chosen: f" ({CHOSEN})"}
    ranked = [
        f"{row.rank}. {row.alternative.name}{marks.get(row.alternative.key, '')}:"
        f" {points_text(row.points)}"
        + (f" ({span(row.low, row.high)})" if row.low < row.high else "")
        + (f", {PROVISIONAL}" if row.may_be_ruled_out else "")
        for row in view.ranking
    ]
    out = [
        f"{row.alternative.name}{marks.get(row.alternative.key, '')}: ruled out, {row.reasons[0]}"
        for row in view.ruled_out
    ]
    return "; ".join(ranked + out).removesuffix(".") + "."


def contribution_chart(breakdown: Breakdown, *, strongest: int) -> Picture:
    """What sections added to or took from the neutral base, from most for to most against.

    `strongest` is how many sections get a bar of their own; the others share one, so that the
    bars still add up. To the right of the line is what speaks for the alternative.
    """
    return _diverging_bars(
        _strongest([(part.title, part.points) for part in breakdown.sections], strongest),
        f"What each section adds to the points of {breakdown.alternative.name}."
        f" Base {points_text(breakdown.base)}",
        points_text(breakdown.points),
    )


def lead_chart(lead: Lead, *, strongest: int) -> Picture:
    """What sections add to the lead of one alternative over another, as `contribution_chart`.

    Sections that add the same to both are left out.
    """
    unequal = [(part.title, part.points) for part in lead.sections if part.points]
    return _diverging_bars(
        _strongest(unequal, strongest),
        f"What each section adds to the lead of {lead.ahead.name} over {lead.behind.name}",
        points_text(lead.points),
    )


def _diverging_bars(rows: list[tuple[str, float]], title: str, total: str) -> Picture:
    drawing = Drawing(WIDTH)
    centre = WIDTH / 2
    scale = (centre - 52) / (max((abs(value) for _, value in rows), default=0) or 1)
    y = 2.0
    for label, value in rows:
        y = _diverging_bar(drawing, label, value, value * scale, y)
    drawing.line(centre, 0, centre, y - 4, stroke=svg.LINE_FIRM, stroke_width="0.8")
    words = "; ".join(f"{label} {signed(value)}" for label, value in rows)
    return drawing.finish(y, f"{title}; {words}; together {total}.")


def _strongest(rows: list[tuple[str, float]], count: int) -> list[tuple[str, float]]:
    """The largest rows of either sign, in the order of their value, the rest summed up last."""
    by_size = sorted(rows, key=lambda row: -abs(row[1]))
    shown = by_size if len(rows) <= count + 1 else by_size[:count]
    rest = by_size[len(shown) :]
    others = [(f"{len(rest)} other sections", sum(value for _, value in rest))] if rest else []
    return sorted(shown, key=lambda row: -row[1]) + others


def _diverging_bar(drawing: Drawing, label: str, value: float, width: float, y: float) -> float:
    """A bar from the middle, its value at its end and its label on the other side.

    Returns where the next begins.
    """
    centre, negative = WIDTH / 2, signed(value).startswith("\u2212")
    lines = svg.fold(label, centre - 12)
    top = y + (_height(lines) - BAR) / 2
    if negative:
        drawing.rect(centre + width, top, -width, BAR, fill=svg.NEGATIVE)
        drawing.text(centre + width - 6, top + 10.5, signed(value), anchor="end")
    else:
        drawing.rect(centre, top, max(width, 0), BAR, fill=svg.ACCENT)
        drawing.text(centre + max(width, 0) + 6, top + 10.5, signed(value))
    side, anchor = (8, "start") if negative else (-8, "end")
    _label(drawing, centre + side, y, lines, anchor=anchor)
    return y + _height(lines) + GAP - 1


def _height(lines: Sequence[str]) -> float:
    """How high a row with a bar and a label on so many lines is."""
    return max(BAR, len(lines) * LEADING - 1)


def _label(
    drawing: Drawing,
    x: float,
    y: float,
    lines: Sequence[str],
    *,
    anchor: str = "start",
    **marks: str,
) -> None:
    """A label on its lines, the first of which begins at y."""
    for line, text in enumerate(lines):
        drawing.text(x, y + 10.5 + line * LEADING, text, anchor=anchor, **marks)


def acceptability_chart(chances: Sequence[Chance]) -> Picture:
    """How often each alternative is first among the random draws."""
    drawing = Drawing(WIDTH)
    y = 2.0
    for place, chance in enumerate(chances):
        lines = svg.fold(chance.alternative.name, POINTS.left - 16)
        top = y + (_height(lines) - BAR) / 2
        width = POINTS.at(100 * chance.first) - POINTS.left
        weight = "400" if place else "600"
        _label(drawing, 0, y, lines, font_weight=weight)
        drawing.rect(POINTS.left, top, width, BAR, fill=svg.ACCENT_SOFT if place else svg.ACCENT)
        label = percent(chance.first)
        drawing.text(POINTS.left + width + 6, top + 10.5, label, font_weight=weight)
        y += _height(lines) + GAP - 1
    drawing.line(POINTS.left, 0, POINTS.left, y - 4, stroke=svg.LINE_FIRM, stroke_width="0.8")
    words = "; ".join(f"{c.alternative.name} {percent(c.first)}" for c in chances)
    return drawing.finish(y, f"Share of random draws in which an alternative is first. {words}.")


def stability_chart(intervals: Sequence[Interval]) -> Picture:
    """The weight of each section and the range of weights in which the winner stands."""
    drawing = Drawing(WIDTH)
    y = 2.0
    for interval in intervals:
        y = _interval(drawing, interval, y)
    _scale(drawing, WEIGHTS, y)
    words = "; ".join(
        f"{row.title}: weight {row.weight}, stands from {row.low:g} to {row.high:g}"
        for row in intervals
    )
    return drawing.finish(y + 18, f"Weights with which the first alternative stays first. {words}.")


def _interval(drawing: Drawing, interval: Interval, y: float) -> float:
    """A band for the range, a firm mark for the weight, and who takes over at either end."""
    low, high, weight = (
        WEIGHTS.at(interval.low),
        WEIGHTS.at(interval.high),
        WEIGHTS.at(interval.weight),
    )
    titles = svg.fold(interval.title, WEIGHTS.left - 16)
    ends = ((f"< {interval.low:g}", interval.below), (f"> {interval.high:g}", interval.above))
    note = "; ".join(f"{end} {names(rivals)}" for end, rivals in ends if rivals)
    notes = svg.fold(note or "any weight", WIDTH - WEIGHTS.right - 12, size=9)
    height = max(_height(titles), 11 * len(notes))
    top = y + (height - BAR) / 2
    _label(drawing, 0, y, titles)
    middle = top + BAR / 2
    drawing.line(WEIGHTS.left, middle, WEIGHTS.right, middle, stroke=svg.LINE, stroke_width="0.8")
    drawing.rect(low, top + 3, high - low, BAR - 6, fill=svg.ACCENT_SOFT)
    drawing.rect(weight - 1.2, top, 2.4, BAR, fill=svg.ACCENT)
    first = y + (height - 11 * len(notes)) / 2 + 9
    for line, text in enumerate(notes):
        drawing.text(WEIGHTS.right + 12, first + line * 11, text, fill=svg.MUTED, font_size="9")
    return y + height + GAP - 2
