from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from decider.engine.analysis.sensitivity import stability, weight_tolerance, wrong_steps
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import cases, choice, question, questionnaire, section


def two_sections(weight=60, other=40):
    """Alternative a leads in the first section, b in the second."""
    return questionnaire(
        [
            section("s", [question("p", [choice("x", {"a": 2, "b": 0})])], weight),
            section("t", [question("q", [choice("x", {"a": 0, "b": 1})])], other),
        ]
    )


def score(asked, weights=None):
    return evaluate(compile_model(asked), {"p": "x", "q": "x"}, weights or {})


def test_tolerance_is_where_opposite_errors_bring_a_tie():
    tolerance = weight_tolerance(score(two_sections()))
    # 60 * 2 * (1 - r) = 40 * 1 * (1 + r)
    assert tolerance.part == Fraction(1, 2)
    assert tolerance.rivals == (1,)


def test_tolerance_is_total_where_nothing_speaks_for_the_rival():
    assert weight_tolerance(score(two_sections(), {"t": 0})).part == 1


def test_no_tolerance_and_no_interval_in_a_tie():
    tied = score(two_sections(), {"s": 20})
    assert tied.leaders == (0, 1)
    assert weight_tolerance(tied) is None
    assert stability(tied) == ()
    assert wrong_steps(tied) is None


def test_interval_ends_where_the_rival_draws_level():
    first, second = stability(score(two_sections()))
    assert (first.low, first.high, first.below, first.above) == (20, 100, (1,), ())
    assert (second.low, second.high, second.below, second.above) == (0, 100, (), ())


def test_interval_of_a_section_that_helps_the_rival_has_an_upper_end():
    _, second = stability(score(two_sections(), {"s": 30}))
    assert (second.low, second.high, second.below, second.above) == (0, 60, (), (1,))


def test_fewest_wrong_ratings_take_the_heaviest_first():
    steps = wrong_steps(score(two_sections()))
    # The lead is 120 - 40; a step in s is worth 60 and can be made by a and by b.
    assert (steps.count, steps.rival) == (2, 1)


def test_ratings_at_the_end_of_the_scale_have_no_step_left():
    asked = questionnaire([section("s", [question("p", [choice("x", {"a": -1, "b": -2})])])])
    steps = wrong_steps(evaluate(compile_model(asked), {"p": "x"}, {}))
    assert (steps.count, steps.rival) == (1, 1)


def test_rating_at_its_end_has_no_step_left_however_heavy_its_question():
    heavy = question("p", [choice("x", {"a": -2, "b": 2})], 2)
    light = [question(f"q{i}", [choice("x", {"a": 2, "b": -2})]) for i in range(3)]
    asked = questionnaire([section("s", [heavy, *light])])
    outcome = evaluate(compile_model(asked), dict.fromkeys(asked.questions, "x"), {})
    # a leads by 3 * 4 - 2 * 4. The heavy question can't get any better for b.
    assert outcome.leaders == (0,)
    assert wrong_steps(outcome).count == 4


def test_lead_of_one_is_still_a_lead():
    # 3 * 2 - 2 * 1: after a step of 3 in s one is left.
    steps = wrong_steps(score(two_sections(3, 2)))
    assert steps.count == 2


def test_no_number_of_wrong_ratings_is_enough_without_answers():
    asked = questionnaire([section("s", [question("p", [choice("x", {"a": 1})])])])
    assert wrong_steps(evaluate(compile_model(asked), {}, {})) is None


def winners(case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    assume(len(outcome.leaders) == 1 and len(outcome.eligible) > 1)
    return outcome


@given(cases(sections=3, vetoes=True), st.data())
def test_winner_stands_inside_its_interval_and_falls_just_outside(case, data):
    outcome = winners(case)
    winner = outcome.leaders[0]
    section_number = data.draw(st.integers(0, len(outcome.weights) - 1))
    interval = stability(outcome)[section_number]
    rows = outcome.section_rows

    def lead(weight, rival):
        weights = [*outcome.weights]
        weights[section_number] = weight
        return sum(w * (r[winner] - r[rival]) for w, r in zip(weights, rows, strict=True))

    rivals = [a for a in outcome.eligible if a != winner]
    for weight in (interval.low, interval.high, (interval.low + interval.high) / 2):
        assert all(lead(weight, rival) >= 0 for rival in rivals)
    tiny = Fraction(1, 10**9)
    ahead_below = {r for r in rivals if lead(interval.low - tiny, r) < 0}
    ahead_above = {r for r in rivals if lead(interval.high + tiny, r) < 0}
    assert ahead_below == set(interval.below) or (interval.low == 0 and not interval.below)
    assert ahead_above == set(interval.above) or (interval.high == 100 and not interval.above)


@given(cases(conditions=False, questions=3, alternatives=2))
def test_fewest_wrong_ratings_equal_trying_all_sets(case):
    outcome = winners(case)
    winner = outcome.leaders[0]
    (rival,) = (a for a in outcome.eligible if a != winner)
    steps = []
    for node, state in zip(outcome.model.nodes, outcome.states, strict=True):
        if state >= 0:
            unit = outcome.weights[node.section] * node.share * outcome.model.precision
            steps += [unit] * (node.ratings[state][winner] > -2)
            steps += [unit] * (node.ratings[state][rival] < 2)
    lead = outcome.totals[winner] - outcome.totals[rival]
    enough = [
        bin(mask).count("1")
        for mask in range(1 << len(steps))
        if sum(step for i, step in enumerate(steps) if mask >> i & 1) >= lead
    ]
    found = wrong_steps(outcome)
    assert (found and found.count) == (min(enough) if enough else None)


def test_weights_of_zero_count_in_no_interval():
    asked = replace(two_sections(), sections=two_sections(weight=0, other=10).sections)
    outcome = score(asked)
    assert [i.above for i in stability(outcome)] == [(0,), ()]
