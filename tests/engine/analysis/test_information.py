from collections import Counter
from fractions import Fraction

from hypothesis import given, settings

from decider.engine.analysis.branches import Branches
from decider.engine.analysis.information import information, next_most_decisive
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine import reference
from tests.engine.builders import cases, choice, question, questionnaire, section


def reported(asked, answers, weights=None):
    outcome = evaluate(compile_model(asked), answers, weights or {})
    return information(Branches(outcome, answers))


def brute_force(asked, answers, weights, key):
    """The value of knowing one answer, by trying every completion; who is ruled out is worth 0."""
    payoffs = {}
    for chance, done in reference.completions(asked, answers):
        then = reference.decided(asked, done, weights)
        row = payoffs.setdefault(done[key], Counter())
        for a, points in then.points.items():
            row[a] += Fraction(0) if a in then.vetoed else chance * points
    with_it = sum(max(row.values()) for row in payoffs.values())
    return with_it - max(sum(row[a] for row in payoffs.values()) for a in asked.alternative_by_key)


@settings(max_examples=100)
@given(cases(questions=4, vetoes=True))
def test_value_equals_trying_every_completion_and_is_never_negative(case):
    asked, answers, weights = case
    nodes = compile_model(asked).nodes
    found = {nodes[item.question].key: item for item in reported(asked, answers, weights)}
    open_keys = {
        key for key in reference.visible(asked, answers) if answers.get(key, "unknown") == "unknown"
    }
    assert found.keys() == open_keys
    for key, item in found.items():
        assert item.value == brute_force(asked, answers, weights, key)
        assert item.value >= 0
        assert sum(item.chances) == 1


@given(cases(questions=3, vetoes=True))
def test_leaders_are_those_of_the_score_with_the_answer(case):
    asked, answers, weights = case
    model = compile_model(asked)
    counted = reference.counted(asked, answers)
    for item in reported(asked, answers, weights):
        node = model.nodes[item.question]
        for choice_key, leaders in zip(node.choice_keys, item.leaders, strict=True):
            then = evaluate(model, {**counted, node.key: choice_key}, weights)
            assert leaders == then.leaders


def asked_for_next(sections, answers=None):
    return next_most_decisive(questionnaire(sections), answers or {}, {})


def yes_no(key, a, b, weight=1):
    """For alternative a the ratings a and -a, for alternative b the ratings b and -b."""
    return question(key, [choice("x", {"a": a, "b": b}), choice("y", {"a": -a, "b": -b})], weight)


DECIDING = [
    section("s", [yes_no("minor", 1, 0), yes_no("major", 2, -2)]),
    section("t", [question("known", [choice("x", {"a": 1})])]),
]


def test_most_decisive_question_has_the_highest_value():
    assert asked_for_next(DECIDING, {"known": "x"}) == "major"
    assert asked_for_next(DECIDING, {"known": "x", "major": "x"}) == "minor"


def test_answered_and_unknown_questions_are_not_asked_again():
    assert asked_for_next(DECIDING, {"known": "x", "major": "unknown"}) == "minor"
    assert asked_for_next(DECIDING, {"known": "x", "major": "unknown", "minor": "n/a"}) is None


def test_where_nothing_decides_alone_the_larger_swing_goes_first():
    lead = section("lead", [question("known", [choice("x", {"a": 2, "b": -2})])], 100)
    weak = section("weak", [yes_no("small", 1, 1), yes_no("large", 1, -1)], 10)
    assert asked_for_next([lead, weak], {"known": "x"}) == "large"
    first, second = reported(questionnaire([lead, weak]), {"known": "x"})
    # Of 110 weight, 10 falls on two questions; one moves the lead by 4 of 2 * 2 steps in 10 / 2.
    assert (first.value, second.value) == (0, 0)
    assert (first.swing, second.swing) == (Fraction(50 * 5 * 4, 2 * 110), 0)


def test_swing_is_measured_between_the_leader_and_the_second():
    ratings = {"a": 2, "b": 1, "c": -2, "d": -2}
    moving = [choice("x", {"c": 2, "b": 1}), choice("y", {"d": 2})]
    asked = questionnaire(
        [section("s", [question("p", [choice("x", ratings)], 3), question("q", moving)])],
        ["d", "c", "b", "a"],
    )
    (item,) = reported(asked, {"p": "x"})
    # a leads b by 3 of 8 steps; x moves b by one step.
    assert item.swing == Fraction(100, 4 * 4)


def test_swing_is_zero_for_a_single_alternative_left():
    asked = questionnaire(
        [
            section("s", [question("p", [choice("x", {"b": "veto"}), choice("y", {})])]),
            section("t", [yes_no("q", 1, -1)]),
        ]
    )
    (item,) = reported(asked, {"p": "x"})
    assert (item.value, item.swing) == (0, 0)
    assert item.leaders == ((0,), (0,))


def test_knowing_of_a_veto_in_time_is_worth_the_points_it_saves():
    asked = questionnaire(
        [section("s", [question("p", [choice("x", {"a": 2}), choice("y", {"a": "veto+2"})])])]
    )
    (item,) = reported(asked, {})
    # Without the answer the best is b with 50 points, or a with 100 half of the time; with it,
    # a with 100 or b with 50.
    assert item.value == 75 - 50
    assert item.leaders == ((0,), (1,))


def test_alternative_that_another_open_answer_may_rule_out_is_worth_less():
    better = question("p", [choice("x", {"a": 2}), choice("y", {"b": 1})])
    risk = question("r", [choice("x", {}), choice("y", {"a": "veto+0"}, 3)])
    asked = questionnaire([section("s", [better], 50), section("t", [risk], 0)])
    p, r = sorted(reported(asked, {}), key=lambda item: item.question)
    # a has 100 or 50 points, and is ruled out in 3 of 4 cases; b has 50 or 75.
    assert p.value == 0
    # Known r: a with 75 in 1 of 4 cases, else b with 62.5. Unknown: b.
    assert r.value == Fraction(75, 4) + Fraction(3, 4) * Fraction(125, 2) - Fraction(125, 2)


def test_points_that_come_with_a_veto_are_never_gained():
    p = question("p", [choice("x", {"a": 2, "b": -2}), choice("y", {})])
    r = question("r", [choice("x", {"a": "veto+2", "b": -2}), choice("y", {"a": -2, "b": -2})])
    first, second = reported(questionnaire([section("s", [p]), section("t", [r])]), {})
    # r leaves a in half of the cases, always without its 25 points: then a has 50 with x and 25
    # with y of p. b has 0 or 25. Known p: 25 either way. Unknown p: a with (25 + 12.5) / 2.
    assert {first.question: first.value, second.question: second.value}[0] == 25 - Fraction(75, 4)


def test_answers_are_weighed_by_the_prior():
    asked = questionnaire(
        [section("s", [question("p", [choice("x", {"a": 1}, 3), choice("y", {"a": -2})])])]
    )
    (item,) = reported(asked, {})
    assert item.chances == (Fraction(3, 4), Fraction(1, 4))
    # a: 75 points in 3 of 4 cases, else 0; b: always 50.
    assert item.value == Fraction(3 * 75 + 50, 4) - Fraction(3 * 75, 4)


def test_nothing_is_worth_knowing_where_everybody_is_ruled_out():
    vetoes = choice("x", {"a": "veto", "b": "veto"})
    asked = questionnaire([section("s", [question("p", [vetoes]), yes_no("q", 1, -1)])])
    (item,) = reported(asked, {"p": "x"})
    assert (item.value, item.swing, item.leaders) == (0, 0, ((), ()))
