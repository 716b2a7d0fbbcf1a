"""Which other answers would change the winner: one at a time, in pairs, or as few as possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from decider.engine.branches import Branches, Change, leaders_of
from decider.engine.knapsack import Goal, fewest_changes, most_changes
from decider.engine.schema import Answers
from decider.engine.scoring import Outcome, evaluate


@dataclass(frozen=True, slots=True)
class Flip:
    """Changes of answers that bring other leaders; no leaders where nobody is left."""

    changes: tuple[Change, ...]
    leaders: tuple[int, ...]


def single_flips(branches: Branches) -> tuple[Flip, ...]:
    """Every single answer that would change who leads, in the order asked."""
    found = []
    for change in branches.changes():
        leaders = leaders_of(*branches.after(change.question, change.after))
        if leaders != branches.outcome.leaders:
            found.append(Flip((change,), leaders))
    return tuple(found)


def smallest_flip(branches: Branches, answers: Answers, single: tuple[Flip, ...]) -> Flip | None:
    """A smallest set of changes that changes who leads; None where none was found.

    `single` are all single flips. Sets are looked for up to `most_changes` in size; up to there
    the search is exact.
    """
    if single:
        return single[0]
    best: tuple[Change, ...] | None = None
    limit = most_changes(branches)
    for goal in _goals(branches.outcome):
        if limit == 1:  # which no single change is
            break
        found = fewest_changes(branches, goal, limit)
        if found is not None:
            best, limit = found, len(found) - 1
    if best is None:
        return None
    return Flip(best, with_changes(branches.outcome, answers, best).leaders)


def with_changes(outcome: Outcome, answers: Answers, changes: Sequence[Change]) -> Outcome:
    """The outcome of the same answers with some of them changed."""
    nodes = outcome.model.nodes
    other = {nodes[c.question].key: nodes[c.question].choice_keys[c.after] for c in changes}
    return evaluate(outcome.model, {**answers, **other}, outcome.weight_of)


def _goals(outcome: Outcome) -> Iterator[Goal]:
    """Goals of which at least one is reached exactly where the leaders change.

    A leader is ruled out; or another alternative, not ruled out, draws level with the first leader;
    or the first leader and another one are no longer level; or, where nobody was left, somebody no
    longer is ruled out.
    """
    first = outcome.leaders[0] if outcome.leaders else None
    for a in range(len(outcome.totals)):
        if a in outcome.leaders:
            yield Goal(ahead=None, behind=a, need=1)
            if first is not None and _may_part(outcome, first, a):
                yield Goal(ahead=a, behind=first, need=1)
                yield Goal(ahead=first, behind=a, need=1)
        else:
            yield Goal(ahead=a, behind=first, need=0)


def _may_part(outcome: Outcome, a: int, b: int) -> bool:
    """Whether some choice moves one of two alternatives against the other."""
    return any(
        outcome.weights[node.section] and row[a] != row[b]
        for node in outcome.model.nodes
        for row in node.rows
    )
