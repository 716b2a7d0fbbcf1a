"""What an alternative can be expected to be worth while answers are open that may rule it out.

An alternative that an answer rules out is worth nothing, however many points it has. So the two
can't be averaged apart: a question may give an alternative points with the same choice that rules
it out. Per question and all that it shows (a tree of conditions), one pass from the leaves up finds
both together, exactly. Different trees are independent, so theirs are multiplied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import lcm
from operator import mul

from decider.engine.branches import Branches
from decider.engine.model import Node, Row, add_rows


@dataclass(frozen=True, slots=True)
class Prospect:
    """By alternative, the chance that it is left, and the mean of its total, 0 where it isn't.

    Both are over `whole`, totals in the outcome's unit.
    """

    whole: int
    left: Row
    totals: Row

    def __mul__(self, other: Prospect) -> Prospect:
        """Of two that are independent, both together: totals add up while both leave it in."""
        mine, theirs = zip(self.left, self.totals), zip(other.left, other.totals)  # noqa: B905
        both = zip(mine, theirs, strict=True)
        return Prospect(
            self.whole * other.whole,
            tuple(map(mul, self.left, other.left)),
            tuple([x * q + p * y for (p, x), (q, y) in both]),
        )

    def over(self, whole: int) -> Prospect:
        """The same over a multiple of its whole."""
        factor = whole // self.whole
        if factor == 1:
            return self
        scaled = (tuple([factor * x for x in row]) for row in (self.left, self.totals))
        return Prospect(whole, *scaled)


class Prospects:
    """The prospects of every question whose answer is open, if it is visible.

    `known[q]` has one for each choice, over the same whole, `unknown[q]` their mean over the prior;
    what a choice shows is open in both. `safe` holds the questions under which no answer rules out
    an alternative that is eligible now.
    """

    def __init__(self, branches: Branches) -> None:
        self.branches = branches
        self.eligible = frozenset(branches.outcome.eligible)
        self.certain: Row = (1,) * len(branches.outcome.totals)
        self.nothing = Prospect(1, self.certain, (0,) * len(self.certain))
        self.known: dict[int, Sequence[Prospect]] = {}
        self.unknown: dict[int, Prospect] = {}
        self.safe: set[int] = set()
        for node in reversed(branches.outcome.model.nodes):
            self._add(node)

    def _add(self, node: Node) -> None:
        place = node.position
        vetoed = {a for alternatives in node.vetoes for a in alternatives}
        if self.safe.issuperset(node.children) and vetoed.isdisjoint(self.eligible):
            self.safe.add(place)
            effects = self.branches.if_known(node)
            self.known[place] = [Prospect(1, self.certain, effect.totals) for effect in effects]
            self.unknown[place] = Prospect(1, self.certain, self.branches.expected[place])
        else:
            self.known[place] = self._choices(node)
            self.unknown[place] = _mean(node, self.known[place])

    def _choices(self, node: Node) -> list[Prospect]:
        found: dict[int, Prospect] = {}
        for choices in self.branches.alike[node.position]:
            shown = self.branches.shown_by(node, choices[0])
            below = product([self.unknown[child] for child in shown], self.nothing)
            found |= {choice: self._own(node, choice) * below for choice in choices}
        whole = lcm(*(prospect.whole for prospect in found.values()))
        return [found[choice].over(whole) for choice in range(len(found))]

    def _own(self, node: Node, choice: int) -> Prospect:
        vetoed = node.vetoes[choice]
        row = self.branches.weighted(node, node.rows[choice])
        return Prospect(
            1,
            tuple([int(a not in vetoed) for a in range(len(row))]),
            tuple([0 if a in vetoed else x for a, x in enumerate(row)]),
        )


def product(prospects: Iterable[Prospect], first: Prospect) -> Prospect:
    """Independent prospects together."""
    return reduce(mul, prospects, first)


def _mean(node: Node, known: Sequence[Prospect]) -> Prospect:
    def mean(rows: Iterable[Row]) -> Row:
        weighted = (tuple([p * x for x in row]) for p, row in zip(node.prior, rows, strict=True))
        return add_rows(*weighted)

    return Prospect(
        node.prior_total * known[0].whole,
        mean(choice.left for choice in known),
        mean(choice.totals for choice in known),
    )
