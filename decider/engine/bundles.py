"""Changes of answers in bundles that add up, for the search of sets of changes.

Changes of visible questions add up while none of them hides another's question. A question that is
not asked now can be changed only together with the answer that shows it. Such changes come in one
bundle, so that every set of changes is a set of bundles in exactly one way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, permutations

import numpy as np
import numpy.typing as npt

from decider.engine.branches import Change, Effect
from decider.engine.model import Node, Row, add_rows
from decider.engine.moves import Integers, Moves

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
    vetoes: Counter[int]
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
        several = list(islice(self._several(), MOST_BUNDLES))
        self.changes = [(change,) for change in moves.changes] + [b.changes for b in several]
        self.sizes = np.array([len(changes) for changes in self.changes], np.int64)
        self.questions = np.array([changes[0].question for changes in self.changes], np.int64)
        self.totals = np.concatenate([moves.totals, moves.scaled([b.totals for b in several])])
        counts = [[b.vetoes[a] for a in range(moves.width)] for b in several]
        more = np.array(counts, np.int64).reshape(len(several), moves.width)
        self.vetoes = np.concatenate([moves.vetoes, more])
        self.closed = self._closed()
        self.rivals = self._rivals()

    def conflicts(self, rows: Integers) -> Mask:
        """Which of these bundles can't be taken together."""
        closed: Mask = self.closed[rows][:, self.questions[rows]]
        return closed | closed.T

    def _rivals(self) -> tuple[Integers, Integers]:
        """Pairs that differ in the last answer, or of which the second has more changes."""
        rows = {changes: row for row, changes in enumerate(self.changes)}
        alike: dict[tuple[tuple[Change, ...], int], list[int]] = {}
        pairs = []
        for changes, row in rows.items():
            *most, last = changes
            alike.setdefault((tuple(most), last.question), []).append(row)
            if most:
                pairs.append((rows[tuple(most)], row))
                pairs.extend((single, row) for single in alike[(), changes[0].question])
        for group in alike.values():
            pairs.extend(permutations(group, 2))
        better, worse = np.array(pairs, np.int64).reshape(-1, 2).T
        instead = (self.closed[better] <= self.closed[worse]).all(axis=1)
        return better[instead], worse[instead]

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
            return _Bundle((change,), (), Counter(), ())
        shown = [place for place in self._below(node, change.after) if place not in self.asked]
        return _Bundle((change,), *self._gain(change), tuple(sorted(shown)))

    def _extended(self, bundle: _Bundle) -> Iterator[_Bundle]:
        """The bundle with one change more, of a question that it shows."""
        nodes = self.branches.outcome.model.nodes
        for i, place in enumerate(bundle.shown):
            node, state = nodes[place], self.branches.stored[place]
            kept = set(self._below(node, state)) if state >= 0 else set()
            for choice in range(len(node.rows)):
                if choice != state:
                    change = Change(place, state, choice)
                    totals, vetoes = self._gain(change)
                    later = set(bundle.shown[i + 1 :]) - kept | set(self._below(node, choice))
                    yield _Bundle(
                        (*bundle.changes, change),
                        add_rows(bundle.totals, totals),
                        _sum(bundle.vetoes, vetoes),
                        tuple(sorted(later)),
                    )

    def _gain(self, change: Change) -> tuple[Row, Counter[int]]:
        """What a change adds where its question is asked and nothing below it is changed."""
        now = self.branches.current[change.question]
        then = self.branches.options[change.question][change.after]
        totals = tuple([y - x for x, y in zip(now.totals, then.totals, strict=True)])
        return totals, _sum(Counter(then.vetoes), _negative(now))

    def _below(self, node: Node, choice: int) -> Iterator[int]:
        """The questions that a choice shows, also by the answers that are kept below it."""
        nodes = self.branches.outcome.model.nodes
        for child in self.branches.shown_by(node, choice):
            yield child
            if (kept := self.branches.stored[child]) >= 0:
                yield from self._below(nodes[child], kept)

    def _closed(self) -> Mask:
        nodes = self.branches.outcome.model.nodes
        closed = np.zeros((len(self.changes), len(nodes)), np.bool_)
        closed[np.arange(len(self.changes)), self.questions] = True
        hidden: dict[tuple[int, int], list[int]] = {}
        for row, (first, *_) in enumerate(self.changes):
            if nodes[first.question].children and first.before >= 0:
                key = first.question, first.after
                if key not in hidden:
                    hidden[key] = self._hidden(nodes[first.question], first)
                closed[row, hidden[key]] = True
        return closed

    def _hidden(self, node: Node, change: Change) -> list[int]:
        """The questions asked now that a change hides."""
        return list({*self._below(node, change.before)} - {*self._below(node, change.after)})


def _negative(effect: Effect) -> Counter[int]:
    return Counter({a: -count for a, count in Counter(effect.vetoes).items()})


def _sum(one: Counter[int], other: Counter[int]) -> Counter[int]:
    """The sum of counts, of negative ones too."""
    return Counter({a: one[a] + other[a] for a in {*one, *other}})
