"""What would have to be true for an alternative to win: few changes of answers that make it so.

Getting ahead of every rival at once is a hard problem, so it is bounded from both sides. No fewer
changes can do than getting ahead of one rival takes, which is exact. A beam search looks for a set
that does it; what it finds is checked exactly, and is smallest where it has the size of the bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from decider.engine.analysis.branches import Branches, Change
from decider.engine.analysis.bundles import LARGEST, Bundles, Mask
from decider.engine.analysis.flips import Flip, with_changes
from decider.engine.analysis.knapsack import Goal, fewest_changes, most_changes
from decider.engine.analysis.moves import Integers, Moves
from decider.engine.analysis.rule_changes import (
    may_lose_candidacy,
    merged,
    to_admit,
    to_be_candidate,
    to_exclude,
)
from decider.engine.questionnaire.schema import Answers

MOST = 8
"""Sets are looked for up to this size."""

BEAM = 40
"""How many sets of one size are kept to be extended, at first."""

WIDE_BEAM = 300
"""The same while a set as small as the proven bound is looked for."""

WORK = 500_000
"""Searches for an alternative end when so many gaps were looked at; ordinary ones take 50,000."""

CANDIDATES = 150
"""How many bundles, the most helpful ones, are put together."""

COMPARED = 800
"""How many bundles, the most helpful ones, are compared with others of the same question."""

RULED_OUT = 1 << 53
"""What a veto on a rival closes of its gap: more than any lead."""

FAR = 1 << 58
"""More than any gap that can be closed."""

HARDEST_RIVALS = 2
"""How many rivals, the leading ones, the lower bound is taken from; one where that takes long."""


@dataclass(frozen=True, slots=True)
class PathToWin:
    """How few changes of answers would make `alternative` the single winner.

    At least `at_least`, which is proven. `changes` does it; None where nothing was found.
    """

    alternative: int
    at_least: int
    changes: tuple[Change, ...] | None


def find_paths_to_win(
    branches: Branches, answers: Answers, flips: tuple[Flip, ...]
) -> tuple[PathToWin, ...]:
    """For each alternative that is not the single winner, the changes for it to win.

    `flips` are all single flips of the outcome.
    """
    bundles, bounds = Bundles(Moves(branches)), _Bounds(branches)
    found = []
    for alternative in range(len(branches.outcome.totals)):
        if branches.outcome.leaders != (alternative,):
            found.append(_path_to_win(bundles, bounds, answers, flips, alternative))
    return tuple(found)


def _path_to_win(
    bundles: Bundles,
    bounds: _Bounds,
    answers: Answers,
    flips: tuple[Flip, ...],
    alternative: int,
) -> PathToWin:
    for flip in flips:
        if flip.leaders == (alternative,):
            return PathToWin(alternative, 1, flip.changes)
    if alternative not in bundles.branches.contenders.now:
        return _admitted(bounds, answers, alternative)
    search = _Search(bundles, answers, alternative)
    changes = search.run(MOST, BEAM)
    enough = len(changes) if changes else MOST + 1
    at_least = bounds.at_least(alternative, enough)
    for size in range(at_least, enough):
        smaller = search.run(size, WIDE_BEAM)
        if smaller:
            return PathToWin(alternative, at_least, smaller)
    return PathToWin(alternative, at_least, changes)


def _admitted(bounds: _Bounds, answers: Answers, alternative: int) -> PathToWin:
    """For an alternative that rules keep out: first they let it in, then it has to win."""
    branches = bounds.branches
    admitting = to_admit(branches, alternative)
    if admitting is None:
        return PathToWin(alternative, MOST + 1, None)
    changes = _inside(_after(branches, answers, admitting), alternative)
    both = None if changes is None else merged(branches, admitting, changes)
    enough = len(both) if both else MOST + 1
    candidacy = to_be_candidate(branches, alternative) or ()
    at_least = max(1, len(candidacy), bounds.at_least(alternative, enough))
    return PathToWin(alternative, min(at_least, enough), both)


def _inside(inside: Branches, alternative: int) -> tuple[Change, ...] | None:
    """The changes with which an alternative wins that rules let in."""
    if inside.outcome.leaders == (alternative,):
        return ()
    return _Search(Bundles(Moves(inside)), inside.answers, alternative).run(MOST, BEAM)


def _after(branches: Branches, answers: Answers, changes: tuple[Change, ...]) -> Branches:
    nodes = branches.outcome.model.nodes
    other = {nodes[c.question].key: nodes[c.question].choice_keys[c.after] for c in changes}
    outcome = with_changes(branches.outcome, answers, changes)
    return Branches(outcome, {**answers, **other}, branches.unanswered)


class _Bounds:
    """How few changes may make an alternative win, for all alternatives of one outcome."""

    def __init__(self, branches: Branches) -> None:
        self.branches = branches
        self.largest = most_changes(branches)
        self.removing = cache(self._removing)

    def at_least(self, alternative: int, enough: int) -> int:
        """The most changes that one rival takes to be overtaken or ruled out; stops at `enough`.

        Never less than two: where one change is enough, a single flip has shown it.
        """
        most = 2
        limit = min(self.largest, enough)
        if self.branches.vetoes[alternative]:
            most = max(most, self._size(Goal(ahead=alternative, behind=None, need=0), limit))
        for rival in self._hardest(alternative):
            if most < enough:
                overtaking = self._size(Goal(ahead=alternative, behind=rival, need=1), limit)
                if overtaking > most:
                    most = max(most, min(overtaking, self.removing(rival)))
        return most

    def _hardest(self, alternative: int) -> list[int]:
        """The rivals with the most points."""
        outcome = self.branches.outcome
        order = sorted(outcome.eligible, key=lambda a: -outcome.totals[a])
        rivals = [rival for rival in order if rival != alternative]
        return rivals[: HARDEST_RIVALS if self.largest > MOST else 1]

    def _removing(self, rival: int) -> int:
        """No more changes than it takes to rule a rival out, by answers or by rules of several."""
        if may_lose_candidacy(self.branches, rival):
            return 1
        by_rules = [len(changes) for changes in to_exclude(self.branches, rival)]
        limit = min(self.largest, MOST + 1)
        return min([self._size(Goal(ahead=None, behind=rival, need=1), limit), *by_rules])

    def _size(self, goal: Goal, limit: int) -> int:
        """The size of a smallest set, or one more than the limit."""
        found = fewest_changes(self.branches, goal, limit)
        return limit + 1 if found is None else len(found)


@dataclass(frozen=True, slots=True)
class _Sets:
    """Sets of bundles by row: what each holds and may still be given, and how far it gets.

    `gaps` is by how much each rival is not behind yet, far below 0 where it is ruled out; for the
    alternative itself, that it is ruled out. `missing` is what is missing to win.
    """

    members: Mask
    allowed: Mask
    gaps: Integers
    missing: Integers

    def __getitem__(self, rows: Integers) -> _Sets:
        return _Sets(
            self.members[rows],
            self.allowed[rows],
            self.gaps[rows],
            self.missing[rows],
        )


class _Search:
    """Grows sets of bundles for an alternative from the best sets of each size.

    A set is left out where even the best bundles for each rival by itself can't close its gap.
    """

    def __init__(self, bundles: Bundles, answers: Answers, alternative: int) -> None:
        self.bundles = bundles
        self.answers = answers
        self.alternative = alternative
        self.work = 0
        self.start = self._start()
        gains, vetoes = self._gains(bundles.totals, bundles.vetoes)
        self.useful = self._useful(gains, vetoes)
        gains, vetoes = gains[self.useful], vetoes[self.useful]
        self.all_gains = gains + RULED_OUT * vetoes
        self.reach = _reach(
            bundles.questions[self.useful],
            np.where(vetoes > 0, FAR, gains),
            bundles.sizes[self.useful],
        )

    def run(self, most: int, width: int) -> tuple[Change, ...] | None:
        """A set of at most `most` changes that wins, of the smallest size found.

        The best `width` sets of each size are extended.
        """
        self._take(most)
        waiting: list[list[_Sets]] = [[] for _ in range(most + 1)]
        nobody = np.zeros((1, len(self.changes)), np.bool_)
        waiting[0].append(_Sets(nobody, ~nobody, self.start, _missing(self.start)))
        for size, found in enumerate(waiting):
            if not found or self.work > WORK:
                continue
            sets = _best(found, width)
            for members in sets.members[sets.missing == 0]:
                changes = self._winning(members)
                if changes:
                    return changes
            left = most - size
            for more in np.unique(self.sizes[self.sizes <= left]).tolist():
                waiting[size + more].append(self._extended(sets, more, left - more))
        return None

    def _take(self, most: int) -> None:
        """Choose the bundles for sets of at most `most` changes."""
        sizes = self.bundles.sizes[self.useful]
        left = self.reach[(most - sizes).clip(0)]
        hopeful = _is_hopeful(self.start - self.all_gains, left)
        taken = np.flatnonzero(hopeful & (sizes <= most))[:CANDIDATES]
        rows = self.useful[taken]
        self.gains = self.all_gains[taken]
        self.sizes = sizes[taken]
        self.changes = [self.bundles.changes(row) for row in rows.tolist()]
        # Bundles are added in their order: each set is found once.
        self.fits = np.triu(~self.bundles.conflicts(rows), 1)

    def _winning(self, members: Mask) -> tuple[Change, ...] | None:
        """The changes of a set if they do it, scored exactly."""
        chosen = np.flatnonzero(members).tolist()
        changes = tuple(change for row in chosen for change in self.changes[row])
        found = with_changes(self.bundles.branches.outcome, self.answers, changes)
        return changes if found.leaders == (self.alternative,) else None

    def _extended(self, sets: _Sets, more: int, left: int) -> _Sets:
        """Sets with one bundle of `more` changes added which `left` others may complete."""
        at, added = np.nonzero(sets.allowed & (self.sizes == more))
        gaps = sets.gaps.take(at, axis=0) - self.gains.take(added, axis=0)
        self.work += gaps.size
        hopeful = np.flatnonzero(_is_hopeful(gaps, self.reach[left]))
        at, added, gaps = at[hopeful], added[hopeful], gaps[hopeful]
        members = sets.members[at]
        members[np.arange(len(at)), added] = True
        allowed = sets.allowed[at] & self.fits[added]
        return _Sets(members, allowed, gaps, _missing(gaps))

    def _start(self) -> Integers:
        """Gaps without any change."""
        gains, vetoes = self._gains(*self.bundles.moves.start)
        gaps = 1 - gains - RULED_OUT * vetoes
        gaps[:, self.alternative] -= 1
        return gaps

    def _gains(self, totals: Integers, vetoes: Integers) -> tuple[Integers, Integers]:
        """Leads over the rivals, and vetoes on them; vetoes on the alternative are a huge lag."""
        own = self.alternative
        gains = totals[:, [own]] - totals
        gains[:, own] = -vetoes[:, own] * self.bundles.moves.scale * 4
        counts = vetoes.copy()
        counts[:, own] = 0
        return gains, counts

    def _useful(self, gains: Integers, vetoes: Integers) -> Integers:
        """The bundles that gain on somebody, those after which the least is missing first."""
        missing = _missing(self.start - gains - RULED_OUT * vetoes)
        order = np.argsort(missing, kind="stable")
        helps = _any((gains > 0) | (vetoes > 0))
        helps[order[COMPARED:]] = False
        better, worse = self.bundles.rivals[:, helps[self.bundles.rivals].all(axis=0)]
        more, ruling = gains[better] - gains[worse], vetoes[better] - vetoes[worse]
        beaten = ~_any((more < 0) | (ruling < 0))
        beaten &= (better < worse) | _any((more > 0) | (ruling > 0))
        helps[worse[beaten]] = False
        useful: Integers = order[helps[order]]
        return useful


def _reach(questions: Integers, gains: Integers, sizes: Integers) -> Integers:
    """By number of changes, no less than bundles can gain on each rival by itself."""
    best = np.zeros((MOST + 1, gains.shape[1]), np.int64)
    single = np.zeros((questions.max(initial=0) + 1, gains.shape[1]), np.int64)
    ones = sizes == 1
    np.maximum.at(single, questions[ones], gains[ones])
    largest = -np.sort(-single, axis=0)[:MOST]
    best[1 : len(largest) + 1] = largest.cumsum(axis=0)
    best[len(largest) + 1 :] = best[len(largest)]
    for more in range(2, LARGEST + 1):
        top = gains[sizes == more].max(axis=0, initial=0)
        for size in range(more, MOST + 1):
            best[size] = np.maximum(best[size], best[size - more] + top)
    return best


def _is_hopeful(gaps: Integers, reach: Integers) -> Mask:
    """Whether each gap can still be closed."""
    return ~_any(gaps > reach)


def _any(marks: Mask) -> Mask:
    """By row, whether any column is marked. Rows are many and short: columns go faster."""
    found: Mask = np.logical_or.reduce(np.ascontiguousarray(marks.T), axis=0)
    return found


def _missing(gaps: Integers) -> Integers:
    """What is missing to be ahead of every rival that is left; 0 where nothing is."""
    missing: Integers = np.maximum(gaps, 0) @ np.ones(gaps.shape[1], np.int64)
    return missing


def _best(found: Sequence[_Sets], width: int) -> _Sets:
    """The sets to which the least is missing."""
    if len(found) == 1:
        together = found[0]
    else:
        parts = ([getattr(sets, name) for sets in found] for name in _Sets.__slots__)
        together = _Sets(*map(np.concatenate, parts))
    kept = np.argsort(together.missing, kind="stable")[:width]
    return together[kept]
