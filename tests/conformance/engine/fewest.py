"""The fewest changes of answers that make an alternative win, as an integer program (HiGHS)."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from decider.engine.analysis.branches import Branches
from decider.engine.scoring.model import Node


class Program:
    """One 0/1 variable for each choice of each question, one for leaving it open or out.

    A question that is asked takes one of them; taking another choice than the one stored costs 1,
    and is not possible for a fact. Candidates and requirements are left aside.
    """

    def __init__(self, branches: Branches) -> None:
        self.branches = branches
        nodes = branches.outcome.model.nodes
        width = len(branches.outcome.totals)
        self.columns: dict[tuple[int, int], int] = {}
        self.cost: list[int] = []
        self.fixed: list[int] = []
        self.totals: list[tuple[int, ...]] = []
        self.vetoes: list[tuple[int, ...]] = []
        for node in nodes:
            state = branches.stored[node.position]
            for choice, row in enumerate(node.rows):
                self._add(node, choice, choice != state, branches.weighted(node, row))
                if choice != state and not branches.may_change(node):
                    self.fixed.append(self.columns[node.position, choice])
            if state < 0:
                kept = branches.current[node.position].totals
                self._add(node, state, False, kept or (0,) * width)
        self.rivals = len(self.cost)

    def _add(self, node: Node, choice: int, changed: bool, totals: tuple[int, ...]) -> None:
        self.columns[node.position, choice] = len(self.cost)
        self.cost.append(int(changed))
        self.totals.append(totals)
        self.vetoes.append(node.vetoes[choice] if choice >= 0 else ())

    def solve(self, alternative: int) -> int | None:
        """The fewest changes with which the alternative is first alone, or None."""
        outcome = self.branches.outcome
        width = len(outcome.totals)
        size = self.rivals + width
        rows, low, high = [], [], []
        for node in outcome.model.nodes:
            row = np.zeros(size)
            for (place, _), column in self.columns.items():
                row[column] = place == node.position
            for choice in node.shown:
                row[self.columns[node.parent, choice]] -= 1
            rows.append(row)
            low.append(int(node.parent < 0))
            high.append(int(node.parent < 0))
        upper = np.ones(size)
        upper[self.fixed] = 0
        for rival in range(width):
            if rival == alternative:
                continue
            # In points; ahead by more than nothing, or the rival is ruled out.
            lead = [(t[alternative] - t[rival]) * 50 / outcome.unit for t in self.totals]
            out = np.zeros(size)
            out[: self.rivals] = [rival in vetoed for vetoed in self.vetoes]
            out[self.rivals + rival] = -1
            ahead = np.zeros(size)
            ahead[: self.rivals] = lead
            ahead[self.rivals + rival] = 200
            rows += [out, ahead]
            low += [0, 1e-4]
            high += [np.inf, np.inf]
        for column, vetoed in enumerate(self.vetoes):
            if alternative in vetoed:
                upper[column] = 0
        found = milp(
            [*self.cost, *[0] * width],
            integrality=np.ones(size),
            bounds=Bounds(0, upper),
            constraints=LinearConstraint(np.array(rows), low, high),
        )
        return round(found.fun) if found.success else None
