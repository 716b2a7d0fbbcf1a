"""What to find out next: the expected value of perfect information about each open answer.

Raiffa and Schlaifer (1961): how many points better the choice of an alternative is expected to be
once the answer is known. An alternative is worth its points, or 0 where an answer rules it out: the
answer in question, or any of those that stay open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from itertools import accumulate
from operator import add, mul, sub

from decider.engine.analysis.branches import Branches, leaders_of
from decider.engine.analysis.prospects import Prospect, Prospects
from decider.engine.questionnaire.schema import Answers, Questionnaire, Weights
from decider.engine.scoring.method import CURRENT, Method
from decider.engine.scoring.model import Node, Row, compile_model
from decider.engine.scoring.score import Outcome, evaluate
from decider.engine.scoring.states import DONT_KNOW, MISSING

ROUGH = 1e-9
"""By how much of the chance that it is left an estimate may be wrong: far more than it ever is."""

TINY = 1e-300
"""Numbers below this count as equal."""


@dataclass(frozen=True, slots=True)
class Information:
    """What it is worth to know the answer to an open question.

    `value` is in points, 0..100. `swing` is by how many points the answer can move the leader
    against the closest rival. `leaders[c]` would lead if the answer was c, with chance
    `chances[c]`. `forbids` lists the choices that would rule out who leads now.
    """

    question: int
    value: Fraction
    swing: Fraction
    chances: tuple[Fraction, ...]
    leaders: tuple[tuple[int, ...], ...]
    forbids: tuple[int, ...]


def information(branches: Branches, method: Method = CURRENT) -> tuple[Information, ...]:
    """The open visible questions, the most worth knowing first.

    Where the value is the same (it is zero for all where no single answer changes the winner),
    those go first that could rule out who leads, where the method says so; then the larger swing,
    then the earlier question.
    """
    outcome = branches.outcome
    order = sorted(outcome.eligible, key=lambda a: -outcome.totals[a])
    open_ones = [node for node in outcome.visible if _is_open(outcome, node)]
    values = _values(branches, open_ones)
    found = [
        _information(branches, node, order, values.get(node.position, Fraction(0)))
        for node in open_ones
    ]
    return tuple(sorted(found, key=partial(_order, method)))


def _order(method: Method, row: Information) -> tuple[Fraction, bool, Fraction, int]:
    last = method.forbidding_first and not row.forbids
    return -row.value, last, -row.swing, row.question


def _values(branches: Branches, open_ones: Sequence[Node]) -> dict[int, Fraction]:
    """The value of knowing each open question, in points.

    Exact numbers may have thousands of digits. So a rough estimate comes first, and only the
    alternatives that it can't tell from the best ones are compared exactly.
    """
    outcome = branches.outcome
    possible = [*outcome.eligible, *outcome.conditional]
    likely: set[int] = set()
    rough = Prospects(branches, possible, exact=False)
    for _, known in _known(rough, open_ones):
        for prospect in [*known, _without(rough, known)]:
            likely.update(possible[place] for place in _likely_best(prospect))
    exact = Prospects(branches, sorted(likely), exact=True)
    return {
        node.position: _value(exact, known)
        for node, known in (_known(exact, open_ones) if likely else ())
    }


def _known(
    prospects: Prospects, open_ones: Sequence[Node]
) -> Iterator[tuple[Node, list[Prospect]]]:
    """By question, what each of its choices leaves of the points, times its chance.

    A choice leaves what the choice itself brings together with what everything else does: what is
    settled, and the other open questions, whose answers stay unknown.
    """
    branches = prospects.branches
    risky = [node for node in open_ones if node.position in prospects.risky]
    settled = tuple([branches.outcome.unit + x for x in branches.outcome.totals])
    for node in risky:
        settled = _less(settled, branches.expected[node.position])
    parts = [prospects.unknown[node.position] for node in risky]
    before = list(accumulate(parts, mul, initial=prospects.of(settled)))
    nothing = (0,) * len(settled)
    after = list(accumulate(reversed(parts), mul, initial=prospects.of(nothing)))[::-1]
    others = {node.position: before[i] * after[i + 1] for i, node in enumerate(risky)}
    for node in open_ones:
        rest = others.get(node.position)
        if rest is None:
            rest = before[-1] * prospects.of(_less(nothing, branches.expected[node.position]))
        yield node, _ruled(prospects, node, [choice * rest for choice in prospects.choices(node)])


def _ruled(prospects: Prospects, node: Node, known: Sequence[Prospect]) -> list[Prospect]:
    """What choices leave of those alternatives that would be ranked then."""
    branches = prospects.branches
    if not branches.outcome.model.rules.questions:
        return list(known)
    left = [branches.contenders.if_known(node.position, c) for c in range(len(known))]
    return [
        prospect.only([a in kept for a in prospects.alternatives])
        for prospect, kept in zip(known, left, strict=True)
    ]


def _without(prospects: Prospects, known: Sequence[Prospect]) -> Prospect:
    """What is left without the answer: what is conditional can't be chosen then."""
    eligible = prospects.branches.outcome.eligible
    return reduce(add, known).only([a in eligible for a in prospects.alternatives])


def _less(totals: Row, row: Row) -> Row:
    return tuple(map(sub, totals, row))


def _likely_best(rough: Prospect) -> list[int]:
    """The places of all that may have the largest total but for the error of a rough estimate."""
    bounds = [ROUGH * left + TINY for left in rough.left]
    best = max(map(sub, rough.totals, bounds), default=0)
    return [i for i, x in enumerate(map(add, rough.totals, bounds)) if x >= best]


def _value(prospects: Prospects, known: Sequence[Prospect]) -> Fraction:
    """How much better the best choice of an alternative is expected to be with the answer."""
    with_it = sum(int(max(prospect.totals)) for prospect in known)
    without = int(max(_without(prospects, known).totals))
    unit = prospects.branches.outcome.unit
    return Fraction(50 * (with_it - without), unit * known[0].whole)


def _information(
    branches: Branches, node: Node, order: Sequence[int], value: Fraction
) -> Information:
    """What the answers to an open question would show. `order` has the leader first."""
    outcome, now = branches.outcome, branches.expected[node.position]
    leaders, leads, forbids = [], [], []
    for choice, effect in enumerate(branches.if_known(node)):
        totals = branches.instead(now, effect.totals)
        left = branches.contenders.if_known(node.position, choice)
        leaders.append(leaders_of(totals, left))
        if not set(left).issuperset(outcome.leaders):
            forbids.append(choice)
        leads.append(totals[order[0]] - totals[order[1]] if len(order) > 1 else 0)
    return Information(
        question=node.position,
        value=value,
        swing=Fraction(50 * (max(leads) - min(leads)), outcome.unit),
        chances=tuple(Fraction(chance, node.prior_total) for chance in node.prior),
        leaders=tuple(leaders),
        forbids=tuple(forbids),
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
