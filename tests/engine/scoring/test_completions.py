from hypothesis import given, settings
from hypothesis import strategies as st

from decider.engine.scoring.completions import (
    EVERY_OPEN,
    UNANSWERED,
    can_still_change,
    is_final,
    spans,
)
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine import reference
from tests.engine.builders import cases, choice, question, questionnaire, section


def leaders_of_completions(asked, answers, weights, *, final_unknown):
    """The leaders of every completion, each also evaluated with the open ones left open."""
    return {
        frozenset(reference.score(asked, done, weights).leaders)
        for _, done in reference.completions(
            asked, answers, skipping=True, staying=True, final_unknown=final_unknown
        )
    }


@settings(max_examples=60)
@given(cases(questions=4))
def test_range_is_the_least_and_most_over_full_enumeration(case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    done = [d for _, d in reference.completions(asked, answers, skipping=True)]
    results = [reference.decided(asked, d, weights).points for d in done]
    least, most = spans(outcome)
    for a, key in enumerate(asked.alternative_by_key):
        assert 50 + 50 * reference.Fraction(least[a], outcome.unit) == min(r[key] for r in results)
        assert 50 + 50 * reference.Fraction(most[a], outcome.unit) == max(r[key] for r in results)


@settings(max_examples=60)
@given(cases(questions=3, vetoes=True), st.booleans())
def test_can_still_change_equals_full_enumeration(case, final_unknown):
    asked, answers, weights = case
    now = reference.score(asked, answers, weights).leaders
    found = leaders_of_completions(asked, answers, weights, final_unknown=final_unknown)
    open_states = UNANSWERED if final_unknown else EVERY_OPEN
    model = compile_model(asked)
    assert can_still_change(model, answers, weights, open_states=open_states) == (
        found != {frozenset(now)}
    )


ONE = questionnaire(
    [section("s", [question("p", [choice("x", {"a": 2}), choice("y", {"a": 1, "b": "veto+1"})])])]
)


def test_leader_is_not_final_while_does_not_apply_would_tie():
    assert not is_final(evaluate(compile_model(ONE), {}, {}))


def test_leader_of_a_complete_assessment_is_final():
    assert is_final(evaluate(compile_model(ONE), {"p": "x"}, {}))


def test_unknown_answer_is_final_unless_told_otherwise():
    model = compile_model(ONE)
    assert not can_still_change(model, {"p": "unknown"}, {})
    assert can_still_change(model, {"p": "unknown"}, {}, open_states=EVERY_OPEN)
    assert can_still_change(model, {}, {})
