"""Points in templates: numbers as a reader sees them, and the bar of a contribution."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from decider.presentation import numbers, sentences
from decider.presentation.report_parts import Breakdown

register = template.Library()

register.filter("signed", numbers.signed)
register.filter("percent", numbers.percent)
register.filter("names", sentences.names)
register.filter("tolerance", sentences.tolerance)
register.filter("wrong_steps", sentences.wrong_steps)
register.filter("finding_out", sentences.finding_out)
register.filter("worth", numbers.worth)


@register.filter
def thousands(number: int) -> str:
    """A whole number with its thousands apart: 10,000."""
    return f"{number:,}"


@register.filter
def share(part: float) -> str:
    """A share of 1 as the width of a bar in per cent."""
    return f"{100 * part:.1f}"


@register.filter
def widest(breakdown: Breakdown) -> float:
    """The largest contribution of a section in either direction, in points; 1 for none."""
    return max((abs(section.points) for section in breakdown.sections), default=0) or 1


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
