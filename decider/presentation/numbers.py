"""Numbers as a reader sees them: a true minus sign, one decimal, a thin range dash."""

from __future__ import annotations


def points(value: float) -> str:
    """Points with one decimal: 63.4."""
    return f"{value:.1f}"


def signed(value: float) -> str:
    """An effect with its sign: +3.2, \u22121.0 or 0.0."""
    return f"{value:+.1f}".replace("-", "\u2212") if round(value, 1) else "0.0"


def span(low: float, high: float) -> str:
    """A range, 55.0\u201370.2, or nothing where it is a point."""
    return f"{low:.1f}\u2013{high:.1f}" if low < high else ""


def worth(value: float) -> str:
    """Points expected to be gained, with one decimal; a little is less than 0.1, not nothing."""
    return "less than 0.1" if 0 < value < 0.05 else points(value)


def percent(share: float) -> str:
    """A share of 1 as whole per cent. Only all is 100 and only nothing is 0: 0.996 is 99."""
    whole = round(share * 100)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole}%"


def step(value: int) -> str:
    """A step of the evidence scale with its sign: +2, 0 or \u22121."""
    return f"{value:+d}".replace("-", "\u2212") if value else "0"
