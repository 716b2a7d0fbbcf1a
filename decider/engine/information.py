"""What to find out next: the expected value of perfect information about each open answer.

Raiffa and Schlaifer (1961): how many points better the choice of an alternative is expected to be
once the answer is known. An alternative is worth its points, or 0 where an answer rules it out: the
answer in question, or any of those that stay open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from operator import mul, sub

from decider.engine.branches import Branches, leaders_of
from decider.engine.model import Node, Row, compile_model
from decider.engine.prospects import Prospect, Prospects
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
    open_ones = [node for node in branches.visible() if _is_open(outcome, node)]
    values = _values(branches, open_ones)
    found = [_information(branches, node, values[node.position]) for node in open_ones]
    return tuple(sorted(found, key=lambda i: (-i.value, -i.swing, i.question)))


def _values(branches: Branches, open_ones: Sequence[Node]) -> dict[int, Fraction]:
    """The value of knowing each open question, in points.

    A choice leaves an alternative with what the choice itself brings (`known`) and what everything
    else does (`rest`): what is settled, and the other open questions, whose answers stay unknown.
    """
    prospects = Prospects(branches)
    settled = branches.outcome.totals
    safe = [node for node in open_ones if node.position in prospects.safe]
    risky = [node for node in open_ones if node.position not in prospects.safe]
    for node in risky:
        settled = _less(settled, branches.expected[node.position])
    unit = branches.outcome.unit
    start = Prospect(1, prospects.certain, tuple([unit + x for x in settled]))
    parts = [prospects.unknown[node.position] for node in risky]
    before = list(accumulate(parts, mul, initial=start))
    after = list(accumulate(reversed(parts), mul, initial=prospects.nothing))[::-1]
    values = {}
    for i, node in enumerate(risky):
        values[node.position] = _value(branches, node, prospects, before[i] * after[i + 1])
    for node in safe:
        now = Prospect(1, prospects.certain, tuple([-x for x in branches.expected[node.position]]))
        values[node.position] = _value(branches, node, prospects, before[-1] * now)
    return values


def _less(totals: Row, row: Row) -> Row:
    return tuple(map(sub, totals, row))


def _value(branches: Branches, node: Node, prospects: Prospects, rest: Prospect) -> Fraction:
    """How much better the best choice of an alternative is expected to be with the answer."""
    eligible = branches.outcome.eligible
    known = prospects.known[node.position]
    payoffs = []
    for chance, choice in zip(node.prior, known, strict=True):
        p, x, q, y = choice.left, choice.totals, rest.left, rest.totals
        payoffs.append([chance * (p[a] * y[a] + x[a] * q[a]) for a in eligible])
    with_it = sum(max(row, default=0) for row in payoffs)
    without = max((sum(column) for column in zip(*payoffs, strict=True)), default=0)
    whole = branches.outcome.unit * node.prior_total * known[0].whole * rest.whole
    return Fraction(50 * (with_it - without), whole)


def _information(branches: Branches, node: Node, value: Fraction) -> Information:
    """What the answers to an open question would show, besides the value of knowing it."""
    outcome, now = branches.outcome, branches.expected[node.position]
    order = sorted(outcome.eligible, key=lambda a: -outcome.totals[a])
    leaders, leads = [], []
    for effect in branches.if_known(node):
        totals = branches.instead(now, effect.totals)
        leaders.append(leaders_of(totals, [a for a in outcome.eligible if a not in effect.vetoes]))
        leads.append(totals[order[0]] - totals[order[1]] if len(order) > 1 else 0)
    return Information(
        question=node.position,
        value=value,
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
