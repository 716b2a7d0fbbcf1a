"""Changes of answers in bundles that add up, for the search of sets of changes.

Changes of visible questions add up while none of them hides another's question. A question that is
not asked now can be changed only together with the answer that shows it. Such changes come in one
bundle, so that every set of changes is a set of bundles in exactly one way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, permutations, repeat

import numpy as np
import numpy.typing as npt

from decider.engine.analysis.branches import Change
from decider.engine.analysis.moves import Integers, Moves
from decider.engine.scoring.model import Node, Row, add_rows

LARGEST = 4
"""How many changes a bundle may have."""

MOST_BUNDLES = 1000
"""At most so many bundles of several changes are looked at, smaller ones first."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Bundle:
    """`shown` are the questions that it shows anew, as far as they stand after its last change."""

    changes: tuple[Change, ...]
    totals: Row
    vetoes: Row
    shown: tuple[int, ...]


class Bundles:
    """By row, a bundle of changes and what it adds to totals and to veto counts.

    `sizes` has the number of changes. `closed[i, q]` says that after bundle i question q, if it is
    asked now, can't be changed by another bundle: it changed, or is hidden. `rivals` are the pairs
    of bundles, by row, of which the first may stand wherever the second does, at no more changes.
    """

    def __init__(self, moves: Moves) -> None:
        self.moves = moves
        self.branches = moves.branches
        self.asked = frozenset(node.position for node in self.branches.visible())
        self.shown = self._shown_by_choice()
        self.gains: dict[int, list[tuple[Change, Row, Row]]] = {}
        several = list(islice(self._several(), MOST_BUNDLES))
        self.changes = [(change,) for change in moves.changes] + [b.changes for b in several]
        self.sizes = np.array([len(changes) for changes in self.changes], np.int64)
        self.questions = np.array([changes[0].question for changes in self.changes], np.int64)
        self.totals = np.concatenate([moves.totals, moves.scaled([b.totals for b in several])])
        counts = np.array([b.vetoes for b in several], np.int64).reshape(len(several), moves.width)
        self.vetoes = np.concatenate([moves.vetoes, counts])
        self.closed = self._closed()
        self.rivals = self._rivals()

    def conflicts(self, rows: Integers) -> Mask:
        """Which of these bundles can't be taken together."""
        closed: Mask = self.closed[rows][:, self.questions[rows]]
        return closed | closed.T

    def _rivals(self) -> Integers:
        """Pairs that differ in the last answer, or of which the second has more changes."""
        rows: dict[tuple[int, ...], int] = {}
        alike: dict[tuple[int, ...], list[int]] = {}
        pairs: list[tuple[int, int]] = []
        for row, changes in enumerate(self.changes):
            key = tuple([x for change in changes for x in (change.question, change.after)])
            rows[key] = row
            alike.setdefault(key[:-1], []).append(row)
            if len(changes) > 1:
                pairs.append((rows[key[:-2]], row))
                pairs.extend(zip(alike[key[:1]], repeat(row)))
        for group in alike.values():
            pairs.extend(permutations(group, 2))
        found = np.fromiter(chain.from_iterable(pairs), np.int64).reshape(-1, 2).T
        better, worse = found
        instead = ~(self.closed[better] & ~self.closed[worse]).any(axis=1)
        rivals: Integers = found[:, instead]
        return rivals

    def _several(self) -> Iterator[_Bundle]:
        """Bundles of two and more changes."""
        growing = [found for change in self.moves.changes if (found := self._single(change)).shown]
        for _ in range(LARGEST - 1):
            wider = []
            for bundle in growing:
                for found in self._extended(bundle):
                    yield found
                    if found.shown:
                        wider.append(found)
            growing = wider

    def _single(self, change: Change) -> _Bundle:
        node = self.branches.outcome.model.nodes[change.question]
        if not node.children:
            return _Bundle((change,), (), (), ())
        shown = self.shown[change.question][change.after] - self.asked
        return _Bundle((change,), *self._gain(change), tuple(sorted(shown)))

    def _extended(self, bundle: _Bundle) -> Iterator[_Bundle]:
        """The bundle with one change more, of a question that it shows."""
        nodes = self.branches.outcome.model.nodes
        for i, place in enumerate(bundle.shown):
            state = self.branches.stored[place]
            kept = self.shown[place][state] if state >= 0 else frozenset()
            left = set(bundle.shown[i + 1 :]) - kept
            for change, totals, vetoes in self._gains(nodes[place]):
                yield _Bundle(
                    (*bundle.changes, change),
                    add_rows(bundle.totals, totals),
                    add_rows(bundle.vetoes, vetoes),
                    tuple(sorted(left | self.shown[place][change.after])),
                )

    def _gains(self, node: Node) -> list[tuple[Change, Row, Row]]:
        """Each change of a question, with what it adds where nothing below it is changed."""
        place = node.position
        if place not in self.gains:
            state = self.branches.stored[place]
            choices = range(len(node.rows)) if self.branches.may_change(node) else ()
            changes = [Change(place, state, choice) for choice in choices if choice != state]
            self.gains[place] = [(change, *self._gain(change)) for change in changes]
        return self.gains[place]

    def _gain(self, change: Change) -> tuple[Row, Row]:
        """What a change adds where its question is asked and nothing below it is changed."""
        now = self.branches.current[change.question]
        then = self.branches.options[change.question][change.after]
        totals = tuple([y - x for x, y in zip(now.totals, then.totals, strict=True)])
        width = range(len(totals))
        return totals, tuple([then.vetoes.count(a) - now.vetoes.count(a) for a in width])

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
        nodes = self.branches.outcome.model.nodes
        closed = np.zeros((len(self.changes), len(nodes)), np.bool_)
        closed[np.arange(len(self.changes)), self.questions] = True
        for row, (first, *_) in enumerate(self.changes):
            shown = self.shown[first.question]
            if nodes[first.question].children and first.before >= 0:
                closed[row, list(shown[first.before] - shown[first.after])] = True
        return closed
