import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.engine.scoring import portfolio
from decider.engine.scoring.portfolio import score_many, states_of
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import (
    answers_to,
    choice,
    question,
    questionnaire,
    questionnaires,
    ruled,
    section,
    weights_of,
)

ASKED_OF_ANY_KIND = questionnaires(vetoes=True, questions=6)


@given(ASKED_OF_ANY_KIND | ASKED_OF_ANY_KIND.flatmap(ruled), st.data())
def test_many_scores_equal_single_ones(asked, data):
    model = compile_model(asked)
    people = data.draw(st.lists(st.tuples(answers_to(asked), weights_of(asked)), max_size=5))
    weights = [[w[key] for key in model.sections] for _, w in people]
    found = score_many(
        model,
        states_of(model, [answers for answers, _ in people]),
        np.array(weights, np.int64).reshape(len(people), len(model.sections)),
    )
    assert states_of(model, []).dtype == np.int8
    assert (found.totals.dtype, found.units.dtype, found.out.dtype) == (np.int64, np.int64, bool)
    for i, (answers, own) in enumerate(people):
        outcome = evaluate(model, answers, own)
        assert tuple(found.totals[i]) == outcome.totals
        assert found.units[i] == outcome.unit or not sum(own.values())
        eligible = tuple(np.flatnonzero(~found.out[i] & ~found.conditional[i]).tolist())
        assert eligible == outcome.eligible
        assert tuple(np.flatnonzero(found.conditional[i]).tolist()) == outcome.conditional


XY = [choice("x", {"a": 1, "b": "veto"}), choice("y", {"a": -1})]
ASKED = questionnaire(
    [
        section("s", [question(f"q{i}", XY) for i in range(3)], 20),
        section("t", [question(f"r{i}", XY, 2) for i in range(3)], 80),
    ]
)


def test_blocks_and_tables_of_any_size_give_the_same(monkeypatch):
    model = compile_model(ASKED)
    answers = [{f"q{i % 3}": "x", f"r{i % 2}": "y"} for i in range(10)]
    weights = np.array(model.default_weights)
    whole = score_many(model, states_of(model, answers), weights)
    monkeypatch.setattr(portfolio, "BLOCK", 3)
    monkeypatch.setattr(portfolio, "LARGEST_TABLE", 1)
    pieces = score_many(model, states_of(model, answers), weights)
    assert (whole.totals == pieces.totals).all()
    assert (whole.out == pieces.out).all()
    assert (whole.units == pieces.units).all()
    assert whole.out[:, 1].all()


def chain(length, prior=1):
    """Questions each asked only after the first choice of the one before, in sections of one.

    Halves of halves make the points fine: a whole is 2 * 2 ** length.
    """
    choices = [choice("c0", {"a": 1, "b": -2}, prior), choice("c1", {"b": 2})]
    return compile_model(
        questionnaire(
            [
                section(
                    f"s{i}",
                    [question(f"q{i}", choices, 1, (f"q{i - 1}", ["c0"]) if i else None)],
                )
                for i in range(length)
            ]
        )
    )


@pytest.mark.parametrize("answers", [{}, {"q0": "c0"}, {"q0": "c0", "q1": "c0", "q2": "unknown"}])
def test_questions_far_below_an_open_one_bring_their_chance(answers):
    model = chain(6)
    found = score_many(model, states_of(model, [answers]), np.array(model.default_weights))
    assert tuple(found.totals[0]) == evaluate(model, answers, {}).totals


@pytest.mark.parametrize("weight", [0, 1])
def test_points_that_fit_into_62_bits_are_exact(weight):
    model = chain(60)
    weights = np.array([weight] + [0] * 58 + [1 - weight])
    found = score_many(model, states_of(model, [{}, {"q0": "c0"}]), weights)
    assert found.units.tolist() == [2**61] * 2
    own = dict(zip(model.sections, weights.tolist(), strict=True))
    assert [tuple(row) for row in found.totals.tolist()] == [
        evaluate(model, answers, own).totals for answers in ({}, {"q0": "c0"})
    ]


def test_points_finer_than_floating_point_are_exact():
    model = chain(38, prior=2)
    weights = dict(zip(model.sections, [0, 1, *[0] * 36], strict=True))
    found = score_many(model, states_of(model, [{}]), np.array([*weights.values()]))
    outcome = evaluate(model, {}, weights)
    assert all(int(float(total)) != total for total in outcome.totals)
    assert tuple(found.totals[0].tolist()) == outcome.totals


@pytest.mark.parametrize(("length", "weight"), [(60, 2), (61, 0)])
def test_points_that_need_more_than_62_bits_are_refused(length, weight):
    model = chain(length)
    message = r"^This questionnaire's points are too fine to score many at once\.$"
    with pytest.raises(ValueError, match=message):
        score_many(model, states_of(model, [{}]), np.array([weight] + [0] * (length - 1)))


def test_whole_without_any_weight_is_that_of_one_point_of_weight():
    model = chain(60)
    found = score_many(model, states_of(model, [{}]), np.zeros(60, np.int64))
    assert (found.units.tolist(), found.totals.tolist()) == ([2**61], [[0, 0]])


def test_states_of_another_questionnaire_are_refused():
    model = compile_model(ASKED)
    with pytest.raises(ValueError, match="zip"):
        score_many(model, states_of(model, [{}])[:, 1:], np.array(model.default_weights))


def test_tables_hold_as_many_combinations_as_allowed(monkeypatch):
    # Each question has five rows: nothing, its mean twice, two choices.
    model = compile_model(ASKED)
    monkeypatch.setattr(portfolio, "LARGEST_TABLE", 25)
    tables = list(portfolio._tables(model))
    assert [(t.section, len(t.rows), len(t.vetoes)) for t in tables] == [
        (0, 25, 25),
        (0, 5, 5),
        (1, 25, 25),
        (1, 5, 5),
    ]
