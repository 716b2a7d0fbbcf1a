"""Points in templates: numbers as a reader sees them, and the bar of a contribution."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import ceil

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from decider.presentation import numbers, sentences
from decider.presentation.analysis import Interval, PresentedAnalysis
from decider.presentation.brief import BriefLine
from decider.presentation.contradictions import Disagreement
from decider.presentation.plot import DotPlot, dot_plot
from decider.presentation.points_table import points_table
from decider.presentation.report import Breakdown, PresentedReport

register = template.Library()

register.filter("signed", numbers.signed)
register.filter("percent", numbers.percent)
register.filter("names", sentences.names)
register.filter("tolerance", sentences.tolerance)
register.filter("wrong_steps", sentences.wrong_steps)
register.filter("finding_out", sentences.finding_out)
register.filter("worth", numbers.worth)
register.filter("points_table", points_table)


@register.filter
def thousands(number: int) -> str:
    """A whole number with its thousands apart: 10,000."""
    return f"{number:,}"


@register.filter
def share(part: float) -> str:
    """A share of 1 as the width of a bar in per cent."""
    return f"{100 * part:.1f}"


@register.filter
def breadth(interval: Interval) -> str:
    """How wide the band of weights of an interval is, in per cent of the scale."""
    return f"{interval.high - interval.low:.1f}"


@register.filter
def widest(breakdowns: Sequence[Breakdown]) -> int:
    """The whole number of points that no contribution of a section exceeds in any of them."""
    parts = (section.points for row in breakdowns for section in row.sections)
    return ceil(max((abs(points) for points in parts), default=0)) or 1


@register.filter
def linked(line: BriefLine) -> SafeString:
    """The sentence with a link to each answer: where it is named, or at the end."""
    text: str = conditional_escape(line.text)
    for answer in line.answers:
        link = format_html(
            '<a href="#answer-{}">Q{}<span class="visually-hidden">: {}</span></a>',
            answer.key,
            answer.number,
            answer.question,
        )
        before, *after = re.split(rf"\bQ{answer.number}\b", text, maxsplit=1)
        text = f"{before}{link}{after[0]}" if after else f"{text} {link}"
    return mark_safe(text)  # noqa: S308 -- every part is escaped above


@register.filter
def applying(disagreements: Iterable[Disagreement]) -> list[Disagreement]:
    """Those of which this case falls on a side."""
    return [row for row in disagreements if row.side != "neither"]


@register.filter
def not_applying(disagreements: Iterable[Disagreement]) -> list[Disagreement]:
    """Those of which neither side applies to this case."""
    return [row for row in disagreements if row.side == "neither"]


@register.simple_tag(name="dot_plot")
def plot(view: PresentedReport, analysis: PresentedAnalysis | str = "") -> DotPlot:
    """The points of a result on a line, with the shares of first places if there is an analysis."""
    return dot_plot(view, analysis or None)  # type: ignore[arg-type]


@register.simple_tag
def balance(points: float, scale: float) -> SafeString:
    """A bar to the right of the middle for points gained, to the left for points lost.

    `scale` is the number of points that fill half the width.
    """
    width = 50 * abs(points) / scale
    return format_html(
        '<svg class="balance" aria-hidden="true">'
        '<rect class="{}" x="{}%" width="{}%" height="100%" rx="1"/></svg>',
        "for" if points > 0 else "against",
        f"{50 if points > 0 else 50 - width:.1f}",
        f"{width:.1f}",
    )


@register.simple_tag
def balance_axis(scale: float) -> SafeString:
    """The ends and the middle of all bars of `balance` with this scale."""
    return format_html(
        '<svg class="balance axis" aria-hidden="true"><text x="0" y="1em">\u2212{0}</text>'
        '<text x="50%" y="1em">0</text><text x="100%" y="1em">+{0}</text></svg>',
        scale,
    )
