"""Pairs of answers that change the winner together, where neither does so alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from decider.engine.analysis.branches import Branches, Change
from decider.engine.analysis.flips import Flip, single_flips, with_changes
from decider.engine.analysis.moves import Integers, Moves
from decider.engine.questionnaire.schema import Answers

MOST_PAIRS = 200
"""At most so many pairs are listed."""

MOST_CHECKS = 2000
"""At most so many pairs are checked exactly, or fewer in a very large questionnaire."""

WORK = 1_600_000
"""Checks times questions times alternatives stay below this; less where numbers are very long."""

MOST_MOVES = 1200
"""At most so many single changes are put together, those asked first."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PairFlips:
    """Pairs of changes that lead to other leaders. `complete` is False where there may be more."""

    flips: tuple[Flip, ...]
    complete: bool


def pair_flips(branches: Branches, answers: Answers) -> PairFlips:
    """The pairs of changes that flip the result although neither change does alone."""
    alone = {flip.changes[0] for flip in single_flips(branches)}
    moves = Moves(branches)
    rows = [row for row, change in enumerate(moves.changes) if change not in alone]
    digits = 1 + branches.outcome.unit.bit_length() // 1024
    most_checks = min(MOST_CHECKS, WORK // (len(branches.stored) * moves.width * digits))
    found: list[Flip] = []
    for number, pair in enumerate(_candidates(moves, rows[:MOST_MOVES])):
        if number == most_checks or len(found) == MOST_PAIRS:
            return PairFlips(tuple(found), complete=False)
        leaders = with_changes(branches.outcome, answers, pair).leaders
        if leaders != branches.outcome.leaders:
            found.append(Flip(pair, leaders))
    return PairFlips(tuple(found), complete=len(rows) <= MOST_MOVES)


def _candidates(moves: Moves, rows: list[int]) -> Iterator[tuple[Change, Change]]:
    """Pairs that may flip the result: all that do, and few that don't.

    In different trees of conditions effects add up; pairs in one tree are all worth a look, and
    pairs of questions that rules name.
    """
    for place, row in enumerate(rows):
        change = moves.changes[row]
        below = _shown_below(moves.branches, change.question, change.after)
        yield from ((change, other) for other in below)
        others = np.array(rows[place + 1 :], np.int64)
        one_tree = moves.trees[others] == moves.trees[row]
        same = moves.questions[others] == change.question
        both = moves.in_rules[others] & moves.in_rules[row]
        worth = others[~same & (one_tree | both | _may_flip(moves, row, others))]
        yield from ((change, moves.changes[i]) for i in worth.tolist())


def _may_flip(moves: Moves, row: int, others: Integers) -> Mask:
    """Whether a leader may be ruled out or reached, or somebody come back where nobody was left.

    Level leaders stay level: a change that tells them apart does so alone.
    """
    leaders = list(moves.branches.outcome.leaders)
    totals, vetoes = moves.start
    barred: Mask = moves.barred[row] if moves.in_rules[row] else moves.barred[others]
    vetoes = vetoes + moves.vetoes[row] + moves.vetoes[others] + barred
    if not leaders:
        left: Mask = (vetoes <= 0).any(axis=1)
        return left
    totals = totals + moves.totals[row] + moves.totals[others]
    floor = -4 * moves.scale
    totals[vetoes > 0] = floor
    rest = np.delete(totals, leaders, axis=1).max(axis=1, initial=floor)
    # Totals that had to be rounded are each off by less than one.
    slack = 0 if moves.is_exact else 8
    reached: Mask = totals[:, leaders].min(axis=1) <= rest + slack
    return reached


def _shown_below(branches: Branches, question: int, choice: int) -> Iterator[Change]:
    """Changes of questions that a choice makes visible, also by answers that are kept below it."""
    nodes = branches.outcome.model.nodes
    for child in branches.shown_by(nodes[question], choice):
        if not branches.outcome.is_visible(nodes[child]):
            yield from branches.changes_of(nodes[child])
            kept = branches.stored[child]
            if kept >= 0:
                yield from _shown_below(branches, child, kept)
