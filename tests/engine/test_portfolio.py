import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.engine import portfolio
from decider.engine.portfolio import score_many, states_of
from decider.engine.scoring import compile_model, evaluate
from tests.engine.builders import (
    answers_to,
    choice,
    question,
    questionnaire,
    questionnaires,
    section,
    weights_of,
)


@given(questionnaires(vetoes=True, questions=6), st.data())
def test_many_scores_equal_single_ones(asked, data):
    model = compile_model(asked)
    people = data.draw(st.lists(st.tuples(answers_to(asked), weights_of(asked)), max_size=5))
    weights = [[w[key] for key in model.sections] for _, w in people]
    found = score_many(
        model,
        states_of(model, [answers for answers, _ in people]),
        np.array(weights, np.int64).reshape(len(people), len(model.sections)),
    )
    for i, (answers, own) in enumerate(people):
        outcome = evaluate(model, answers, own)
        assert tuple(found.totals[i]) == outcome.totals
        assert found.units[i] == outcome.unit or not sum(own.values())
        eligible = tuple(np.flatnonzero(~found.out[i]).tolist())
        assert eligible == outcome.eligible


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


def test_points_that_need_more_than_64_bits_are_refused():
    many = [choice(f"c{i}", {"a": 1}, prior=97 - i) for i in range(2)]
    asked = questionnaire(
        [
            section(
                "s",
                [
                    question(f"q{i}", many[: 1 + i % 2], 1, (f"q{i - 1}", ["c0"]) if i else None)
                    for i in range(20)
                ],
            )
        ]
    )
    model = compile_model(asked)
    with pytest.raises(ValueError, match="too fine to score many at once"):
        score_many(model, states_of(model, [{}]), np.array([50]))
