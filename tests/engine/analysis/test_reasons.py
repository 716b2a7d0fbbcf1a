from itertools import combinations

from hypothesis import given, settings

from decider.engine.analysis.reasons import differences, parts_of
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine import reference
from tests.engine.builders import cases, choice, question, questionnaire, section


@given(cases(vetoes=True))
def test_parts_add_up_to_the_total_and_name_visible_questions_only(case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    shown = [outcome.model.position[key] for key in reference.visible(asked, answers)]
    for a in range(len(outcome.totals)):
        assert list(parts_of(outcome, a)) == shown
        assert sum(parts_of(outcome, a).values()) == outcome.totals[a]


def test_question_behind_an_open_one_counts_with_it():
    asked = questionnaire(
        [
            section("s", [question("p", [choice("x", {"a": 1}), choice("y", {})])]),
            section("t", [question("q", [choice("x", {"a": 2})], 1, ("p", ["x"]))]),
        ]
    )
    outcome = evaluate(compile_model(asked), {}, {})
    # Half of the time p brings 50 * 1 and q brings 50 * 2; the prior makes the unit 2.
    assert parts_of(outcome, 0) == {0: 50 * 1 + 50 * 2}


@given(cases(vetoes=True))
def test_difference_is_made_of_parts_and_its_decisive_ones_are_the_fewest(case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    for found in differences(outcome, 0):
        lead = outcome.totals[0] - outcome.totals[found.behind]
        assert sum(found.parts.values()) == found.lead == lead
        against = -sum(found.parts[q] for q in found.counter)
        assert all(found.parts[q] < 0 for q in found.counter)
        assert len(found.counter) == sum(part < 0 for part in found.parts.values())
        if lead <= 0:
            assert found.decisive is None
        elif not found.counter:
            assert found.decisive == ()
        else:
            assert sum(found.parts[q] for q in found.decisive) > against
            for fewer in combinations(found.parts, len(found.decisive) - 1):
                assert sum(found.parts[q] for q in fewer) <= against


@settings(max_examples=100)
@given(cases(questions=3, vetoes=True))
def test_bounds_of_a_lead_are_those_over_completions_that_keep_the_rival(case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    names = list(asked.alternative_by_key)
    for found in differences(outcome, 0):
        if found.behind not in outcome.eligible:
            continue
        behind = names[found.behind]
        leads = []
        for _, done in reference.completions(asked, answers, skipping=True, staying=True):
            result = reference.score(asked, done, weights)
            if behind not in result.vetoed:
                leads.append(result.points[names[0]] - result.points[behind])
        assert reference.Fraction(50 * found.least, outcome.unit) == min(leads)
        assert reference.Fraction(50 * found.most, outcome.unit) == max(leads)


def test_least_lead_that_there_can_be_has_its_reason():
    asked = questionnaire([section("s", [question("p", [choice("x", {"a": 1})])], 1)])
    (found,) = differences(evaluate(compile_model(asked), {"p": "x"}, {}), 0)
    assert (found.lead, found.decisive, found.counter) == (1, (), ())


def test_counter_reasons_go_from_the_heaviest_to_the_lightest():
    weights = {"p": 1, "q": 3, "r": 2, "t": 9}
    asked = questionnaire(
        [
            section(
                "s",
                [
                    question(key, [choice("x", {"a": 1 if key == "t" else -1})], weight)
                    for key, weight in weights.items()
                ],
            )
        ]
    )
    outcome = evaluate(compile_model(asked), dict.fromkeys(weights, "x"), {})
    (found,) = differences(outcome, 0)
    assert found.counter == (1, 2, 0)
    assert found.decisive == (3,)
