import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from decider.engine.analysis import draws, robustness
from decider.engine.analysis.robustness import Doubts, Simulator
from decider.engine.analysis.sensitivity import weight_tolerance
from decider.engine.questionnaire.schema import Evidence
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import (
    cases,
    choice,
    mixed_up,
    question,
    questionnaire,
    ruled_cases,
    section,
    with_rating,
)
from tests.engine.simulation import drawn_points

SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

EVERYTHING = Doubts()


def chances(asked, answers, weights, doubts=EVERYTHING):
    return Simulator(evaluate(compile_model(asked), answers, weights)).simulate(doubts)


@pytest.fixture
def few_draws(monkeypatch):
    monkeypatch.setattr(draws, "DRAWS", 12)


@SLOW
@given(
    cases(vetoes=True, ranges=True) | ruled_cases(vetoes=True, ranges=True),
    st.sampled_from([Doubts(), Doubts(weights=False), Doubts(ratings=False), Doubts(common=4.0)]),
)
def test_every_draw_equals_a_naive_simulation(few_draws, case, doubts):
    asked, answers, weights = case
    found = chances(asked, answers, weights, doubts)
    names = list(asked.alternative_by_key)
    assert found.totals.dtype == np.int64
    for draw in range(12):
        points, vetoed = drawn_points(asked, answers, weights, draw, doubts)
        for row, a in enumerate(found.alternatives):
            assert found.out[row, draw] == (names[a] in vetoed)
            if names[a] not in vetoed:
                whole = int(found.whole[draw]) or 1
                shown = 50 + Fraction(50 * int(found.totals[row, draw]), whole)
                # A shared error is rounded down to the unit of totals.
                rounded = Fraction(50, whole) if doubts.common else 0
                assert 0 <= points[names[a]] - shown <= rounded


@SLOW
@given(cases(vetoes=True))
def test_without_doubts_every_draw_is_the_score(few_draws, case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    found = Simulator(outcome).simulate(Doubts(weights=False, answers=False, ratings=False))
    expected = [Fraction(outcome.totals[a], outcome.unit) for a in outcome.eligible]
    for draw in (0, 11):
        whole = int(found.whole[draw]) or 1
        assert [Fraction(int(x), whole) for x in found.totals[:, draw]] == expected
    assert not found.out.any()


@SLOW
@given(cases(sections=3))
def test_leader_is_always_first_while_weights_err_less_than_its_tolerance(case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    tolerance = weight_tolerance(outcome)
    assume(tolerance is not None and tolerance.part > Fraction(1, 2))
    found = Simulator(outcome).simulate(Doubts(answers=False, ratings=False))
    assert found.first[outcome.eligible.index(outcome.leaders[0])] == 1


@SLOW
@given(cases(), st.data())
def test_raising_a_rating_never_lowers_a_share(case, data):
    asked, answers, weights = case
    key = data.draw(st.sampled_from(list(asked.questions)))
    offered = data.draw(st.sampled_from(asked.questions[key].choices))
    lower, upper = sorted(data.draw(st.tuples(st.integers(-2, 2), st.integers(-2, 2))))
    name = asked.alternatives[0].key
    shares = [
        chances(
            with_rating(asked, key, offered.key, Evidence(name, value, value, value, "")),
            answers,
            weights,
        ).first[0]
        for value in (lower, upper)
    ]
    assert shares[0] <= shares[1]


@SLOW
@given(cases(vetoes=True), st.randoms(use_true_random=False))
def test_order_plays_no_part(case, random):
    asked, answers, weights = case
    mixed = mixed_up(asked, random)

    def by_key(q):
        found = chances(q, answers, weights)
        names = [q.alternatives[a].key for a in found.alternatives]
        return dict(zip(names, found.ranks, strict=True))

    assert by_key(mixed) == by_key(asked)


@SLOW
@given(cases(vetoes=True))
def test_duplicated_alternative_gets_the_same_shares_under_the_same_errors(case):
    asked, answers, weights = case
    first = asked.alternatives[0].key
    twin = replace(asked.alternatives[0], key="twin")

    def with_twin(c):
        if first not in c.evidence:
            return c
        return replace(c, evidence={**c.evidence, "twin": c.evidence[first]})

    doubled = replace(
        asked,
        alternatives=(*asked.alternatives, twin),
        sections=tuple(
            replace(
                s,
                questions=tuple(
                    replace(q, choices=tuple(map(with_twin, q.choices))) for q in s.questions
                ),
            )
            for s in asked.sections
        ),
    )
    found = chances(doubled, answers, weights, Doubts(ratings=False))
    assume(0 in found.alternatives)
    last = len(found.alternatives) - 1
    assert found.ranks[0] == found.ranks[last]
    assert found.beats(0, last) == found.beats(last, 0)


LARGE_MULTIPLE = questionnaire(
    [
        section(
            f"s{weight}",
            [
                question(f"p{weight}", [choice("x", {"a": 2, "b": -1})], weight),
                question(f"q{weight}", [choice("x", {"a": -1, "b": 1})], 6),
            ],
            90 - 9 * weight,
        )
        for weight in (1, 3, 5, 7, 9)
    ]
)


def test_scale_that_had_to_be_rounded_gives_nearly_the_same_shares(monkeypatch):
    answers = dict.fromkeys(LARGE_MULTIPLE.questions, "x")
    exact = chances(LARGE_MULTIPLE, answers, {}).first[0]
    monkeypatch.setattr(robustness, "SCALE_LIMIT", 1 << 14)
    assert compile_model(LARGE_MULTIPLE).common > 1 << 14
    assert float(chances(LARGE_MULTIPLE, answers, {}).first[0]) == pytest.approx(exact, abs=0.005)
    assert exact == Fraction(19, 250)


PRINT_SHARES = """
from tests.engine.analysis.test_robustness import LARGE_MULTIPLE, chances
found = chances(LARGE_MULTIPLE, {"p1": "x", "q3": "x", "p9": "x"}, {})
print(*found.first, int(found.totals.sum()))
"""


@pytest.mark.parametrize("seed", ["0", "1", "12345"])
def test_digits_are_the_same_in_every_process(seed):
    result = subprocess.run(
        [sys.executable, "-c", PRINT_SHARES],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "19/250 231/250 118947203555958\n"


def test_large_model_gets_fewer_draws(monkeypatch):
    monkeypatch.setattr(draws, "LARGEST_TABLE", 2019)
    model = compile_model(replace(LARGE_MULTIPLE))
    assert draws.draws_of(model).size == 2019 // (10 * 2) == 100
    assert draws.draws_of(model) is draws.draws_of(model)


def test_weight_factors_are_spread_over_half_to_one_and_a_half():
    factors = draws.draws_of(compile_model(LARGE_MULTIPLE)).weight_factors
    assert factors.shape == (5, 10_000)
    assert factors.min() >= 2048
    assert factors.max() < 6144
    assert np.abs(factors.mean(axis=1) - 4096).max() < 40


def test_ratings_are_one_step_off_in_a_tenth_of_the_draws_each_way():
    model = compile_model(LARGE_MULTIPLE)
    errors = draws.draws_of(model).errors(model.nodes[0])
    assert errors.shape == (2, 10_000)
    for step in (-1, 1):
        assert np.abs((errors == step).mean(axis=1) - 0.1016).max() < 0.01
    assert np.abs(errors).max() == 1


def test_ratings_are_kept_while_there_is_room_and_the_same_afterwards(monkeypatch):
    answers = {"x": 1, "y": 2}
    rows = [question(f"q{i}", [choice(c, {"a": v}) for c, v in answers.items()]) for i in range(5)]
    made = draws.Draws(compile_model(questionnaire([section("s", rows)])))
    monkeypatch.setattr(draws, "LARGEST_TABLE", 3 * made.size * len(made.model.alternatives))
    kept = []
    for node in made.model.nodes:
        found = made.ratings_of(node, 1)
        assert (found == made.ratings(node, 1) * node.weight).all()
        assert made.ratings_of(node, 1) is found
        kept.append(len(made._given))
    assert kept == [1, 2, 3, 4, 1]
