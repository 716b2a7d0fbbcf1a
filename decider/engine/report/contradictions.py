"""Where sources disagree about this case, and where its own answers contradict each other."""

from __future__ import annotations

from collections.abc import Mapping

from decider.engine.questionnaire.schema import Conflict, Disagreement, Questionnaire
from decider.engine.report.scores import Json
from decider.engine.scoring.score import Outcome


def _matches(when: Mapping[str, tuple[str, ...]], given: Mapping[str, str]) -> list[str]:
    return [key for key, choices in when.items() if given.get(key) in choices]


def disagreements(outcome: Outcome) -> list[Json]:
    """The disagreements that the choices given touch, and the side they put the case on."""
    given = outcome.given_keys
    rows = []
    for disagreement in outcome.model.questionnaire.disagreements:
        touched = [key for key in _questions_of(disagreement) if key in given]
        if touched:
            side = _side(disagreement, given)
            rows.append({"key": disagreement.key, "side": side, "questions": touched})
    return rows


def _questions_of(disagreement: Disagreement) -> list[str]:
    return list(dict.fromkeys([*disagreement.a.when, *disagreement.b.when]))


def _side(disagreement: Disagreement, given: Mapping[str, str]) -> str:
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


def conflicts(outcome: Outcome) -> list[Json]:
    """The conflicts between the choices given, by the rules of the questionnaire."""
    found = contradicting(outcome.model.questionnaire, outcome.given_keys)
    return [{"key": conflict.key, "questions": list(conflict.when)} for conflict in found]
