"""Changes of answers in bundles that add up, for the search of sets of changes.

Changes of visible questions add up while none of them hides another's question. A question that is
not asked now can be changed only together with the answer that shows it. Such changes come in one
bundle, so that every set of changes is a set of bundles in exactly one way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from decider.engine.analysis.branches import Change
from decider.engine.analysis.moves import Integers, Moves
from decider.engine.scoring.model import Row

LARGEST = 4
"""How many changes a bundle may have."""

MOST_BUNDLES = 1000
"""At most so many bundles of several changes are looked at, smaller ones first."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Gain:
    """What a change adds where its question is asked and nothing below it is changed."""

    change: Change
    totals: Row
    vetoes: Row


class Bundles:
    """By row, a bundle of changes and what it adds to totals and to veto counts.

    Single changes come first, then bundles by size, of which each has one change more than that of
    the row `above` it (-1: none). `sizes` has the number of changes. `closed[i, q]` says that after
    bundle i question q, if it is asked now, can't be changed by another bundle: it changed, or is
    hidden. `rivals` are the pairs of bundles, by row, of which the first may stand wherever the
    second does, at no more changes.
    """

    def __init__(self, moves: Moves) -> None:
        self.moves = moves
        self.branches = moves.branches
        self.asked = frozenset(node.position for node in self.branches.outcome.visible)
        self.shown = self._shown_by_choice()
        self.gains: list[_Gain] = []
        self.places: dict[int, list[int]] = {}
        singles = len(moves.changes)
        above, last, ends = self._several()
        self.above = np.array(above, np.int64)
        self.last = np.array(last, np.int64)
        self.sizes = np.ones(len(above), np.int64)
        first = np.arange(len(above))
        sums, vetoes = self._gained()
        for size, (start, end) in enumerate(pairwise([singles, *ends]), 2):
            rows = self.above[start:end]
            self.sizes[start:end] = size
            first[start:end] = first[rows]
            sums[start:end] += sums[rows]
            vetoes[start:end] += vetoes[rows]
        self.questions = moves.questions[first]
        self.totals = np.concatenate([moves.totals, moves.scaled(sums[singles:].tolist())])
        self.vetoes = np.concatenate([moves.vetoes, vetoes[singles:]])
        closed = self._closed()
        self.closed = closed[first]
        self.rivals = self._rivals(closed, first)

    def changes(self, row: int) -> tuple[Change, ...]:
        """The changes of a bundle, each after the one that shows its question."""
        if row < len(self.moves.changes):
            return (self.moves.changes[row],)
        return (*self.changes(int(self.above[row])), self.gains[self.last[row]].change)

    def conflicts(self, rows: Integers) -> Mask:
        """Which of these bundles can't be taken together."""
        closed: Mask = self.closed[rows][:, self.questions[rows]]
        return closed | closed.T

    def _rivals(self, closed: Mask, first: Integers) -> Integers:
        """Pairs that differ in the last answer, or of which the second has more changes.

        `closed` is that of single changes, and `first` the row of the first change of each bundle.
        """
        several = np.arange(len(closed), len(first))
        single, added = np.nonzero(self.moves.questions[:, np.newaxis] == self.questions[several])
        pairs = [np.stack([self.above[several], several]), np.stack([single, several[added]])]
        last = self._last_questions()
        for step in count(1):  # those that differ in the last answer follow each other
            alike = (self.above[step:] == self.above[:-step]) & (last[step:] == last[:-step])
            if not alike.any():
                break
            one = np.flatnonzero(alike)
            pairs += [np.stack([one, one + step]), np.stack([one + step, one])]
        found = np.concatenate(pairs, axis=1)
        better, worse = first[found]
        closes_more = (closed[better] & ~closed[worse]).any(axis=1)
        rivals: Integers = found[:, ~closes_more]
        return rivals

    def _last_questions(self) -> Integers:
        """By row, the question of the last change."""
        questions = np.array([gain.change.question for gain in self.gains], np.int64)
        own = np.flatnonzero(self.above < 0)
        last = np.empty(len(self.above), np.int64)
        last[own] = self.moves.questions
        last[len(own) :] = questions[self.last[len(own) :]]
        return last

    def _gained(self) -> tuple[npt.NDArray[Any], Integers]:
        """By row, what the last change adds to totals, in the outcome's unit, and veto counts.

        0 where a single change shows no question.
        """
        nothing = (0,) * self.moves.width
        # Numbers of any length, where they may not fit.
        kind = np.int64 if self.moves.is_exact else np.object_
        totals = np.array([*(gain.totals for gain in self.gains), nothing], kind)
        vetoes = np.array([*(gain.vetoes for gain in self.gains), nothing], np.int64)
        return totals[self.last], vetoes[self.last]

    def _several(self) -> tuple[list[int], list[int], list[int]]:
        """By row, the bundle above and the place of the last gain; and where each size ends."""
        changes = self.moves.changes
        above, last = [-1] * len(changes), [-1] * len(changes)
        ends: list[int] = []
        growing = []
        for row, change in enumerate(changes):
            if shown := self._newly_shown(change):
                last[row] = self._place(change)
                growing.append((row, shown))
        most = len(changes) + MOST_BUNDLES
        for size in range(2, LARGEST + 1):
            wider: list[tuple[int, tuple[int, ...]]] = []
            for row, shown in growing:
                for i, question in enumerate(shown):
                    places = self._places(question)
                    if size < LARGEST:
                        wider += self._further(len(above), question, shown[i + 1 :])
                    above += [row] * len(places)
                    last += places
                if len(above) >= most:
                    return above[:most], last[:most], [*ends, most]
            ends.append(len(above))
            growing = wider
        return above, last, ends

    def _newly_shown(self, change: Change) -> tuple[int, ...]:
        """The questions that a change of a visible question newly shows."""
        if not self.branches.outcome.model.nodes[change.question].children:
            return ()
        return tuple(sorted(self.shown[change.question][change.after] - self.asked))

    def _further(
        self, row: int, question: int, others: tuple[int, ...]
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The bundles that each change of a question makes, from a row on, and what they show.

        Only those that show anything; `others` are the later questions that are shown before.
        """
        state = self.branches.stored[question]
        kept = self.shown[question][state] if state >= 0 else frozenset()
        left = tuple([other for other in others if other not in kept])
        for place, gain in enumerate(self._places(question), row):
            more = self.shown[question][self.gains[gain].change.after]
            if more or left:
                yield place, tuple(sorted(more.union(left))) if more else left

    def _places(self, question: int) -> list[int]:
        """The places of the gains of all changes of a question that is not asked now."""
        if question not in self.places:
            changes = self.branches.changes_of(self.branches.outcome.model.nodes[question])
            self.places[question] = [self._place(change) for change in changes]
        return self.places[question]

    def _place(self, change: Change) -> int:
        """The place of the gain of a change, which is added."""
        now = self.branches.current[change.question]
        then = self.branches.options[change.question][change.after]
        totals = tuple([y - x for x, y in zip(now.totals, then.totals, strict=True)])
        width = range(len(totals))
        vetoes = tuple([then.vetoes.count(a) - now.vetoes.count(a) for a in width])
        self.gains.append(_Gain(change, totals, vetoes))
        return len(self.gains) - 1

    def _shown_by_choice(self) -> dict[int, list[frozenset[int]]]:
        """By question, what each choice shows, also by the answers that are kept below it."""
        nothing: frozenset[int] = frozenset()
        shown: dict[int, list[frozenset[int]]] = {}
        kept: dict[int, frozenset[int]] = {}
        for node in reversed(self.branches.outcome.model.nodes):
            place, state = node.position, self.branches.stored[node.position]
            shown[place] = [nothing] * len(node.rows)
            for choices in self.branches.alike[place]:
                children = self.branches.shown_by(node, choices[0])
                below = nothing.union(children, *(kept[child] for child in children))
                for choice in choices:
                    shown[place][choice] = below
            kept[place] = shown[place][state] if state >= 0 else nothing
        return shown

    def _closed(self) -> Mask:
        """`closed` of the single changes; other bundles close what their first change does."""
        nodes = self.branches.outcome.model.nodes
        closed = np.zeros((len(self.moves.changes), len(nodes)), np.bool_)
        closed[np.arange(len(closed)), self.moves.questions] = True
        for row, change in enumerate(self.moves.changes):
            shown = self.shown[change.question]
            if nodes[change.question].children and change.before >= 0:
                closed[row, list(shown[change.before] - shown[change.after])] = True
        return closed
