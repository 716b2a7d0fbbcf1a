"""Single changes of answers as arrays, for searches that put many of them together."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from decider.engine.analysis.branches import Branches
from decider.engine.scoring.model import Row

LARGEST_SCALE = 1 << 50
"""Totals of a finer unit are rounded down to this; then results need an exact check."""

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Moves:
    """By row, what another answer to a visible question adds to totals and to veto counts.

    `trees` holds the question at the root of the tree of conditions that each one is in. Totals
    are in units of 1 / `scale` of the outcome's unit: integers, so that searches run the same way
    everywhere.
    """

    def __init__(self, branches: Branches) -> None:
        self.branches = branches
        self.width = len(branches.outcome.totals)
        self.scale = min(branches.outcome.unit, LARGEST_SCALE)
        self.changes = branches.changes()
        now = [branches.current[c.question] for c in self.changes]
        then = [branches.options[c.question][c.after] for c in self.changes]
        self.totals = self.scaled([e.totals for e in then]) - self.scaled([e.totals for e in now])
        self.vetoes = self._counts([e.vetoes for e in then]) - self._counts([e.vetoes for e in now])
        self.questions = np.array([c.question for c in self.changes], np.int64)
        self.trees = np.array([self._root(c.question) for c in self.changes])

    @property
    def is_exact(self) -> bool:
        """Whether no total had to be rounded."""
        return self.scale == self.branches.outcome.unit

    @property
    def start(self) -> tuple[Integers, Integers]:
        """The totals and the veto counts without any change, as one row each."""
        outcome = self.branches.outcome
        vetoes = np.array([[self.branches.vetoes[a] for a in range(self.width)]], np.int64)
        return self.scaled([outcome.totals]), vetoes

    def scaled(self, rows: list[Row]) -> Integers:
        """Totals in the unit of this class."""
        if not self.is_exact:
            unit = self.branches.outcome.unit
            rows = [tuple([self.scale * x // unit for x in row]) for row in rows]
        return np.array(rows, np.int64).reshape(len(rows), self.width)

    def _counts(self, vetoes: list[Row]) -> Integers:
        counts = np.zeros((len(vetoes), self.width), np.int64)
        for row, vetoed in enumerate(vetoes):
            for a in vetoed:
                counts[row, a] += 1
        return counts

    @cached_property
    def in_rules(self) -> Mask:
        """By row, whether the question has to do with any rule."""
        touched = self.branches.contenders.touched
        return np.array([change.question in touched for change in self.changes], np.bool_)

    @cached_property
    def barred(self) -> Mask:
        """By row and alternative, whether rules keep it out after the change."""
        after = self.branches.contenders.after
        allowed = [after(change.question, change.after) for change in self.changes]
        rows = [[a not in left for a in range(self.width)] for left in allowed]
        return np.array(rows, np.bool_).reshape(len(rows), self.width)

    def _root(self, question: int) -> int:
        nodes = self.branches.outcome.model.nodes
        while nodes[question].parent >= 0:
            question = nodes[question].parent
        return question
