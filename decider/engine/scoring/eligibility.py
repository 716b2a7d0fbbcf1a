"""Which alternatives are eligible: candidates that meet what is required, by three-valued logic.

A combination of answers is false where an answer contradicts it, true where all its answers are
given, and open otherwise (Kleene's strong logic). A rule holds where any of its combinations does.
Nothing is approximated: what is open can still become true, and can still become false.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decider.engine.scoring.clauses import Clause, Clauses, Need, Rules
from decider.engine.scoring.model import Model
from decider.engine.scoring.states import DONT_KNOW, MISSING, POSSIBLE

FALSE, OPEN, TRUE = 0, 1, 2
"""Truth values in their order: "and" is the least of several, "or" the greatest."""

OPEN_STATES = frozenset({DONT_KNOW, MISSING, POSSIBLE})

States = Sequence[int]
"""The state of every question."""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What the rules and vetoes say of every alternative.

    `candidacy[a]` and `raised[r]` are truth values, by alternative and by requirement. The
    alternatives of `established` are ranked; those of `conditional` are not ruled out, and may turn
    out to be candidates. All others are ruled out.
    """

    candidacy: tuple[int, ...]
    raised: tuple[int, ...]
    established: tuple[int, ...]
    conditional: tuple[int, ...]


def eligibility(model: Model, states: States) -> Eligibility:
    """Which alternatives are eligible with these states of all questions."""
    rules = model.rules
    candidacy = _candidacy(rules, states)
    raised = _truths(rules, states)
    out = set(vetoed(model, states)).union(*_not_met(rules.needs, raised))
    left = [a for a in range(len(candidacy)) if a not in out]
    return Eligibility(
        candidacy,
        raised,
        established=tuple(a for a in left if candidacy[a] == TRUE),
        conditional=tuple(a for a in left if candidacy[a] == OPEN),
    )


def _candidacy(rules: Rules, states: States) -> tuple[int, ...]:
    return tuple(TRUE if c is None else truth(c, states) for c in rules.candidates)


def _truths(rules: Rules, states: States) -> tuple[int, ...]:
    return tuple(truth(need.clauses, states) for need in rules.needs)


def vetoed(model: Model, states: States) -> Iterable[int]:
    """The alternatives that single answers rule out, once for each."""
    for node in model.nodes:
        if (state := states[node.position]) >= 0:
            yield from node.vetoes[state]


def _not_met(needs: Iterable[Need], raised: Iterable[int]) -> Iterable[frozenset[int]]:
    return (need.not_met for need, value in zip(needs, raised, strict=True) if value == TRUE)


def truth(clauses: Clauses, states: States) -> int:
    """Whether any of these combinations holds."""
    found = FALSE
    for clause in clauses:
        value = clause_truth(clause, states)
        if value == TRUE:
            return TRUE
        found = max(found, value)
    return found


def clause_truth(clause: Clause, states: States) -> int:
    """Whether a combination holds."""
    found = TRUE
    for question, choices in clause:
        state = states[question]
        if state in OPEN_STATES:
            found = OPEN
        elif state not in choices:
            return FALSE
    return found
