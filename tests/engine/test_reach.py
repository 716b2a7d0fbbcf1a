"""Extremes over all complete answers, and the search for a win, against full enumeration."""

from itertools import product

from hypothesis import given

from decider.engine.model import compile_model
from decider.engine.reach import always_behind, extremes, lead, winning_answers
from decider.engine.schema import Questionnaire
from decider.engine.scoring import evaluate
from tests.engine.builders import questionnaires


def outcomes(questionnaire: Questionnaire):
    """The outcome of every way to answer all questions."""
    model = compile_model(questionnaire)
    offered = [[c.key for c in q.choices] for q in questionnaire.questions.values()]
    for choices in product(*offered):
        yield evaluate(model, dict(zip(questionnaire.questions, choices, strict=True)), {})


@given(questionnaires(questions=4))
def test_extremes_are_those_of_full_enumeration(questionnaire):
    model = compile_model(questionnaire)
    leads = [outcome.totals[0] - outcome.totals[1] for outcome in outcomes(questionnaire)]
    assert extremes(model, lead(model, 0, 1)) == (min(leads), max(leads))


@given(questionnaires(questions=4, vetoes=True))
def test_answers_found_make_the_alternative_win(questionnaire):
    model = compile_model(questionnaire)
    for a in range(len(model.alternatives)):
        if answers := winning_answers(model, a):
            assert evaluate(model, answers, {}).leaders == (a,)


@given(questionnaires(questions=4, vetoes=True))
def test_alternative_that_is_always_behind_wins_for_no_answers(questionnaire):
    model = compile_model(questionnaire)
    behind = {a for a in range(len(model.alternatives)) if always_behind(model, a) is not None}
    winners = {o.leaders[0] for o in outcomes(questionnaire) if len(o.leaders) == 1}
    assert not behind & winners


@given(questionnaires(questions=4, conditions=False))
def test_alternative_that_a_rival_always_beats_is_told_so(questionnaire):
    model = compile_model(questionnaire)
    totals = [outcome.totals for outcome in outcomes(questionnaire)]
    for a in range(len(model.alternatives)):
        rivals = (b for b in range(len(model.alternatives)) if b != a)
        beaten = any(all(row[a] <= row[b] for row in totals) for b in rivals)
        assert (always_behind(model, a) is not None) == beaten
