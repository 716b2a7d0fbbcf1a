"""Where sources disagree about this case, and where its own answers contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import Meta

from decider.engine.questionnaire.schema import Conflict, Disagreement, Questionnaire
from decider.engine.report.fields import Key, Keys, Part
from decider.engine.scoring.score import Outcome

Side = Literal["a", "b", "both", "neither"]


class TouchedDisagreement(Part, frozen=True):
    """A disagreement of the sources that choices given touch."""

    key: Key
    side: Annotated[Side, Meta(description="The side on which the choices put the case.")]
    questions: Keys


class FoundConflict(Part, frozen=True):
    """Choices that can hardly be true together."""

    key: Key
    questions: Keys


def _matches(when: Mapping[str, tuple[str, ...]], given: Mapping[str, str]) -> list[str]:
    return [key for key, choices in when.items() if given.get(key) in choices]


def disagreements(outcome: Outcome) -> Iterator[TouchedDisagreement]:
    """The disagreements that the choices given touch, and the side they put the case on."""
    given = outcome.given_keys
    for disagreement in outcome.model.questionnaire.disagreements:
        touched = tuple(key for key in _questions_of(disagreement) if key in given)
        if touched:
            side = _side(disagreement, given)
            yield TouchedDisagreement(key=disagreement.key, side=side, questions=touched)


def _questions_of(disagreement: Disagreement) -> list[str]:
    return list(dict.fromkeys([*disagreement.a.when, *disagreement.b.when]))


def _side(disagreement: Disagreement, given: Mapping[str, str]) -> Side:
    on_a = _matches(disagreement.a.when, given)
    on_b = _matches(disagreement.b.when, given)
    if on_a and on_b:
        return "both"
    return "a" if on_a else "b" if on_b else "neither"


def contradicting(questionnaire: Questionnaire, given: Mapping[str, str]) -> list[Conflict]:
    """The conflicts between these answers (question key to value) that the questionnaire names."""
    return [
        conflict
        for conflict in questionnaire.conflicts
        if len(_matches(conflict.when, given)) == len(conflict.when)
    ]


def conflicts(outcome: Outcome) -> Iterator[FoundConflict]:
    """The conflicts between the choices given, by the rules of the questionnaire."""
    for conflict in contradicting(outcome.model.questionnaire, outcome.given_keys):
        yield FoundConflict(key=conflict.key, questions=tuple(conflict.when))
