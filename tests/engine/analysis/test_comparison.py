"""The parts of a difference add up exactly to the change of the points."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from decider.engine.analysis.comparison import compare
from decider.engine.scoring.score import compile_model, evaluate
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
    points = [
        {key: outcome.points(a) for a, key in enumerate(model.alternatives)}
        for outcome in (before, after)
    ]
    assert [difference.before, difference.after] == points
    assert totals(difference) == {key: points[1][key] - points[0][key] for key in points[0]}


@given(st.data())
def test_nothing_changed_is_no_difference(data):
    questionnaire = data.draw(builders.questionnaires())
    model = compile_model(questionnaire)
    outcome = evaluate(model, data.draw(builders.answers_to(questionnaire)), {})
    difference = compare(outcome, outcome)
    assert difference.questions == {}
    assert set(difference.weights.values()) <= {0}


def version(*sections, alternatives):
    """Sections as (key, weight, question key, rating of a, rating of b), one choice x each."""
    asked = builders.questionnaire(
        [
            builders.section(
                key, [builders.question(q, [builders.choice("x", {"a": a, "b": b})])], weight
            )
            for key, weight, q, a, b in sections
        ],
        alternatives,
    )
    return evaluate(compile_model(asked), dict.fromkeys(asked.questions, "x"), {})


def test_versions_are_compared_by_the_alternatives_and_weights_that_both_have():
    before = version(("s", 60, "p", 2, 0), ("t", 40, "old", -1, 1), alternatives=("c", "a", "b"))
    after = version(("s", 30, "p", 2, 0), ("u", 70, "new", 1, -2), alternatives=("a", "d", "b"))
    difference = compare(before, after)
    assert difference.before == {"a": 70, "b": 60}
    assert difference.after == {"a": 50 + 15 + Fraction(35, 2), "b": 15}
    # Under s = 30 and t = 40, which the new version doesn't know, p brings a 150/7 and old -100/7.
    assert difference.weights == {
        "a": Fraction(150 - 100, 7) - 20,
        "b": Fraction(100, 7) - 10,
    }
    assert difference.questions == {
        "p": {"a": 15 - Fraction(150, 7), "b": 0},
        "new": {"a": Fraction(35, 2), "b": -35},
        "old": {"a": Fraction(100, 7), "b": -Fraction(100, 7)},
    }
    assert list(difference.questions) == ["p", "new", "old"]
