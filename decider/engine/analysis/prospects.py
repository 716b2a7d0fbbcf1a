"""What an alternative can be expected to be worth while answers are open that may rule it out.

An alternative that an answer rules out is worth nothing, however many points it has. So the two
can't be averaged apart: a question may give an alternative points with the same choice that rules
it out. Per question and all that it shows (a tree of conditions), one pass from the leaves up finds
both together, exactly. Different trees are independent, so theirs are multiplied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import lcm
from operator import add, mul

from decider.engine.analysis.branches import Branches
from decider.engine.scoring.model import Node
from decider.engine.scoring.states import DONT_KNOW, MISSING, POSSIBLE

Numbers = tuple[float, ...]
"""Whole numbers where all is exact, floating-point ones in a rough estimate."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """By alternative, the chance that it is left, and the mean of its total, 0 where it isn't.

    Both are over `whole`.
    """

    whole: int
    left: Numbers
    totals: Numbers

    def __mul__(self, other: Prospect) -> Prospect:
        """Of two that are independent, both together: totals add up while both leave it in."""
        mine = map(mul, self.totals, other.left)
        its = map(mul, self.left, other.totals)
        return Prospect(
            self.whole * other.whole,
            tuple(map(mul, self.left, other.left)),
            tuple(map(add, mine, its)),
        )

    def __add__(self, other: Prospect) -> Prospect:
        """The sum of two over the same whole."""
        return Prospect(
            self.whole,
            tuple(map(add, self.left, other.left)),
            tuple(map(add, self.totals, other.totals)),
        )

    def only(self, kept: Sequence[bool]) -> Prospect:
        """The same with nothing for the others."""
        left, totals = (
            tuple([x if keep else 0 for x, keep in zip(row, kept, strict=True)])
            for row in (self.left, self.totals)
        )
        return Prospect(self.whole, left, totals)

    def over(self, whole: int) -> Prospect:
        """The same over a multiple of its whole."""
        factor = whole // self.whole
        if factor == 1:
            return self
        scaled = (tuple([factor * x for x in row]) for row in (self.left, self.totals))
        return Prospect(whole, *scaled)


class Prospects:
    """What the open answers leave of some alternatives; no others are looked at.

    Where it is `exact` totals are in the outcome's unit, otherwise over this unit, and everything
    is in floating-point numbers. `risky` are the questions under which an answer may rule out one
    of the alternatives, and `unknown[q]` the prospect of each of these: the mean over its choices,
    with what they show open, too.
    """

    def __init__(self, branches: Branches, alternatives: Sequence[int], *, exact: bool) -> None:
        self.branches = branches
        self.alternatives = alternatives
        self.exact = exact
        self.unknown: dict[int, Prospect] = {}
        self.risky: set[int] = set()
        states = branches.outcome.states
        for node in reversed(branches.outcome.model.nodes):
            if states[node.position] in (DONT_KNOW, MISSING, POSSIBLE):
                self._add(node)

    def of(self, totals: Sequence[int]) -> Prospect:
        """The prospect of the totals of all alternatives where nothing rules one out."""
        return Prospect(1, (1,) * len(self.alternatives), self._numbers(totals))

    def choices(self, node: Node) -> list[Prospect]:
        """What each choice of an open question leaves, times its chance, over the same whole."""
        if node.position in self.risky:
            return self._joined(node, [[choice] for choice in range(len(node.rows))])
        chances, whole = self._chances(node)
        effects = self.branches.if_known(node)
        known = (self.of(effect.totals) for effect in effects)
        return [
            _times(prospect, chance, whole) for prospect, chance in zip(known, chances, strict=True)
        ]

    def _add(self, node: Node) -> None:
        vetoed = {a for alternatives in node.vetoes for a in alternatives}
        if self.risky.isdisjoint(node.children) and vetoed.isdisjoint(self.alternatives):
            self.unknown[node.position] = self.of(self.branches.expected[node.position])
        else:
            self.risky.add(node.position)
            groups = self._joined(node, self.branches.alike[node.position])
            self.unknown[node.position] = reduce(Prospect.__add__, groups)

    def _joined(self, node: Node, groups: Sequence[Sequence[int]]) -> list[Prospect]:
        """What groups of choices leave that show the same questions, over the same whole."""
        chances, whole = self._chances(node)
        found = []
        for choices in groups:
            own = self._own(node, {choice: chances[choice] for choice in choices}, whole)
            shown = self.branches.shown_by(node, choices[0])
            found.append(reduce(mul, [self.unknown[child] for child in shown], own))
        common = lcm(*(prospect.whole for prospect in found))
        return [prospect.over(common) for prospect in found]

    def _own(self, node: Node, chances: Mapping[int, float], whole: int) -> Prospect:
        """What choices leave without the questions that they show."""
        left: list[float] = [0] * len(self.alternatives)
        steps: list[float] = [0] * len(self.alternatives)
        for choice, chance in chances.items():
            ratings, vetoed = node.ratings[choice], node.vetoes[choice]
            for place, a in enumerate(self.alternatives):
                if a not in vetoed:
                    left[place] += chance
                    steps[place] += chance * ratings[a]
        step = self._step(node)
        return Prospect(whole, tuple(left), tuple([step * x for x in steps]))

    def _step(self, node: Node) -> float:
        """What one step of a rating adds to a total."""
        outcome = self.branches.outcome
        step = outcome.weights[node.section] * node.share * outcome.model.precision
        return step if self.exact else step / outcome.unit

    def _numbers(self, totals: Sequence[int]) -> Numbers:
        if self.exact:
            return tuple([totals[a] for a in self.alternatives])
        unit = self.branches.outcome.unit
        return tuple([totals[a] / unit for a in self.alternatives])

    def _chances(self, node: Node) -> tuple[Numbers, int]:
        """The chances of the choices, and what they are over."""
        if self.exact:
            return node.prior, node.prior_total
        return tuple([chance / node.prior_total for chance in node.prior]), 1


def _times(prospect: Prospect, chance: float, whole: int) -> Prospect:
    left, totals = (tuple([chance * x for x in row]) for row in (prospect.left, prospect.totals))
    return Prospect(prospect.whole * whole, left, totals)
