"""The state of every question: which choice is given, or why there is none."""

from __future__ import annotations

from decider.engine.questionnaire.schema import NOT_APPLICABLE, UNKNOWN, Answers
from decider.engine.scoring.model import Model, Node

DONT_KNOW = -1
"""State of a question answered "I don't know"."""
MISSING = -2
"""State of a question that is asked and not answered yet."""
SKIPPED = -3
"""State of a question that does not apply."""
POSSIBLE = -4
"""State of a question that becomes visible for some answers to an open question above it."""
HIDDEN = -5
"""State of a question that the given answers hide."""


def resolve(model: Model, answers: Answers) -> tuple[int, ...]:
    """The state of every question: the position of its choice, or a negative state."""
    states: list[int] = []
    for node in model.nodes:
        if node.parent >= 0:
            above = states[node.parent]
            if above not in node.shown:
                states.append(POSSIBLE if above in (DONT_KNOW, MISSING, POSSIBLE) else HIDDEN)
                continue
        states.append(stored_state(node, answers))
    return tuple(states)


def stored_state(node: Node, answers: Answers) -> int:
    """The state of a question if it is visible. Raises ValueError for an answer not on offer."""
    answer = answers.get(node.key)
    if answer is None:
        return MISSING
    state = node.codes.get(answer)
    if state is not None:
        return state
    if answer == UNKNOWN:
        return DONT_KNOW
    if answer == NOT_APPLICABLE:
        return SKIPPED
    raise ValueError(f"Question {node.key!r} does not offer the answer {answer!r}.")
