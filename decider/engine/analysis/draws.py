"""Random draws that are the same on every platform, and the same from one result to the next.

Each stream is the output of SHAKE-256 over the method's name and the key of what is drawn, read as
integers. No answer and no rating changes a draw: results that differ in one answer differ by that
answer only (common random numbers), and raising a rating can never lower a share.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from hashlib import shake_256
from math import sqrt

import numpy as np
import numpy.typing as npt

from decider.engine.scoring.model import Model, Node

DRAWS = 10_000
"""Draws for one analysis; fewer for a questionnaire so large that they would take too long."""

LARGEST_TABLE = 24_000_000
"""Draws times questions times alternatives stay below this."""

SEED = "decider/mavt-1"
"""All methods share their draws, so that results by two of them differ by the method only."""

WEIGHT_UNIT = 4096
"""The weight factor 1; factors are whole numbers from half of it to less than one and a half."""

STEP_CHANCE = 26
"""Out of 256: how often a rating is one step too low, and how often one step too high."""

COMMON_BYTES = 4
"""An error that all ratings of an alternative share is the sum of so many numbers from 0 to 255."""

COMMON_SPREAD = sqrt(COMMON_BYTES * (256**2 - 1) / 12)
"""The standard deviation of this sum."""

MISSING_RANGE = (-1, 1)
"""Where nobody researched what a choice says of an alternative, its rating is drawn from here."""

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Ratings = npt.NDArray[np.int8]
Choices = int | npt.NDArray[np.intp]


def stream(size: int, *name: str) -> npt.NDArray[np.uint8]:
    """The first `size` bytes of what is drawn under this name."""
    text = "/".join((SEED, *name))
    return np.frombuffer(shake_256(text.encode()).digest(size), np.uint8)


class Draws:
    """The draws for one model, each made when it is first asked for; `size` is their number."""

    def __init__(self, model: Model) -> None:
        self.model = model
        cells = len(model.nodes) * len(model.alternatives)
        self.size = min(DRAWS, LARGEST_TABLE // cells)
        self._common: dict[int, Integers] = {}
        self._errors: dict[int, Ratings] = {}
        self._picks: dict[int, npt.NDArray[np.intp]] = {}
        self._given: dict[tuple[int, int], Ratings] = {}
        self._vetoed: dict[int, Mask] = {}
        self._guesses: dict[tuple[int, bool], Ratings] = {}
        self._positions_in_range: dict[tuple[int, int], npt.NDArray[np.int16]] = {}
        self._ranges: dict[int, tuple[Ratings, npt.NDArray[np.int16]]] = {}

    @cached_property
    def weight_factors(self) -> Integers:
        """By section and draw, uniform from `WEIGHT_UNIT` / 2 to 3/2 of it."""
        drawn = [self._wide("weight", key) for key in self.model.sections]
        return WEIGHT_UNIT // 2 + np.stack(drawn) * WEIGHT_UNIT // 65536

    def common_error(self, alternative: int) -> Integers:
        """By draw, the error shared by an alternative's ratings: around 0, `COMMON_SPREAD` wide."""
        if alternative not in self._common:
            name = "common", self.model.alternatives[alternative]
            drawn = stream(COMMON_BYTES * self.size, *name).reshape(-1, COMMON_BYTES)
            middle = COMMON_BYTES * 255 // 2
            self._common[alternative] = drawn.sum(axis=1, dtype=np.int64) - middle
        return self._common[alternative]

    def errors(self, node: Node) -> Ratings:
        """By alternative and draw, how many steps a rating is off: -1, 0 or 1."""
        if node.position not in self._errors:
            names = (("error", node.key, a) for a in self.model.alternatives)
            drawn = np.stack([stream(self.size, *name) for name in names])
            up = (drawn >= 256 - STEP_CHANCE).view(np.int8)
            self._errors[node.position] = up - (drawn < STEP_CHANCE).view(np.int8)
        return self._errors[node.position]

    def picks(self, node: Node) -> npt.NDArray[np.intp]:
        """By draw, the position of a choice drawn from the prior.

        Choices are laid out by key, so that their order in the questionnaire plays no part.
        """
        if node.position not in self._picks:
            order = sorted(range(len(node.choice_keys)), key=node.choice_keys.__getitem__)
            ends = np.cumsum([node.prior[choice] for choice in order])
            drawn = self._wide("answer", node.key) * node.prior_total >> 16
            self._picks[node.position] = np.array(order)[ends.searchsorted(drawn, side="right")]
        return self._picks[node.position]

    def ratings(self, node: Node, choice: Choices) -> Ratings:
        """By alternative and draw, the ratings of a choice, somewhere in their ranges, and off.

        `choice` is one for all draws, or one for each.
        """
        low, width = self.ranges(node)
        ratings: Ratings = self.errors(node) + np.atleast_2d(low[choice]).T
        for a in np.flatnonzero((width > 1).any(axis=0)).tolist():
            ratings[a] += (self.positions_in_range(node, a) * width[choice, a] >> 8).astype(np.int8)
        return ratings.clip(-2, 2)

    def ratings_of(self, node: Node, choice: int) -> Ratings:
        """`ratings` of one choice times the weight of the question.

        Kept while there is room: the next result may need them again.
        """
        where = node.position, choice
        if where not in self._given:
            if len(self._given) * self.size * len(self.model.alternatives) > LARGEST_TABLE:
                self._given.clear()
            self._given[where] = self.ratings(node, choice) * np.int8(node.weight)
        return self._given[where]

    def vetoed(self, node: Node) -> Mask:
        """By alternative and draw, whether the choice picked rules it out by itself."""
        if node.position not in self._vetoed:
            everybody = range(len(self.model.alternatives))
            vetoed = np.array([[a in vetoes for vetoes in node.vetoes] for a in everybody])
            self._vetoed[node.position] = vetoed.take(self.picks(node), axis=1)
        return self._vetoed[node.position]

    def guesses(self, node: Node, *, doubtful: bool) -> Ratings:
        """By alternative and draw, the rating of the choice picked times its question's weight.

        Doubtful ratings, or as they are written.
        Kept, since it depends on no answer and a new assessment needs it of every question.
        """
        kind = node.position, doubtful
        if kind not in self._guesses:
            picks = self.picks(node)
            written = np.array(node.ratings, np.int8).T
            ratings = self.ratings(node, picks) if doubtful else written.take(picks, axis=1)
            self._guesses[kind] = ratings * np.int8(node.weight)
        return self._guesses[kind]

    def ranges(self, node: Node) -> tuple[Ratings, npt.NDArray[np.int16]]:
        """By choice and alternative, the lowest rating and how many ratings are possible."""
        if node.position not in self._ranges:
            choices = self.model.questionnaire.questions[node.key].choices
            ends = np.array(
                [
                    [
                        (c.evidence[a].low, c.evidence[a].high)
                        if a in c.evidence
                        else MISSING_RANGE
                        for a in self.model.alternatives
                    ]
                    for c in choices
                ],
                np.int16,
            )
            low, high = ends[..., 0], ends[..., 1]
            self._ranges[node.position] = low.astype(np.int8), high - low + 1
        return self._ranges[node.position]

    def positions_in_range(self, node: Node, alternative: int) -> npt.NDArray[np.int16]:
        """By draw, where in a range of ratings the truth lies: 0..255."""
        where = node.position, alternative
        if where not in self._positions_in_range:
            key = self.model.alternatives[alternative]
            self._positions_in_range[where] = stream(self.size, "range", node.key, key).astype(
                np.int16
            )
        return self._positions_in_range[where]

    def _wide(self, *name: str) -> Integers:
        """Numbers from 0 to 65535."""
        return stream(2 * self.size, *name).view("<u2").astype(np.int64)


@lru_cache(maxsize=16)
def draws_of(model: Model) -> Draws:
    """The draws of a model, one for all of its results."""
    return Draws(model)
