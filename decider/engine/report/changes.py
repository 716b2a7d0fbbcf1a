"""Which other answers would change who leads, and what it is worth to find out."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field

from decider.engine.analysis import branches, flips, information, paths_to_win
from decider.engine.analysis.analyse import Analysis
from decider.engine.analysis.pairs import pair_flips
from decider.engine.questionnaire.schema import Answers, Questionnaire, Weights
from decider.engine.report.fields import Answer, Change, Count, Key, Keys, Part, Share, decimals
from decider.engine.report.points import names
from decider.engine.report.reasons import answer_of
from decider.engine.scoring.score import Outcome, compile_model, evaluate

Leaders = Annotated[Keys, Meta(description="Several in a tie, none where everything is ruled out.")]


class OtherAnswer(Part, frozen=True):
    """Another answer to a question, which another change may make visible."""

    question: Key
    before: Answer | None = field(name="from")
    after: Answer = field(name="to")


class SingleFlip(OtherAnswer, frozen=True):
    """Another answer that alone changes who leads."""

    leaders: Leaders


class Flip(Part, frozen=True):
    """Other answers that together change who leads."""

    changes: tuple[OtherAnswer, ...]
    leaders: Leaders


class SmallestFlip(Flip, frozen=True):
    """The smallest set of other answers that was found to change who leads."""

    at_least: (
        Annotated[
            Count,
            Meta(
                description="How many other answers it takes, proven, where fewer than these might"
                " do; absent where none do."
            ),
        ]
        | UnsetType
    ) = UNSET


class Flips(Part, frozen=True):
    """Other answers that change who leads."""

    single: Annotated[
        tuple[SingleFlip, ...], Meta(description="Every one that alone changes who leads.")
    ]
    smallest: Annotated[SmallestFlip | None, Meta(description="Null: none was found.")]


class PathToWin(Part, frozen=True):
    """What would have to be true for an alternative that doesn't win alone."""

    alternative: Key
    at_least: Annotated[
        Count, Meta(description="How many answers would have to be different, proven.")
    ]
    changes: Annotated[
        tuple[OtherAnswer, ...] | None,
        Meta(
            description='Answers with which it wins alone, the fewest where there are "at_least"'
            ' of them; null, which says: "at_least" or more.'
        ),
    ]


class PossibleAnswer(Part, frozen=True):
    """An answer to an open question, with its chance."""

    choice: Key
    chance: Share
    leaders: Leaders


class OpenQuestion(Part, frozen=True):
    """What it would be worth to know the answer to an open question."""

    question: Key
    value: Annotated[Change, Meta(description="Points expected to be gained by knowing.")]
    swing: Annotated[
        Change,
        Meta(description="Points by which it moves the leader against the closest rival."),
    ]
    answers: tuple[PossibleAnswer, ...]
    forbids: (
        Annotated[Keys, Meta(description="From mavt-2 on: choices that would rule out who leads.")]
        | UnsetType
    ) = UNSET


class PairFlips(Part, frozen=True):
    """Pairs of other answers that change who leads where neither does so alone."""

    pairs: tuple[Flip, ...]
    complete: Annotated[bool, Meta(description="False where there may be more.")]


def flips_of(analysis: Analysis) -> Flips:
    """Single answers that change the winner, and a smallest set of them."""
    outcome, smallest = analysis.outcome, analysis.smallest_flip
    return Flips(
        single=tuple(
            SingleFlip(*_change(outcome, flip.changes[0]), names(outcome, flip.leaders))
            for flip in analysis.single_flips
        ),
        smallest=_smallest(outcome, smallest) if smallest else None,
    )


def _smallest(outcome: Outcome, flip: flips.Flip) -> SmallestFlip:
    changes, leaders = _together(outcome, flip)
    return SmallestFlip(changes, leaders, at_least=flip.at_least or UNSET)


def _together(outcome: Outcome, flip: flips.Flip) -> tuple[tuple[OtherAnswer, ...], Keys]:
    """The fields of `Flip`."""
    changes = tuple(_other_answer(outcome, change) for change in flip.changes)
    return changes, names(outcome, flip.leaders)


def _other_answer(outcome: Outcome, change: branches.Change) -> OtherAnswer:
    return OtherAnswer(*_change(outcome, change))


def _change(outcome: Outcome, change: branches.Change) -> tuple[str, str | None, str]:
    before = answer_of(outcome, change.question, change.before)
    after = answer_of(outcome, change.question, change.after)
    assert after is not None, "no answer is taken back"
    return outcome.model.nodes[change.question].key, before, after


def path_to_win(outcome: Outcome, path: paths_to_win.PathToWin) -> PathToWin:
    """What would have to be true for an alternative to win alone."""
    changes = path.changes
    return PathToWin(
        alternative=outcome.model.alternatives[path.alternative],
        at_least=path.at_least,
        changes=None if changes is None else tuple(_other_answer(outcome, c) for c in changes),
    )


def open_question(outcome: Outcome, found: information.Information, *, rules: bool) -> OpenQuestion:
    """What it would be worth to know one answer; with `rules` also what it would rule out."""
    node = outcome.model.nodes[found.question]
    return OpenQuestion(
        question=node.key,
        value=decimals(found.value, 2),
        swing=decimals(found.swing, 1),
        answers=tuple(
            PossibleAnswer(
                choice=key,
                chance=decimals(found.chances[choice], 3),
                leaders=names(outcome, found.leaders[choice]),
            )
            for choice, key in enumerate(node.choice_keys)
        ),
        forbids=tuple(node.choice_keys[choice] for choice in found.forbids) if rules else UNSET,
    )


def pairs_of(questionnaire: Questionnaire, answers: Answers, weights: Weights) -> PairFlips:
    """The pairs, which take long to find and are not part of a document."""
    outcome = evaluate(compile_model(questionnaire), answers, weights)
    found = pair_flips(branches.Branches(outcome, answers), answers)
    return PairFlips(
        pairs=tuple(Flip(*_together(outcome, flip)) for flip in found.flips),
        complete=found.complete,
    )
