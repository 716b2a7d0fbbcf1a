from fractions import Fraction

import pytest
from hypothesis import given, settings

from decider.engine.scoring.score import compile_model, evaluate
from tests.engine import reference
from tests.engine.builders import cases, choice, question, questionnaire, section

TWO = questionnaire(
    [
        section(
            "s",
            [
                question("p", [choice("x", {"a": 2, "b": -1}), choice("y", {"a": -2, "b": 1})]),
                question("q", [choice("x", {"a": 1}), choice("y", {"b": "veto"})], 2, ("p", ["x"])),
            ],
            60,
        ),
        section("t", [question("r", [choice("x", {"b": 2}), choice("y", {"a": 0})])], 40),
    ]
)


def points(answers, weights=None):
    outcome = evaluate(compile_model(TWO), answers, weights or {})
    return [outcome.points(a) for a in (0, 1)]


def test_points_of_fully_answered_questions():
    assert points({"p": "x", "q": "x", "r": "x"}) == [
        50 + Fraction(60 * (2 + 2 * 1) * 50, 3 * 2 * 100),
        50 + Fraction((60 * -1 + 3 * 40 * 2) * 50, 3 * 2 * 100),
    ]


def test_weights_given_replace_the_default_weights():
    assert points({"p": "x", "q": "x", "r": "x"}, {"s": 0, "t": 7}) == [50, 100]


def test_everybody_has_50_points_where_all_weights_are_zero():
    assert points({"p": "x", "q": "x", "r": "x"}, {"s": 0, "t": 0}) == [50, 50]


def test_answer_of_a_hidden_question_is_not_counted():
    assert points({"p": "y", "q": "y"}) == points({"p": "y"})
    assert evaluate(compile_model(TWO), {"p": "y", "q": "y"}, {}).vetoes == ()


def test_answer_behind_an_unknown_answer_is_not_counted():
    assert points({"p": "unknown", "q": "y"}) == points({})


def test_veto_takes_the_alternative_out_of_the_ranking():
    outcome = evaluate(compile_model(TWO), {"p": "x", "q": "y", "r": "x"}, {})
    assert [(v.alternative, v.question, v.choice) for v in outcome.vetoes] == [(1, 1, 1)]
    assert outcome.eligible == (0,)
    assert outcome.ranks == {0: 1}


def test_veto_behind_an_open_parent_is_provisional():
    outcome = evaluate(compile_model(TWO), {}, {})
    assert [(v.alternative, v.question, v.choice) for v in outcome.provisional] == [(1, 1, 1)]


def test_veto_of_a_question_that_does_not_apply_is_not_provisional():
    assert evaluate(compile_model(TWO), {"p": "n/a"}, {}).provisional == ()
    assert evaluate(compile_model(TWO), {"p": "y"}, {}).provisional == ()


def test_budget_of_a_section_is_its_heaviest_branch():
    assert compile_model(TWO).heaviest == (3, 1)


@pytest.mark.parametrize("weight", [-1, 101, 1.5, "5", True, None])
def test_weight_out_of_range_is_refused(weight):
    with pytest.raises(ValueError, match="weight of section 's' must be a whole number"):
        evaluate(compile_model(TWO), {}, {"s": weight})


@pytest.mark.parametrize("answer", ["z", "", "X", "N/A"])
def test_answer_that_is_not_offered_is_refused(answer):
    with pytest.raises(ValueError, match="Question 'p' does not offer the answer"):
        evaluate(compile_model(TWO), {"p": answer}, {})


@settings(max_examples=60)
@given(cases(questions=4, vetoes=True))
def test_score_equals_the_mean_over_full_enumeration(case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    expected = reference.score(asked, answers, weights)
    names = list(asked.alternative_by_key)
    assert {a: outcome.points(i) for i, a in enumerate(names)} == expected.points
    assert {names[v.alternative] for v in outcome.vetoes} == expected.vetoed
    assert {names[a] for a in outcome.leaders} == expected.leaders


@given(cases())
def test_contributions_add_up_exactly(case):
    asked, answers, weights = case
    model = compile_model(asked)
    outcome = evaluate(model, answers, weights)
    for a in range(len(model.alternatives)):
        parts = sum(outcome.contribution(q, a) for q in range(len(model.nodes)))
        assert 50 + parts == outcome.points(a)
        assert 0 <= outcome.points(a) <= 100
