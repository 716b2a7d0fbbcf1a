"""Many assessments of one questionnaire scored at once, exactly as `evaluate` scores one.

Answers come as an array of states. A few questions at a time share one table that holds, for every
combination of their states, the sum of what they add; a block of assessments at a time stays in
the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from decider.engine.questionnaire.schema import Answers
from decider.engine.scoring.clauses import Clauses
from decider.engine.scoring.eligibility import FALSE, OPEN, TRUE
from decider.engine.scoring.model import Model, Node, Row
from decider.engine.scoring.states import SKIPPED, stored_state

BLOCK = 4096
"""Assessments that are worked on together."""

LARGEST_TABLE = 4096
"""Combinations of states that one table may hold, unless a single question has more."""

FIRST = -SKIPPED
"""Added to a state to make it an index; the index 0 adds nothing."""

Integers = npt.NDArray[np.int64]
States = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Portfolio:
    """Scores by assessment i and alternative a. Points are 50 + 50 * `totals[i, a]` / `units[i]`.

    `out[i, a]` says that answers rule the alternative out, `conditional[i, a]` that it is not ruled
    out and may turn out to be a candidate.
    """

    totals: Integers
    units: Integers
    out: Mask
    conditional: Mask


@dataclass(frozen=True)
class _Table:
    """What some questions of one section add, by the combined index of their states.

    `columns` holds the questions, each with the number of rows that it has by itself.
    `vetoes` holds a bit for each alternative ruled out.
    """

    section: int
    columns: list[tuple[Node, int]]
    rows: Integers
    vetoes: Integers


def states_of(model: Model, answers: Sequence[Answers]) -> States:
    """Answers as states by assessment and question. Raises ValueError for one not on offer."""
    rows = [[stored_state(node, given) for node in model.nodes] for given in answers]
    return np.array(rows, np.int8).reshape(len(answers), len(model.nodes))


def score_many(model: Model, states: States, weights: Integers) -> Portfolio:
    """Score assessments by their states, with weights by section or by assessment and section.

    States are those of `scoring`, of every question as if it was visible; those that are not are
    left out here. Raises ValueError where points would not fit into 64 bits.
    """
    own_weights = np.broadcast_to(weights, (len(states), len(model.sections)))
    whole = 2 * model.common * model.precision
    if whole * int(own_weights.sum(axis=1).max(initial=1)) >= 1 << 62:
        raise ValueError("This questionnaire's points are too fine to score many at once.")
    tables = list(_tables(model))
    totals = np.zeros((len(states), len(model.alternatives)), np.int64)
    vetoes = np.zeros(len(states), np.int64)
    out = np.zeros(totals.shape, np.bool_)
    conditional = np.zeros(totals.shape, np.bool_)
    for start in range(0, len(states), BLOCK):
        block = slice(start, start + BLOCK)
        indices = _indices(model, states[block])
        _score(tables, indices, own_weights[block], totals[block], vetoes[block])
        _apply_rules(model, indices, out[block], conditional[block])
    bits = np.arange(len(model.alternatives))
    units = whole * np.maximum(own_weights.sum(axis=1), 1)
    out |= (vetoes[:, None] >> bits & 1).astype(np.bool_)
    return Portfolio(totals, units, out, conditional & ~out)


def _apply_rules(model: Model, indices: list[Indices], out: Mask, conditional: Mask) -> None:
    """Mark who doesn't meet what is required, and who is no candidate, or may be one."""
    for need in model.rules.needs:
        out[:, list(need.not_met)] |= (_path_to_win(model, indices, need.clauses) == TRUE)[:, None]
    for a, clauses in enumerate(model.rules.candidates):
        if clauses is not None:
            candidacy = _path_to_win(model, indices, clauses)
            out[:, a] |= candidacy == FALSE
            conditional[:, a] = candidacy == OPEN


def _path_to_win(model: Model, indices: list[Indices], clauses: Clauses) -> Indices:
    """By assessment, whether any of these combinations holds."""
    found = [
        np.minimum.reduce([_literal(model.nodes[q], indices[q], choices) for q, choices in clause])
        for clause in clauses
    ]
    highest: Indices = np.maximum.reduce(found)
    return highest


def _literal(node: Node, index: Indices, choices: frozenset[int]) -> Indices:
    """By the row of an assessment, whether a question is answered with one of these choices."""
    given = [TRUE if choice in choices else FALSE for choice in range(len(node.rows))]
    # In the order of the rows: nothing, missing, unknown, the choices, then behind open questions.
    values = np.array([FALSE, OPEN, OPEN, *given])
    found: Indices = np.where(index < len(values), values[index.clip(max=len(values) - 1)], OPEN)
    return found


def _score(
    tables: list[_Table],
    indices: list[Indices],
    weights: Integers,
    totals: Integers,
    vetoes: Integers,
) -> None:
    """Add up one block into `totals` and `vetoes`."""
    part = np.empty(totals.shape, np.int64)
    for table in tables:
        joint = np.zeros(len(totals), np.intp)
        for node, width in table.columns:
            joint = joint * width + indices[node.position]
        table.rows.take(joint, axis=0, out=part, mode="clip")
        part *= weights[:, [table.section]]
        totals += part
        if table.vetoes.any():
            vetoes |= table.vetoes[joint]


def _indices(model: Model, states: States) -> list[Indices]:
    """By question, the row of each assessment in what the question can add."""
    found: list[Indices] = []
    for node, column in zip(model.nodes, np.ascontiguousarray(states.T), strict=True):
        index = column.astype(np.intp) + FIRST
        if node.parent >= 0:
            instead = _instead(model, node)[found[node.parent]]
            index = np.where(instead < 0, index, instead)
        found.append(index)
    return found


def _instead(model: Model, node: Node) -> Indices:
    """By the parent's row: the question's row where it is not visible, -1 where it is."""
    parent = model.nodes[node.parent]
    choices = len(parent.rows)
    shown = [-1 if choice in node.shown else 0 for choice in range(choices)]
    behind = FIRST + len(node.rows)
    deeper = range(behind + 1, len(_rows(model, node)))
    # In the order of the states: does not apply, missing, unknown, then the choices.
    return np.array([0, behind, behind, *shown, *deeper])


def _rows(model: Model, node: Node) -> list[Row]:
    """What a question can add: nothing, its mean (twice), its choices, and its mean times the
    chance that it becomes visible, for an open question one, two ... levels above."""
    nothing = (0,) * len(model.alternatives)
    behind, row, below = [], node.mean, node
    while below.parent >= 0:
        parent = model.nodes[below.parent]
        chance = parent.mass(below.shown)
        row = tuple(x * chance // parent.prior_total for x in row)
        behind.append(row)
        below = parent
    return [nothing, node.mean, node.mean, *node.rows, *behind]


def _tables(model: Model) -> Iterator[_Table]:
    """Tables for questions that follow each other in a section, as large as allowed."""
    group: list[Node] = []
    size = 1
    for node in model.nodes:
        width = len(_rows(model, node))
        if group and (node.section != group[0].section or size * width > LARGEST_TABLE):
            yield _table(model, group)
            group, size = [], 1
        group.append(node)
        size *= width
    if group:
        yield _table(model, group)


def _table(model: Model, nodes: list[Node]) -> _Table:
    width = len(model.alternatives)
    rows, vetoes = np.zeros((1, width), np.int64), np.zeros(1, np.int64)
    columns = []
    for node in nodes:
        own = np.array(_rows(model, node))
        bits = np.zeros(len(own), np.int64)
        bits[FIRST : FIRST + len(node.vetoes)] = [sum(1 << a for a in v) for v in node.vetoes]
        rows = np.concatenate(rows[:, None] + own)
        vetoes = np.bitwise_or.outer(vetoes, bits).ravel()
        columns.append((node, len(own)))
    return _Table(nodes[0].section, columns, rows, vetoes)
