"""The parts of a difference add up exactly to the change of the points."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from decider.engine.comparison import compare
from decider.engine.scoring import compile_model, evaluate
from tests.engine import builders


def totals(difference):
    return {
        key: difference.weights[key]
        + sum((row[key] for row in difference.questions.values()), Fraction(0))
        for key in difference.after
    }


@given(st.data())
def test_parts_add_up_to_after_minus_before(data):
    questionnaire = data.draw(builders.questionnaires())
    model = compile_model(questionnaire)
    before, after = (
        evaluate(
            model,
            data.draw(builders.answers_to(questionnaire)),
            data.draw(builders.weights_of(questionnaire)),
        )
        for _ in range(2)
    )
    difference = compare(before, after)
    assert totals(difference) == {
        key: difference.after[key] - difference.before[key] for key in difference.after
    }


@given(st.data())
def test_nothing_changed_is_no_difference(data):
    questionnaire = data.draw(builders.questionnaires())
    model = compile_model(questionnaire)
    outcome = evaluate(model, data.draw(builders.answers_to(questionnaire)), {})
    difference = compare(outcome, outcome)
    assert difference.questions == {}
    assert set(difference.weights.values()) <= {0}
