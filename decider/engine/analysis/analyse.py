"""Everything that a result says beyond the score, from one set of answers and weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from decider.engine.analysis.acceptability import Acceptability
from decider.engine.analysis.branches import Branches
from decider.engine.analysis.flips import Flip, single_flips, smallest_flip
from decider.engine.analysis.information import Information, information
from decider.engine.analysis.layers import Shares, layer_shares, swings_left
from decider.engine.analysis.paths_to_win import PathToWin, find_paths_to_win
from decider.engine.analysis.reasons import Difference, differences
from decider.engine.analysis.robustness import Doubts, Simulator
from decider.engine.analysis.sensitivity import (
    Interval,
    Tolerance,
    WrongSteps,
    stability,
    weight_tolerance,
    wrong_steps,
)
from decider.engine.analysis.wording import Claim, Wording, wording_of
from decider.engine.questionnaire.schema import Answers, Questionnaire, Weights
from decider.engine.scoring.completions import EVERY_OPEN, UNANSWERED, is_final
from decider.engine.scoring.method import CURRENT, Method
from decider.engine.scoring.model import compile_model
from decider.engine.scoring.score import Outcome, evaluate
from decider.engine.scoring.states import SKIPPED

NO_DOUBTS = Doubts(weights=False, answers=False, ratings=False)


@dataclass(frozen=True)
class Analysis:
    """An outcome and what follows from it; positions are those of the model.

    `answered` is the share of weight that is really answered. `settled` says that no unanswered
    question can change who leads, `necessary` that questions are open, be it as "I don't know",
    and no answer to any of them can change the single winner.
    `alone` is the share of first places of the first leader under each doubt by itself.
    `differences` are those between the first leader and everybody else. `layers` are the shares of
    first places by layer and value, `swings` the points that each section still decides.
    """

    method: Method
    outcome: Outcome
    answered: Fraction
    settled: bool
    necessary: bool
    wording: Wording
    chances: Acceptability
    alone: Mapping[str, Fraction]
    tolerance: Tolerance | None
    intervals: tuple[Interval, ...]
    wrong_steps: WrongSteps | None
    differences: tuple[Difference, ...]
    single_flips: tuple[Flip, ...]
    smallest_flip: Flip | None
    paths_to_win: tuple[PathToWin, ...]
    information: tuple[Information, ...]
    layers: Shares
    swings: tuple[Fraction, ...]


def analyse(
    questionnaire: Questionnaire, answers: Answers, weights: Weights, method: Method = CURRENT
) -> Analysis:
    """The whole analysis. Raises ValueError for answers or weights that don't exist."""
    _refuse_unknown(questionnaire, answers, weights)
    outcome = evaluate(compile_model(questionnaire), answers, weights)
    branches = Branches(outcome, answers)
    simulator = Simulator(outcome)
    chances = simulator.simulate(Doubts(common=method.common_error))
    answered = answered_weight(outcome)
    necessary = _has_open(outcome) and len(outcome.leaders) == 1 and is_final(outcome)
    flips = single_flips(branches)
    claim = Claim(outcome, chances, answered, necessary, any(map(_is_of_given, flips)))
    return Analysis(
        method=method,
        outcome=outcome,
        answered=answered,
        settled=necessary or is_final(outcome, UNANSWERED),
        necessary=necessary,
        wording=wording_of(claim, method),
        chances=chances,
        alone=_alone(simulator, method),
        tolerance=weight_tolerance(outcome),
        intervals=stability(outcome),
        wrong_steps=wrong_steps(outcome),
        differences=differences(outcome, outcome.leaders[0]) if outcome.leaders else (),
        single_flips=flips,
        smallest_flip=smallest_flip(branches, answers, flips),
        paths_to_win=find_paths_to_win(branches, answers, flips),
        information=information(branches, method),
        layers=layer_shares(outcome, chances),
        swings=swings_left(outcome),
    )


def _is_of_given(flip: Flip) -> bool:
    """Whether it changes an answer that was given, not an open one."""
    return flip.changes[0].before >= 0 or flip.changes[0].before == SKIPPED


def _refuse_unknown(questionnaire: Questionnaire, answers: Answers, weights: Weights) -> None:
    for key in answers.keys() - questionnaire.questions.keys():
        raise ValueError(f"There is no question {key!r}.")
    for key in weights.keys() - {section.key for section in questionnaire.sections}:
        raise ValueError(f"There is no section {key!r}.")


def _has_open(outcome: Outcome) -> bool:
    return any(state in EVERY_OPEN for state in outcome.states)


def answered_weight(outcome: Outcome) -> Fraction:
    """The share of the weight of the visible questions that apply which has a choice."""
    weights = {
        node.position: outcome.weights[node.section] * node.share
        for node in outcome.visible
        if outcome.states[node.position] != SKIPPED
    }
    answered = sum(w for place, w in weights.items() if outcome.states[place] >= 0)
    return Fraction(answered, max(sum(weights.values()), 1))


def _alone(simulator: Simulator, method: Method) -> dict[str, Fraction]:
    """The leader's share under each doubt by itself, to see which of them a result hangs on."""
    outcome = simulator.outcome
    if not outcome.leaders:
        return {}
    place = outcome.eligible.index(outcome.leaders[0])
    doubts = {
        name: replace(NO_DOUBTS, **{name: True}) for name in ("weights", "answers", "ratings")
    }
    if method.common_error:
        doubts["common"] = replace(NO_DOUBTS, common=method.common_error)
    return {name: simulator.simulate(doubt).first[place] for name, doubt in doubts.items()}
