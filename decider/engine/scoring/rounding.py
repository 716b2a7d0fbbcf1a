"""Rounding for display only: shown parts add up exactly to the shown whole.

Scores stay fractions until the last step. Parts are rounded to tenths by the method of largest
remainders (Hamilton), so that a reader who adds up what is printed gets what is printed.
"""

from __future__ import annotations

from collections.abc import Sequence


def tenths(numerator: int, denominator: int) -> int:
    """`numerator / denominator` in whole tenths, halves upwards. `denominator` is positive."""
    return (20 * numerator + denominator) // (2 * denominator)


def apportion(parts: Sequence[int], denominator: int, total: int) -> list[int]:
    """Round `parts / denominator` to whole tenths that sum to `total` tenths.

    Each part is rounded down, then those with the largest remainders get one tenth more, earlier
    parts first among equals. Where `total` is further off than one tenth a part (it never is when
    `total` is the rounded sum of the parts), the surplus goes round again.
    """
    floors = [10 * part // denominator for part in parts]
    missing = total - sum(floors)
    if not parts:
        return []
    by_remainder = sorted(range(len(parts)), key=lambda i: -(10 * parts[i] % denominator))
    everyone, some = divmod(missing, len(parts))
    extra = set(by_remainder[:some])
    return [floor + everyone + (index in extra) for index, floor in enumerate(floors)]
