"""Changes of answers that make combinations hold, or stop them from holding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decider.engine.analysis.branches import Branches, Change
from decider.engine.scoring.clauses import Clause, Need
from decider.engine.scoring.eligibility import TRUE, clause_truth

Changes = tuple[Change, ...]


def to_hold(branches: Branches, clause: Clause) -> Changes | None:
    """The fewest changes that make a combination true; None where facts stand against it.

    Every question named has to be asked, so those above it need the answers that show it. Each
    that hasn't such an answer takes one change, and no other change helps: this is exact.
    """
    nodes = branches.outcome.model.nodes
    changes = []
    for place, allowed in sorted(_needed(branches, clause).items()):
        state = branches.stored[place]
        if state not in allowed:
            if not allowed or not branches.may_change(nodes[place]):
                return None
            changes.append(Change(place, state, min(allowed)))
    return tuple(changes)


def _needed(branches: Branches, clause: Clause) -> dict[int, frozenset[int]]:
    """By question, the choices that a combination needs of it."""
    nodes = branches.outcome.model.nodes
    needed: dict[int, frozenset[int]] = {}
    for question, choices in clause:
        node, allowed = nodes[question], choices
        while True:
            needed[node.position] = needed.get(node.position, allowed) & allowed
            if node.parent < 0:
                break
            node, allowed = nodes[node.parent], node.shown
    return needed


def to_exclude(branches: Branches, alternative: int) -> Iterator[Changes]:
    """For each combination of several answers that rules out an alternative, what makes it true."""
    for need in branches.outcome.model.rules.needs:
        if alternative in need.not_met:
            for clause in need.clauses:
                if len(clause) > 1 and (changes := to_hold(branches, clause)) is not None:
                    yield changes


def may_lose_candidacy(branches: Branches, alternative: int) -> bool:
    """Whether other answers may make a candidate none."""
    nodes = branches.outcome.model.nodes
    clauses = branches.outcome.model.rules.candidates[alternative]
    return clauses is not None and any(
        branches.may_change(nodes[place])
        for clause in clauses
        for place in _needed(branches, clause)
    )


def to_admit(branches: Branches, alternative: int) -> Changes | None:
    """Few changes with which no rule of several answers keeps an alternative out.

    At least as many as the first part, that for its candidacy, are needed. None where there are
    none.
    """
    candidacy = to_be_candidate(branches, alternative)
    if candidacy is None:
        return None
    changes = {change.question: change for change in candidacy}
    for clause in _raised(branches, alternative):
        if not any(question in changes for question, _ in clause):
            found = _to_fail(branches, clause, alternative)
            if found is None:
                return None
            changes[found.question] = found
    return tuple(changes.values())


def to_be_candidate(branches: Branches, alternative: int) -> Changes | None:
    """The fewest changes that make an alternative a candidate; None where there are none."""
    clauses = branches.outcome.model.rules.candidates[alternative]
    if clauses is None:
        return ()
    found = (to_hold(branches, clause) for clause in clauses)
    return min((changes for changes in found if changes is not None), key=len, default=None)


def _raised(branches: Branches, alternative: int) -> Iterator[Clause]:
    """The combinations of several answers that rule an alternative out now."""
    needs: Iterable[Need] = branches.outcome.model.rules.needs
    for need in needs:
        if alternative in need.not_met:
            for clause in need.clauses:
                if len(clause) > 1 and clause_truth(clause, branches.outcome.states) == TRUE:
                    yield clause


def _to_fail(branches: Branches, clause: Clause, alternative: int) -> Change | None:
    """One change that makes a combination false, the best one for an alternative."""
    nodes = branches.outcome.model.nodes
    found = [
        Change(question, branches.stored[question], choice)
        for question, choices in clause
        if branches.may_change(nodes[question])
        for choice in range(len(nodes[question].rows))
        if choice not in choices
    ]
    return max(found, key=lambda c: nodes[c.question].rows[c.after][alternative], default=None)


def merged(branches: Branches, first: Changes, then: Changes) -> Changes:
    """Changes one after the other as changes at once."""
    after = {change.question: change.after for change in (*first, *then)}
    stored = branches.stored
    return tuple(Change(q, stored[q], choice) for q, choice in after.items() if choice != stored[q])
