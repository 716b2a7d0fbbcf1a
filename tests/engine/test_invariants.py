"""What must hold for every questionnaire, however answers, weights and evidence are chosen."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from decider.engine.questionnaire.schema import Evidence
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import (
    answers_to,
    cases,
    choice,
    mixed_up,
    question,
    section,
    with_rating,
)


def points(asked, answers, weights):
    outcome = evaluate(compile_model(asked), answers, weights)
    return {key: outcome.points(a) for a, key in enumerate(asked.alternative_by_key)}


def ranking(asked, answers, weights):
    outcome = evaluate(compile_model(asked), answers, weights)
    return {outcome.model.alternatives[a]: rank for a, rank in outcome.ranks.items()}


@given(cases(vetoes=True), st.randoms(use_true_random=False))
def test_order_of_alternatives_sections_and_choices_plays_no_part(case, random):
    asked, answers, weights = case
    mixed = mixed_up(asked, random)
    assert points(mixed, answers, weights) == points(asked, answers, weights)
    assert ranking(mixed, answers, weights) == ranking(asked, answers, weights)


@given(cases(conditions=False), st.randoms(use_true_random=False))
def test_order_of_sections_and_questions_plays_no_part(case, random):
    asked, answers, weights = case
    mixed = replace(
        asked,
        sections=tuple(
            replace(s, questions=tuple(random.sample(s.questions, len(s.questions))))
            for s in random.sample(asked.sections, len(asked.sections))
        ),
    )
    assert points(mixed, answers, weights) == points(asked, answers, weights)


@given(cases(vetoes=True))
def test_dropping_an_alternative_changes_no_other(case):
    asked, answers, weights = case
    fewer = replace(asked, alternatives=asked.alternatives[1:])
    everybody = points(asked, answers, weights)
    del everybody[asked.alternatives[0].key]
    assert points(fewer, answers, weights) == everybody


@given(cases(), st.data())
def test_raising_a_rating_never_lowers_its_alternative_and_touches_no_other(case, data):
    asked, answers, weights = case
    question_key = data.draw(st.sampled_from(list(asked.questions)))
    offered = data.draw(st.sampled_from(asked.questions[question_key].choices))
    lower, upper = sorted(data.draw(st.tuples(st.integers(-2, 2), st.integers(-2, 2))))
    name = asked.alternatives[0].key

    def rated(value):
        entry = Evidence(name, value, value, value, "")
        return with_rating(asked, question_key, offered.key, entry), answers, weights

    assert ranking(*rated(lower))[name] >= ranking(*rated(upper))[name]
    before, after = points(*rated(lower)), points(*rated(upper))
    assert before.pop(name) <= after.pop(name)
    assert before == after


@given(cases(vetoes=True))
def test_vetoed_alternative_never_has_a_rank(case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    assert not {veto.alternative for veto in outcome.vetoes} & set(outcome.ranks)


@given(cases(), st.sampled_from([2, 3, 7]))
def test_scaling_all_weights_changes_nothing(case, factor):
    asked, answers, weights = case
    small = {key: weight // factor for key, weight in weights.items()}
    large = {key: weight * factor for key, weight in small.items()}
    assert points(asked, answers, small) == points(asked, answers, large)


@given(cases(conditions=False), st.data())
def test_does_not_apply_changes_only_its_own_contribution(case, data):
    asked, answers, weights = case
    skipped = data.draw(st.sampled_from(list(asked.questions)))
    model = compile_model(asked)
    before = evaluate(model, answers, weights)
    after = evaluate(model, {**answers, skipped: "n/a"}, weights)
    place = model.position[skipped]
    assert after.contributions[place] is None
    for q in range(len(model.nodes)):
        if q != place:
            assert after.contributions[q] == before.contributions[q]


@given(cases(vetoes=True), st.integers(0, 100), st.integers(-2, 2))
def test_neutral_section_changes_no_rank(case, weight, value):
    asked, answers, weights = case
    same = dict.fromkeys(asked.alternative_by_key, value)
    neutral = section("neutral", [question("neutral", [choice("x", same)])], weight)
    wider = replace(asked, sections=(*asked.sections, neutral))
    answers = {**answers, "neutral": "x"}
    assume(sum(weights.values()) > 0)
    assert ranking(wider, answers, weights) == ranking(asked, answers, weights)


@settings(max_examples=50)
@given(cases(vetoes=True))
def test_ranks_are_competition_ranks_by_points(case):
    asked, answers, weights = case
    own = points(asked, answers, weights)
    found = ranking(asked, answers, weights)
    for key, rank in found.items():
        assert rank == 1 + sum(own[other] > own[key] for other in found)


@given(cases(), st.data())
def test_splitting_a_question_buys_no_weight(case, data):
    """A section's budget is fixed: points of another section's questions stay as they are."""
    asked, answers, weights = case
    twin = replace(asked.sections[0].questions[0], key="twin", shown_when=None)
    fuller = replace(
        asked,
        sections=(
            replace(asked.sections[0], questions=(*asked.sections[0].questions, twin)),
            *asked.sections[1:],
        ),
    )
    extra = data.draw(answers_to(fuller))
    outcome = evaluate(compile_model(fuller), {**answers, **extra}, weights)
    place = outcome.model.sections.index(asked.sections[0].key)
    for a in range(len(outcome.model.alternatives)):
        total = Fraction(50 * outcome.weights[place] * outcome.section_rows[place][a], outcome.unit)
        assert abs(total) <= Fraction(50 * outcome.weights[place], sum(outcome.weights) or 1)
