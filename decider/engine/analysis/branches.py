"""What every question would add with every choice, whether it is visible now or not.

One pass from the leaves up serves all analyses that ask "and if this were answered otherwise?".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decider.engine.questionnaire.schema import Answers
from decider.engine.scoring.contenders import Contenders
from decider.engine.scoring.model import Node, Row, add_rows
from decider.engine.scoring.score import Outcome
from decider.engine.scoring.states import DONT_KNOW, MISSING, stored_state


@dataclass(frozen=True, slots=True)
class Effect:
    """What a question and all that it shows add: weighted totals, and alternatives vetoed.

    `vetoes` names an alternative once for each answer that rules it out.
    """

    totals: Row
    vetoes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Another answer to a question; all are positions, `before` may be a negative state."""

    question: int
    before: int
    after: int


class Unanswered:
    """What no answer changes: effects that depend on the model and the section weights alone.

    `expected[q]` are the totals of a question if it is open. `alike[q]` groups its choices by what
    they make visible, and `own[q][c]` is the effect of a choice without what it shows.
    """

    def __init__(self, outcome: Outcome) -> None:
        self.nodes = outcome.model.nodes
        self.weights = outcome.weights
        self.expected: dict[int, Row] = {}
        self.alike = {node.position: self._groups(node) for node in self.nodes}
        self.own = {node.position: self._effects(node) for node in self.nodes}
        for node in reversed(self.nodes):
            self.expected[node.position] = self._mean(node)

    def _mean(self, node: Node) -> Row:
        mean = [self.weighted(node, node.mean)]
        for child in node.children:
            chance = node.mass(self.nodes[child].shown)
            mean.append(tuple(x * chance // node.prior_total for x in self.expected[child]))
        return add_rows(*mean)

    def _effects(self, node: Node) -> tuple[Effect, ...]:
        pairs = zip(node.rows, node.vetoes, strict=True)
        return tuple(Effect(self.weighted(node, row), vetoes) for row, vetoes in pairs)

    def _groups(self, node: Node) -> list[list[int]]:
        groups: dict[tuple[int, ...], list[int]] = {}
        for choice in range(len(node.rows)):
            groups.setdefault(tuple(self.shown_by(node, choice)), []).append(choice)
        return list(groups.values())

    def shown_by(self, node: Node, choice: int) -> list[int]:
        """The questions directly below that a choice makes visible."""
        return [child for child in node.children if choice in self.nodes[child].shown]

    def weighted(self, node: Node, row: Row) -> Row:
        """A row of a question under the weight of its section."""
        weight = self.weights[node.section]
        return tuple([weight * x for x in row])


class Branches:
    """Effects for one outcome. Answers of hidden questions count once they would be shown.

    `stored[q]` is the state of a question if it were visible, `current[q]` its effect then, and
    `options[q][c]` its effect with another choice. `unanswered` may be that of another outcome of
    the same model and weights.
    """

    def __init__(
        self, outcome: Outcome, answers: Answers, unanswered: Unanswered | None = None
    ) -> None:
        self.outcome = outcome
        self.answers = answers
        self.unanswered = unanswered or Unanswered(outcome)
        self.alike = self.unanswered.alike
        self.expected = self.unanswered.expected
        self.shown_by = self.unanswered.shown_by
        self.weighted = self.unanswered.weighted
        nodes = outcome.model.nodes
        self.stored = tuple(stored_state(node, answers) for node in nodes)
        self.current: dict[int, Effect] = {}
        self.options = dict(self.unanswered.own)
        for node in reversed(nodes):
            self._add(node)
        self.vetoes = Counter(veto.alternative for veto in outcome.vetoes)
        self.contenders = Contenders(outcome, answers)

    def _add(self, node: Node) -> None:
        place = node.position
        if node.children:
            self.options[place] = tuple(self._option(node, c) for c in range(len(node.rows)))
        state = self.stored[place]
        if state >= 0:
            self.current[place] = self.options[place][state]
        elif state in (DONT_KNOW, MISSING):
            self.current[place] = Effect(self.expected[place])
        else:
            self.current[place] = Effect((0,) * len(self.outcome.totals))

    def _option(self, node: Node, choice: int) -> Effect:
        own = self.unanswered.own[node.position][choice]
        shown = [self.current[child] for child in self.shown_by(node, choice)]
        return Effect(
            add_rows(own.totals, *(effect.totals for effect in shown)),
            sum((effect.vetoes for effect in shown), own.vetoes),
        )

    def if_known(self, node: Node) -> list[Effect]:
        """The effect of each choice of an open question; what it shows is open, too."""
        effects = []
        for choice, own in enumerate(self.unanswered.own[node.position]):
            below = (self.expected[child] for child in self.shown_by(node, choice))
            effects.append(Effect(add_rows(own.totals, *below), own.vetoes))
        return effects

    def may_change(self, node: Node) -> bool:
        """Whether another answer to a question is worth mentioning: not where a fact is given."""
        return not node.is_fact or self.stored[node.position] in (DONT_KNOW, MISSING)

    def changes_of(self, node: Node) -> list[Change]:
        """Every other choice of a question; none where it may not change."""
        state = self.stored[node.position]
        choices = range(len(node.rows)) if self.may_change(node) else ()
        return [Change(node.position, state, choice) for choice in choices if choice != state]

    def changes(self) -> list[Change]:
        """Those of every visible question."""
        return [change for node in self.outcome.visible for change in self.changes_of(node)]

    def instead(self, old: Row, new: Row) -> Row:
        """The totals with one row in the place of another."""
        return tuple([t - x + y for t, x, y in zip(self.outcome.totals, old, new, strict=True)])

    def after(self, question: int, choice: int) -> tuple[Row, Sequence[int]]:
        """The totals and the eligible alternatives with another choice of a visible question."""
        old, new = self.current[question], self.options[question][choice]
        totals = self.instead(old.totals, new.totals)
        left = self.contenders.after(question, choice)
        if old.vetoes == new.vetoes and left is self.contenders.now:
            return totals, self.outcome.eligible
        vetoes = self.vetoes - Counter(old.vetoes) + Counter(new.vetoes)
        return totals, [a for a in left if a not in vetoes]


def leaders_of(totals: Row, eligible: Iterable[int]) -> tuple[int, ...]:
    """The eligible alternatives with the highest total."""
    eligible = tuple(eligible)
    best = max((totals[a] for a in eligible), default=0)
    return tuple(a for a in eligible if totals[a] == best)
