"""What would have to be true for an alternative to win: few changes of answers that make it so.

Getting ahead of every rival at once is a hard problem, so it is bounded from both sides. No fewer
changes can do than getting ahead of one rival takes, which is exact. A beam search looks for a set
that does it; what it finds is checked exactly, and is smallest where it has the size of the bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from decider.engine.branches import Branches, Change
from decider.engine.flips import with_changes
from decider.engine.knapsack import Goal, fewest_changes, most_changes
from decider.engine.model import Row
from decider.engine.schema import Answers

MOST = 8
"""Sets are looked for up to this size."""

BEAM = 40
"""How many sets of one size are kept to be extended."""

CANDIDATES = 60
"""How many single changes, the most helpful ones, are put together. A set fits a 64-bit mask."""

HARDEST_RIVALS = 3
"""How many rivals, the leading ones, give the lower bound; all of them where no set was found."""

SCALE = 1 << 40
"""The search sees totals as integers of 40 binary digits, so that its path is always the same."""

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Truth:
    """How few changes of answers would make `alternative` the single winner.

    At least `at_least`, which is proven. `changes` does it; None where nothing was found.
    """

    alternative: int
    at_least: int
    changes: tuple[Change, ...] | None


def what_would_have_to_be_true(
    branches: Branches, answers: Answers, alternative: int
) -> Truth | None:
    """The changes for an alternative to win; None where it is the single winner already."""
    if branches.outcome.leaders == (alternative,):
        return None
    changes = _BeamSearch(branches, answers, alternative).run()
    enough = len(changes) if changes else MOST + 1
    return Truth(alternative, _at_least(branches, alternative, enough), changes)


def _at_least(branches: Branches, alternative: int, enough: int) -> int:
    """The most changes that one rival takes to be overtaken or ruled out; stops at `enough`."""
    most = 1
    limit = min(most_changes(branches), enough)
    if branches.vetoes[alternative]:
        most = max(most, _size(branches, Goal(ahead=alternative, behind=None, need=0), limit))
    order = sorted(branches.outcome.eligible, key=lambda a: -branches.outcome.totals[a])
    rivals = [rival for rival in order if rival != alternative]
    for rival in rivals if enough > MOST else rivals[:HARDEST_RIVALS]:
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

    A set is a bit mask over `changes`; `totals` and `vetoes` hold what each change adds.
    """

    def __init__(self, branches: Branches, answers: Answers, alternative: int) -> None:
        self.branches = branches
        self.answers = answers
        self.alternative = alternative
        self.width = len(branches.outcome.totals)
        changes = branches.changes()
        now = [branches.current[c.question] for c in changes]
        then = [branches.options[c.question][c.after] for c in changes]
        totals = self._scaled([e.totals for e in then]) - self._scaled([e.totals for e in now])
        vetoes = self._counts([e.vetoes for e in then]) - self._counts([e.vetoes for e in now])
        best = self._most_helpful(totals, vetoes)
        self.changes = [changes[i] for i in best]
        self.totals, self.vetoes = totals[best], vetoes[best]
        self.bits = 1 << np.arange(len(best), dtype=np.int64)
        trees = np.array([self._root(c.question) for c in self.changes])
        self.conflicts = np.array([self.bits[trees == tree].sum() for tree in trees], np.int64)

    def run(self) -> tuple[Change, ...] | None:
        """The first set found that wins, of the smallest size found."""
        outcome = self.branches.outcome
        masks = np.zeros(1, np.int64)
        totals = self._scaled([outcome.totals])
        vetoes = np.array([[self.branches.vetoes[a] for a in range(self.width)]])
        for _ in range(MOST):
            sets, moves = np.nonzero((masks[:, None] & self.conflicts) == 0)
            masks, first = np.unique(masks[sets] | self.bits[moves], return_index=True)
            totals = totals[sets[first]] + self.totals[moves[first]]
            vetoes = vetoes[sets[first]] + self.vetoes[moves[first]]
            missing = self._missing(totals, vetoes)
            kept = np.argsort(missing, kind="stable")[:BEAM]
            for mask in masks[kept][missing[kept] == 0].tolist():
                changes = tuple(c for i, c in enumerate(self.changes) if mask >> i & 1)
                found = with_changes(outcome, self.answers, changes)
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

    def _most_helpful(self, totals: Integers, vetoes: Integers) -> list[int]:
        """Changes by how much they gain on all rivals together; vetoes weigh more than that."""
        own = [self.alternative]
        gains = np.maximum(totals[:, own] - totals, 0).sum(axis=1)
        gains += self._penalty * (np.maximum(vetoes, 0).sum(axis=1) - 2 * vetoes[:, own[0]])
        best: list[int] = np.argsort(-gains, kind="stable")[:CANDIDATES].tolist()
        return best

    @property
    def _penalty(self) -> int:
        return SCALE * self.width

    def _scaled(self, rows: list[Row]) -> Integers:
        unit = self.branches.outcome.unit
        scaled = [[SCALE * x // unit for x in row] for row in rows]
        return np.array(scaled, np.int64).reshape(len(rows), self.width)

    def _counts(self, vetoes: list[Row]) -> Integers:
        counts = [[row.count(a) for a in range(self.width)] for row in vetoes]
        return np.array(counts, np.int64).reshape(len(vetoes), self.width)

    def _root(self, question: int) -> int:
        nodes = self.branches.outcome.model.nodes
        while nodes[question].parent >= 0:
            question = nodes[question].parent
        return question
