"""The fewest changes of answers that raise a sum to a mark.

Every visible question keeps its answer or takes another for one change, which may show questions
below it. The best sum for each number of changes comes from the leaves up; alternatives to it at
the roots are combined like the items of a knapsack. Nothing is approximated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from decider.engine.analysis.branches import Branches, Change
from decider.engine.scoring.model import Node, Row
from decider.engine.scoring.states import DONT_KNOW, MISSING

MOST_CHANGES = 40
"""Sets of changes are looked for up to this size, or to less in a very large questionnaire."""

WORK = 300_000
"""About how many steps all searches on one outcome may take together."""

Plan = tuple[int, tuple[Change, ...]]
"""A sum, and the changes that it takes."""

Plans = list[Plan | None]
"""The best plan with 0, 1, 2 ... changes; None where there is none."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is summed up and how far it must get.

    The lead of `ahead` over `behind`, and `ahead` must not be ruled out; without `behind` only
    that; without `ahead` the number of vetoes on `behind`.
    """

    ahead: int | None
    behind: int | None
    need: int


def most_changes(branches: Branches) -> int:
    """How large a set of changes the searches can look for in bounded time."""
    nodes = branches.outcome.model.nodes
    related = sum(len(node.rows) for node in nodes if node.children or node.parent >= 0)
    steps = max(related * len(branches.outcome.totals), 1)
    return max(1, min(MOST_CHANGES, WORK // steps))


def fewest_changes(branches: Branches, goal: Goal, limit: int) -> tuple[Change, ...] | None:
    """A smallest set of at most `limit` changes that reaches the goal; None where none does."""
    search = _Search(branches, goal, limit)
    roots = [node for node in branches.outcome.model.nodes if node.parent < 0]
    trees = [search.plans(node) for node in roots]
    kept, gains, others = _split(trees)
    joint = search.combine(others or [[(0, ())]])
    for count in range(limit + 1):
        for taken in range(min(count, len(gains)) + 1):
            part = joint[min(count - taken, len(joint) - 1)]
            if part is None:
                continue
            total = part[0] + kept + sum(gain for gain, _ in gains[:taken])
            if total >= goal.need:
                return (*part[1], *(change for _, changes in gains[:taken] for change in changes))
    return None


def _split(trees: Sequence[Plans]) -> tuple[int, list[Plan], list[Plans]]:
    """Trees that keep their sum or change it once, apart from those with more to them.

    Of the first their sum without changes and what one change in each adds, the largest first.
    """
    kept = 0
    gains: list[Plan] = []
    others: list[Plans] = []
    for plans in trees:
        without, changed = plans if len(plans) == 2 else (None, None)
        if without is None or changed is None:
            others.append(plans)
            continue
        kept += without[0]
        if changed[0] > without[0]:
            gains.append((changed[0] - without[0], changed[1]))
    return kept, sorted(gains, key=lambda gain: -gain[0]), others


class _Search:
    def __init__(self, branches: Branches, goal: Goal, limit: int) -> None:
        self.branches = branches
        self.goal = goal
        self.limit = limit
        self.below: dict[int, Plans] = {}
        for node in reversed(branches.outcome.model.nodes):
            self.below[node.position] = self._plans(node)

    def plans(self, node: Node) -> Plans:
        """The best plans for a question, given that it is visible, and all below it."""
        return self.below[node.position]

    def combine(self, parts: Sequence[Plans]) -> Plans:
        """The best plans for one or more independent parts together."""
        first, *rest = parts
        joint = first
        for plans in rest:
            size = min(len(joint) + len(plans) - 1, self.limit + 1)
            wider: Plans = [None] * size
            for i, one in enumerate(joint):
                for j, other in enumerate(plans[: size - i]):
                    if one and other:
                        plan = one[0] + other[0], one[1] + other[1]
                        wider[i + j] = _better(wider[i + j], plan)
            joint = wider
        return joint

    def _plans(self, node: Node) -> Plans:
        state = self.branches.stored[node.position]
        values = self._values(node)
        plans: Plans = list(self._kept(node, state, values))
        if not self.branches.may_change(node):
            return plans
        values.pop(state, None)
        if not node.children:
            # Most questions show no other: one change is all there can be, the best one.
            if values and self.limit:
                best = max(values, key=values.__getitem__)
                plans.append((values[best], (Change(node.position, state, best),)))
            return plans
        for choices in self.branches.alike[node.position]:
            other = [choice for choice in choices if choice in values]
            if other:
                best = max(other, key=values.__getitem__)
                change = Change(node.position, state, best)
                self._merge(plans, self._chosen(node, best, values[best]), change)
        return plans

    def _merge(self, plans: Plans, chosen: Plans, change: Change) -> None:
        """Add what one change here makes possible, one number of changes further on."""
        for count, plan in enumerate(chosen[: self.limit], 1):
            if count == len(plans):
                plans.append(None)
            if plan:
                plans[count] = _better(plans[count], (plan[0], (change, *plan[1])))

    def _kept(self, node: Node, state: int, values: dict[int, int]) -> Plans:
        if state >= 0:
            return self._chosen(node, state, values[state]) if state in values else [None]
        if state in (DONT_KNOW, MISSING):
            return [(self._lead(self.branches.expected[node.position]), ())]
        return [(0, ())]

    def _chosen(self, node: Node, choice: int, value: int) -> Plans:
        if not node.children:
            return [(value, ())]
        shown = [self.below[child] for child in self.branches.shown_by(node, choice)]
        if not shown:
            return [(value, ())]
        joint = self.combine(shown)
        return [plan and (plan[0] + value, plan[1]) for plan in joint]

    def _values(self, node: Node) -> dict[int, int]:
        """What each choice that the goal allows adds to the sum."""
        ahead, behind = self.goal.ahead, self.goal.behind
        if ahead is None:
            return {c: int(behind in vetoed) for c, vetoed in enumerate(node.vetoes)}
        allowed = [c for c, vetoed in enumerate(node.vetoes) if not vetoed or ahead not in vetoed]
        if behind is None:
            return dict.fromkeys(allowed, 0)
        own = self.branches.unanswered.own[node.position]
        return {c: (row := own[c].totals)[ahead] - row[behind] for c in allowed}

    def _lead(self, row: Row) -> int:
        ahead, behind = self.goal.ahead, self.goal.behind
        return 0 if ahead is None or behind is None else row[ahead] - row[behind]


def _better(one: Plan | None, other: Plan | None) -> Plan | None:
    """The plan with the higher sum, the first where they are equal."""
    if one is None or other is None:
        return one or other
    return other if other[0] > one[0] else one
