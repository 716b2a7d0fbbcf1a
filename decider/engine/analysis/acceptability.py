"""What random draws say about alternatives: ranks, wins, typical weights, regret."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import lcm, sqrt

import numpy as np
import numpy.typing as npt

OUT = np.iinfo(np.int64).min
"""The total of an alternative in a draw that rules it out."""

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Acceptability:
    """The totals of some alternatives (positions in the model) in every draw.

    `totals[i, d]` belongs to `alternatives[i]`, and `out[i, d]` says whether the draw rules it
    out. Points in draw d are 50 + 50 * total / `whole[d]`. `factors[s, d]` are the weight factors.
    """

    alternatives: tuple[int, ...]
    totals: Integers
    out: Mask
    whole: Integers
    factors: Integers

    @property
    def size(self) -> int:
        """The number of draws."""
        return int(self.totals.shape[1])

    @cached_property
    def _ahead(self) -> dict[tuple[int, int], Mask]:
        """The draws in which the first of a pair has more than the second."""
        pairs = combinations(range(len(self.alternatives)), 2)
        found = {}
        for i, j in pairs:
            found[i, j] = self.totals[i] > self.totals[j]
            found[j, i] = self.totals[j] > self.totals[i]
        return found

    @cached_property
    def _places(self) -> Integers:
        """Counts of draws by alternative, number of better ones, number of equals (with itself)."""
        n = len(self.alternatives)
        better = np.zeros(self.totals.shape, np.int16)
        equal = np.full(self.totals.shape, n, np.int16)
        for (i, j), ahead in self._ahead.items():
            better[j] += ahead.view(np.int8)
            equal[i] -= ahead.view(np.int8)
            equal[j] -= ahead.view(np.int8)
        codes = better * (n + 1) + equal
        codes[self.out] = n * (n + 1)
        counts = [np.bincount(row, minlength=n * (n + 1) + 1)[:-1] for row in codes]
        return np.array(counts).reshape(n, n, n + 1)

    @cached_property
    def ranks(self) -> tuple[tuple[Fraction, ...], ...]:
        """By alternative and rank, the share of draws; equals share the ranks they take up."""
        n = len(self.alternatives)
        unit = lcm(*range(1, n + 1))
        shares = [[0] * n for _ in range(n)]
        for i, better, equal in np.argwhere(self._places).tolist():
            part = int(self._places[i, better, equal]) * (unit // equal)
            for rank in range(better, better + equal):
                shares[i][rank] += part
        return tuple(tuple(Fraction(x, unit * self.size) for x in row) for row in shares)

    @cached_property
    def first(self) -> tuple[Fraction, ...]:
        """By alternative, the share of draws in which it is first; equals share first places."""
        wins = (self.totals == self._best) & ~self.out
        winners = np.add.reduce(wins, axis=0, dtype=np.int16)
        counts = [np.bincount(winners[row]).tolist() for row in wins]
        unit = lcm(*range(1, len(wins) + 1))
        shares = (sum(n * unit // k for k, n in enumerate(row) if n) for row in counts)
        return tuple(Fraction(share, unit * self.size) for share in shares)

    def beats(self, i: int, j: int) -> Fraction:
        """The share of draws in which one alternative is ahead of another; a tie counts half."""
        ahead, behind = map(int, map(np.count_nonzero, (self._ahead[i, j], self._ahead[j, i])))
        neither = int(np.count_nonzero(self.out[i] & self.out[j]))
        return Fraction(self.size + ahead - behind - neither, 2 * self.size)

    def central_factors(self, i: int) -> list[float] | None:
        """The mean weight factor of each section over the draws in which it is first."""
        wins = (self.totals[i] == self._best) & ~self.out[i]
        count = int(np.count_nonzero(wins))
        return [int(row @ wins) / count for row in self.factors] if count else None

    def regret(self, i: int) -> float:
        """The most points by which another alternative is ahead in a draw."""
        behind = (self._best - self.totals[i])[~self.out[i]]
        whole = self.whole[~self.out[i]]
        return float((50 * (behind / whole)).max(initial=0.0)) if whole.all() else 0.0

    @cached_property
    def _best(self) -> Integers:
        best: Integers = self.totals.max(axis=0, initial=OUT)
        return best


def wilson_lower(share: Fraction, size: int) -> float:
    """The lower end of the 95% score interval (Wilson 1927) of a share seen in `size` draws."""
    z = 1.959963984540054
    p = float(share)
    middle = p + z * z / (2 * size)
    reach = z * sqrt(p * (1 - p) / size + z * z / (4 * size * size))
    return max(0.0, (middle - reach) / (1 + z * z / size))
