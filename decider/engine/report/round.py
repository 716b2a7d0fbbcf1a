"""Independent answers: what each person said, where they differ, and what was settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from msgspec import Meta

from decider.engine.analysis.groups import GroupOutcome, Respondent, Split, evaluate_group
from decider.engine.questionnaire.schema import Answers, Questionnaire, Weights
from decider.engine.report.fields import Answer, Change, Key, Keys, Part, Weight, decimals
from decider.engine.report.points import Scored, names
from decider.engine.scoring.model import Model
from decider.engine.scoring.rounding import tenths
from decider.engine.scoring.score import Outcome

Name = Annotated[str, Meta(description="The name of one of those asked, unique in the round.")]


class Participant(Part, frozen=True):
    """Somebody who answered on their own, and what they said when they had finished."""

    name: Name
    answers: Annotated[
        dict[Key, Answer], Meta(description="By question; only of those that they were asked.")
    ]
    notes: Annotated[dict[Key, str], Meta(description="By question, where they wrote one.")]
    weights: Annotated[dict[Key, Weight], Meta(description="The swing weight of every section.")]
    leaders: Annotated[
        Keys, Meta(description="The alternatives with the most points by these answers.")
    ]


class GroupRanked(Scored, frozen=True):
    """An alternative with the mean of the points that it has with each participant."""

    rank: Annotated[int, Meta(ge=1)]


class Contested(Part, frozen=True):
    """An alternative that is ranked with the answers of some participants only."""

    alternative: Key
    by: Annotated[tuple[Name, ...], Meta(description="Those with whose answers it is not ranked.")]


class SplitQuestion(Part, frozen=True):
    """A question to which different choices were given."""

    question: Key
    leaders: Annotated[
        dict[Key, Keys],
        Meta(description="By choice given, what would lead if all who were asked gave it."),
    ]
    matters: Annotated[bool, Meta(description="Whether that is not the same for every choice.")]
    value: Annotated[
        Change,
        Meta(
            description="How many points better the choice of the group is expected to be once the"
            " question is settled, with the shares of answers as chances."
        ),
    ]


class Settled(Part, frozen=True):
    """What a question was settled with after the round, and why."""

    answer: Answer
    note: str


class Round(Part, frozen=True):
    """A closed round in which several people answered the questionnaire on their own."""

    participants: tuple[Participant, ...]
    unfinished: Annotated[
        tuple[Name, ...],
        Meta(description="Those who had not finished when the round was closed."),
    ]
    ranking: Annotated[
        tuple[GroupRanked, ...],
        Meta(description="What is not left out by the answers of all, the most points first."),
    ]
    contested: tuple[Contested, ...]
    splits: Annotated[tuple[SplitQuestion, ...], Meta(description="In the order of the questions.")]
    settled: Annotated[dict[Key, Settled], Meta(description="By question.")]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody handed in: all answers given, hidden ones too, notes, and weights set."""

    name: str
    answers: Answers
    notes: Mapping[str, str]
    weights: Weights


@dataclass(frozen=True, slots=True)
class RoundInputs:
    """What a round is made of; `settled` has an answer and a note by question."""

    sheets: Sequence[Sheet]
    unfinished: Sequence[str] = ()
    settled: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def build_round(questionnaire: Questionnaire, inputs: RoundInputs) -> Round:
    """The round of these people, at least one; raises the errors of `evaluate_group`."""
    sheets = inputs.sheets
    group = evaluate_group(questionnaire, [Respondent(s.answers, s.weights) for s in sheets])
    model = group.outcomes[0].model
    return Round(
        participants=tuple(map(_participant, sheets, group.outcomes)),
        unfinished=tuple(inputs.unfinished),
        ranking=_ranking(group, model),
        contested=tuple(
            Contested(alternative=model.alternatives[a], by=tuple(sheets[n].name for n in by))
            for a, by in group.contested.items()
        ),
        splits=tuple(_split(group.outcomes[0], split) for split in group.splits),
        settled={key: Settled(answer=a, note=n) for key, (a, n) in inputs.settled.items()},
    )


def _participant(sheet: Sheet, outcome: Outcome) -> Participant:
    asked = [node.key for node in outcome.visible]
    answers = {key: sheet.answers[key] for key in asked if key in sheet.answers}
    return Participant(
        name=sheet.name,
        answers=answers,
        notes={key: sheet.notes[key] for key in answers if sheet.notes.get(key)},
        weights=outcome.weight_of,
        leaders=names(outcome, outcome.leaders),
    )


def _ranking(group: GroupOutcome, model: Model) -> tuple[GroupRanked, ...]:
    points = {a: group.points[a] for a in sorted(group.ranks, key=group.ranks.__getitem__)}
    return tuple(
        GroupRanked(
            alternative=model.alternatives[a],
            points=tenths(exact.numerator, exact.denominator) / 10,
            exact=str(exact),
            rank=group.ranks[a],
        )
        for a, exact in points.items()
    )


def _split(outcome: Outcome, split: Split) -> SplitQuestion:
    node = outcome.model.nodes[split.question]
    return SplitQuestion(
        question=node.key,
        leaders={node.choice_keys[c]: names(outcome, found) for c, found in split.leaders.items()},
        matters=split.matters,
        value=decimals(split.value, 1),
    )
