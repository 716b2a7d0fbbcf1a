"""Which other answers would change the winner: one at a time, in pairs, or as few as possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from decider.engine.analysis.branches import Branches, Change, leaders_of
from decider.engine.analysis.knapsack import Goal, fewest_changes, most_changes
from decider.engine.analysis.rule_changes import may_lose_candidacy, merged, to_admit, to_exclude
from decider.engine.questionnaire.schema import Answers
from decider.engine.scoring.score import Outcome, evaluate


@dataclass(frozen=True, slots=True)
class Flip:
    """Changes of answers that lead to other leaders; no leaders where nobody is left.

    `at_least` is how few changes might do it as well, where these are not proven to be the fewest.
    """

    changes: tuple[Change, ...]
    leaders: tuple[int, ...]
    at_least: int | None = None


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
    the search is exact, but for rules that take several answers: there the bound in `at_least` is.
    """
    if single:
        return single[0]
    search = _Smallest(branches, answers)
    search.by_rules()
    for goal in _goals(branches.outcome):
        if search.limit == 1:  # which no single change is
            break
        search.look_for(goal)
    return search.best


class _Smallest:
    """The smallest set found so far, and the least that any other could have."""

    def __init__(self, branches: Branches, answers: Answers) -> None:
        self.branches = branches
        self.answers = answers
        self.limit = most_changes(branches)
        self.at_least = self.limit + 1
        self.found: Flip | None = None

    @property
    def best(self) -> Flip | None:
        if self.found is None or len(self.found.changes) == self.at_least:
            return self.found
        return replace(self.found, at_least=max(2, self.at_least))

    def by_rules(self) -> None:
        """Sets with which a rule of several answers takes a leader out."""
        for leader in self.branches.outcome.leaders:
            for changes in to_exclude(self.branches, leader):
                self._note(changes)
            if may_lose_candidacy(self.branches, leader):
                self.at_least = min(self.at_least, 2)

    def look_for(self, goal: Goal) -> None:
        """The smallest set that reaches a goal, if that is smaller than what was found."""
        found = fewest_changes(self.branches, goal, self.limit)
        if found is not None and not self._note(found) and goal.ahead is not None:
            admitting = to_admit(self.branches, goal.ahead)
            if admitting:
                self._note(merged(self.branches, found, admitting))

    def _note(self, changes: tuple[Change, ...]) -> bool:
        """Keep a set if it changes who leads, and say whether it does."""
        self.at_least = min(self.at_least, len(changes))
        leaders = with_changes(self.branches.outcome, self.answers, changes).leaders
        flips = leaders != self.branches.outcome.leaders
        if flips and len(changes) <= self.limit:
            self.found = Flip(changes, leaders)
            self.limit = len(changes) - 1
        return flips


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
