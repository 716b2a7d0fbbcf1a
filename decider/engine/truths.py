"""What would have to be true for an alternative to win: few changes of answers that make it so.

Getting ahead of every rival at once is a hard problem, so it is bounded from both sides. No fewer
changes can do than getting ahead of one rival takes, which is exact. A beam search looks for a set
that does it; what it finds is checked exactly, and is smallest where it has the size of the bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from decider.engine.branches import Branches, Change
from decider.engine.flips import Flip, with_changes
from decider.engine.knapsack import Goal, fewest_changes, most_changes
from decider.engine.moves import Integers, Moves
from decider.engine.schema import Answers

MOST = 8
"""Sets are looked for up to this size."""

BEAM = 40
"""How many sets of one size are kept to be extended."""

CANDIDATES = 60
"""How many single changes, the most helpful ones, are put together. A set fits a 64-bit mask."""

HARDEST_RIVALS = 2
"""How many rivals, the leading ones, the lower bound is taken from; one where that takes long."""


@dataclass(frozen=True, slots=True)
class Truth:
    """How few changes of answers would make `alternative` the single winner.

    At least `at_least`, which is proven. `changes` does it; None where nothing was found.
    """

    alternative: int
    at_least: int
    changes: tuple[Change, ...] | None


def what_would_have_to_be_true(
    branches: Branches, answers: Answers, flips: tuple[Flip, ...]
) -> tuple[Truth, ...]:
    """For each alternative that is not the single winner, the changes for it to win.

    `flips` are all single flips of the outcome.
    """
    moves = Moves(branches)
    found = []
    for alternative in range(len(branches.outcome.totals)):
        if branches.outcome.leaders != (alternative,):
            found.append(_truth(moves, answers, flips, alternative))
    return tuple(found)


def _truth(moves: Moves, answers: Answers, flips: tuple[Flip, ...], alternative: int) -> Truth:
    for flip in flips:
        if flip.leaders == (alternative,):
            return Truth(alternative, 1, flip.changes)
    changes = _BeamSearch(moves, answers, alternative).run()
    enough = len(changes) if changes else MOST + 1
    return Truth(alternative, _at_least(moves.branches, alternative, enough), changes)


def _at_least(branches: Branches, alternative: int, enough: int) -> int:
    """The most changes that one rival takes to be overtaken or ruled out; stops at `enough`.

    Never less than two: where one change is enough, a single flip has shown it.
    """
    most = 2
    largest = most_changes(branches)
    limit = min(largest, enough)
    hardest = HARDEST_RIVALS if largest > MOST else 1
    if branches.vetoes[alternative]:
        most = max(most, _size(branches, Goal(ahead=alternative, behind=None, need=0), limit))
    order = sorted(branches.outcome.eligible, key=lambda a: -branches.outcome.totals[a])
    rivals = [rival for rival in order if rival != alternative]
    for rival in rivals[:hardest]:
        if most < enough:
            overtaking = _size(branches, Goal(ahead=alternative, behind=rival, need=1), limit)
            if overtaking > most:
                removing = _size(branches, Goal(ahead=None, behind=rival, need=1), overtaking - 1)
                most = max(most, min(overtaking, removing))
    return most


def _size(branches: Branches, goal: Goal, limit: int) -> int:
    """The size of a smallest set, or one more than the limit."""
    found = fewest_changes(branches, goal, limit)
    return limit + 1 if found is None else len(found)


class _BeamSearch:
    """Grows sets of single changes, at most one in each tree of conditions, one change at a time.

    A set is a bit mask over `changes`, the most helpful ones for the alternative.
    """

    def __init__(self, moves: Moves, answers: Answers, alternative: int) -> None:
        self.moves = moves
        self.answers = answers
        self.alternative = alternative
        best = self._most_helpful()
        self.changes = [moves.changes[i] for i in best]
        self.totals, self.vetoes = moves.totals[best], moves.vetoes[best]
        self.bits = 1 << np.arange(len(best))
        trees = moves.trees[best]
        self.conflicts = (trees[:, None] == trees) @ self.bits

    def run(self) -> tuple[Change, ...] | None:
        """The first set found that wins, of the smallest size found."""
        branches = self.moves.branches
        masks = np.zeros(1, np.int64)
        totals, vetoes = self.moves.start
        for _ in range(MOST):
            sets, added = np.nonzero((masks[:, None] & self.conflicts) == 0)
            masks, first = np.unique(masks[sets] | self.bits[added], return_index=True)
            totals = totals[sets[first]] + self.totals[added[first]]
            vetoes = vetoes[sets[first]] + self.vetoes[added[first]]
            missing = self._missing(totals, vetoes)
            kept = np.argsort(missing, kind="stable")[:BEAM]
            for mask in masks[kept][missing[kept] == 0].tolist():
                changes = tuple(c for i, c in enumerate(self.changes) if mask >> i & 1)
                found = with_changes(branches.outcome, self.answers, changes)
                if found.leaders == (self.alternative,):
                    return changes
            masks, totals, vetoes = masks[kept], totals[kept], vetoes[kept]
        return None

    def _missing(self, totals: Integers, vetoes: Integers) -> Integers:
        """By set, what is missing to be ahead of every rival that is left; 0 where nothing is."""
        gaps = np.maximum(totals - totals[:, [self.alternative]] + 1, 0)
        gaps[:, self.alternative] = 0
        gaps[vetoes > 0] = 0
        missing: Integers = gaps.sum(axis=1) + self._penalty * vetoes[:, self.alternative]
        return missing

    def _most_helpful(self) -> list[int]:
        """Changes by how much they gain on all rivals together; vetoes weigh more than that."""
        totals, vetoes, own = self.moves.totals, self.moves.vetoes, self.alternative
        gains = np.maximum(totals[:, [own]] - totals, 0).sum(axis=1)
        gains += self._penalty * (np.maximum(vetoes, 0).sum(axis=1) - 2 * vetoes[:, own])
        best: list[int] = np.argsort(-gains, kind="stable")[:CANDIDATES].tolist()
        return best

    @property
    def _penalty(self) -> int:
        return self.moves.scale * self.moves.width
