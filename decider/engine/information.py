"""What to find out next: the expected value of perfect information about each open answer.

Raiffa and Schlaifer (1961): how many points better the choice of an alternative is expected to be
once the answer is known. An alternative that the answer rules out is worth 0 points then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from decider.engine.branches import Branches, leaders_of
from decider.engine.model import Node, compile_model
from decider.engine.schema import Answers, Questionnaire, Weights
from decider.engine.scoring import DONT_KNOW, MISSING, Outcome, evaluate


@dataclass(frozen=True, slots=True)
class Information:
    """What it would bring to know the answer to an open question.

    `value` is in points, 0..100. `swing` is by how many points the answer can move the leader
    against the closest rival. `leaders[c]` would lead if the answer was c, with chance
    `chances[c]`.
    """

    question: int
    value: Fraction
    swing: Fraction
    chances: tuple[Fraction, ...]
    leaders: tuple[tuple[int, ...], ...]


def information(branches: Branches) -> tuple[Information, ...]:
    """The open visible questions, the most worth knowing first.

    Where the value is the same (it is zero for all where no single answer changes the winner), the
    larger swing goes first, then the earlier question.
    """
    outcome = branches.outcome
    order = sorted(outcome.eligible, key=lambda a: -outcome.totals[a])
    open_ones = (node for node in branches.visible() if _is_open(outcome, node))
    found = [_value_of(branches, node, order) for node in open_ones]
    return tuple(sorted(found, key=lambda i: (-i.value, -i.swing, i.question)))


def _value_of(branches: Branches, node: Node, order: Sequence[int]) -> Information:
    """The value of knowing one answer. `order` has the eligible alternatives, the leader first."""
    outcome, now = branches.outcome, branches.expected[node.position]
    payoffs, leaders, leads = [], [], []
    for effect in branches.if_known(node):
        totals = branches.instead(now, effect.totals)
        eligible = [a for a in outcome.eligible if a not in effect.vetoes]
        leaders.append(leaders_of(totals, eligible))
        leads.append(totals[order[0]] - totals[order[1]] if len(order) > 1 else 0)
        payoffs.append([outcome.unit + totals[a] if a in eligible else 0 for a in outcome.eligible])
    with_it = sum(map(mul, node.prior, (max(row, default=0) for row in payoffs)))
    without = (sum(map(mul, node.prior, column)) for column in zip(*payoffs, strict=True))
    gain = with_it - max(without, default=0)
    return Information(
        question=node.position,
        value=Fraction(50 * gain, outcome.unit * node.prior_total),
        swing=Fraction(50 * (max(leads) - min(leads)), outcome.unit),
        chances=tuple(Fraction(chance, node.prior_total) for chance in node.prior),
        leaders=tuple(leaders),
    )


def next_most_decisive(
    questionnaire: Questionnaire, answers: Answers, weights: Weights
) -> str | None:
    """The key of the unanswered question most worth asking next; None where none is left."""
    outcome = evaluate(compile_model(questionnaire), answers, weights)
    ranked = (item.question for item in information(Branches(outcome, answers)))
    unanswered = (place for place in ranked if outcome.states[place] == MISSING)
    place = next(unanswered, None)
    return None if place is None else outcome.model.nodes[place].key


def _is_open(outcome: Outcome, node: Node) -> bool:
    return outcome.states[node.position] in (DONT_KNOW, MISSING)
