"""What open answers can still do, exactly: every completion at once, without enumerating them.

A completion gives each open question one of its choices, "Does not apply", or leaves it open;
what that makes visible is completed in turn. Scores are additive and conditions form a tree, so
the extremes over all completions come from one pass from the leaves up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from decider.engine.questionnaire.schema import Answers, Weights
from decider.engine.scoring.clauses import Clauses
from decider.engine.scoring.eligibility import FALSE, clause_truth
from decider.engine.scoring.model import Model, Node, Row, add_rows
from decider.engine.scoring.score import Outcome, evaluate
from decider.engine.scoring.states import DONT_KNOW, MISSING, POSSIBLE

EVERY_OPEN = frozenset({DONT_KNOW, MISSING})
"""Both "I don't know" and not answered yet can still be answered."""
UNANSWERED = frozenset({MISSING})
""""I don't know" is final; only questions without any answer are open."""

Span = tuple[Row, Row]


def spans(
    outcome: Outcome, *, against: int | None = None, open_states: frozenset[int] = EVERY_OPEN
) -> Span:
    """The least and the most that each alternative's total can become.

    With `against`, of its lead over that alternative instead, and only over the completions that
    don't rule it (the leading one) out.
    """
    forest = _forest_of(outcome, against)
    least, most = [forest.fixed], [forest.fixed]
    for node in outcome.model.nodes:
        state = outcome.states[node.position]
        if state in open_states:
            least.append(forest.least[node.position])
            most.append(forest.most[node.position])
        elif state in EVERY_OPEN:
            least.append(forest.mean[node.position])
            most.append(forest.mean[node.position])
    return add_rows(*least), add_rows(*most)


@lru_cache(maxsize=32)
def _forest_of(outcome: Outcome, against: int | None) -> _Forest:
    """The forest of an outcome, one for all questions about it."""
    return _Forest(outcome, against)


class _Forest:
    """Least, mean and most of the subtree under each open or possible question."""

    def __init__(self, outcome: Outcome, against: int | None) -> None:
        self.outcome = outcome
        self.against = against
        self.least: dict[int, Row] = {}
        self.mean: dict[int, Row] = {}
        self.most: dict[int, Row] = {}
        self.nothing: Row = (0,) * len(outcome.totals)
        given = (self._value(node, node.rows[choice]) for node, choice in outcome.given)
        self.fixed = add_rows(self.nothing, *given)
        for node in reversed(outcome.model.nodes):
            if outcome.states[node.position] in (DONT_KNOW, MISSING, POSSIBLE):
                self._add(node)

    def _add(self, node: Node) -> None:
        """Children stand after their parents, so theirs are there already."""
        nodes = self.outcome.model.nodes
        mean = [self._value(node, node.mean)]
        for child in node.children:
            chance = node.mass(nodes[child].shown)
            mean.append(tuple(x * chance // node.prior_total for x in self.mean[child]))
        expected = add_rows(*mean)
        least, most = [self.nothing, expected], [self.nothing, expected]
        for choice, row in enumerate(node.rows):
            shown = [child for child in node.children if choice in nodes[child].shown]
            value = self._value(node, row)
            least.append(self._allowed(node, choice, value, [self.least[c] for c in shown]))
            most.append(self._allowed(node, choice, value, [self.most[c] for c in shown]))
        self.mean[node.position] = expected
        self.least[node.position] = tuple(map(min, *least))
        self.most[node.position] = tuple(map(max, *most))

    def _value(self, node: Node, row: Row) -> Row:
        weight = self.outcome.weights[node.section]
        base = row[self.against] if self.against is not None else 0
        return tuple([weight * (x - base) for x in row])

    def _allowed(self, node: Node, choice: int, value: Row, below: Sequence[Row]) -> Row:
        """A choice with what it shows; nothing (always possible) for those that it rules out."""
        total = add_rows(value, *below)
        vetoed = node.vetoes[choice] if self.against is not None else ()
        return tuple([0 if a in vetoed else x for a, x in enumerate(total)]) if vetoed else total


def is_final(outcome: Outcome, open_states: frozenset[int] = EVERY_OPEN) -> bool:
    """Whether every completion has exactly the leaders that the answers have now.

    Exactly so without conditional alternatives. With them True is proven, and False may be too
    careful: an answer that makes one a candidate may also keep it behind.
    """
    leaders = outcome.leaders
    arising = _arising(outcome, open_states)
    if not leaders:
        return not arising
    if any(a in leaders for a in _threatened(outcome, open_states)):
        return False
    least, most = spans(outcome, against=leaders[0], open_states=open_states)
    level = all(least[a] == most[a] == 0 for a in leaders)
    rivals = [*(a for a in outcome.eligible if a not in leaders), *arising]
    return level and all(most[a] < 0 for a in rivals)


def _arising(outcome: Outcome, open_states: frozenset[int]) -> list[int]:
    """The conditional alternatives that some completion makes candidates."""
    live = _live(outcome, open_states)
    rules = outcome.model.rules.candidates
    return [a for a in outcome.conditional if _can_hold(outcome, rules[a] or (), live)]


def _can_hold(outcome: Outcome, clauses: Clauses, live: Collection[int]) -> bool:
    """Whether some completion makes one of these combinations true."""
    states = outcome.states
    return any(
        all(question in live or states[question] in choices for question, choices in clause)
        for clause in clauses
        if clause_truth(clause, states) != FALSE
    )


def can_still_change(
    model: Model,
    answers: Answers,
    weights: Weights,
    *,
    open_states: frozenset[int] = UNANSWERED,
) -> bool:
    """Whether some completion of the answers has other leaders: exactly, not by sampling.

    Answers given stand, "I don't know" too (with `EVERY_OPEN` it may still be found out).
    """
    return not is_final(evaluate(model, answers, weights), open_states)


def _threatened(outcome: Outcome, open_states: frozenset[int]) -> Iterable[int]:
    """The alternatives that some completion rules out."""
    live = _live(outcome, open_states)
    for place in live:
        for alternatives in outcome.model.nodes[place].vetoes:
            yield from alternatives
    for need, _ in outcome.unsettled:
        rule = outcome.model.rules.needs[need]
        if _can_hold(outcome, rule.clauses, live):
            yield from rule.not_met


def _live(outcome: Outcome, open_states: frozenset[int]) -> set[int]:
    """The questions that completions can answer."""
    live: set[int] = set()
    for node in outcome.model.nodes:
        state = outcome.states[node.position]
        if state in open_states or (state == POSSIBLE and node.parent in live):
            live.add(node.position)
    return live
