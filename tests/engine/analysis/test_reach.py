"""Extremes over all complete answers, and the search for a win, against full enumeration."""

from itertools import product
from math import prod

from hypothesis import given

from decider.engine.analysis.reach import always_behind, extremes, lead, winning_answers
from decider.engine.questionnaire.schema import Questionnaire
from decider.engine.scoring.model import compile_model
from decider.engine.scoring.score import evaluate
from tests.engine import builders
from tests.engine.builders import questionnaires
from tests.engine.corpus import small_cases


def outcomes(questionnaire: Questionnaire):
    """The outcome of every way to answer all questions."""
    model = compile_model(questionnaire)
    offered = [[c.key for c in q.choices] for q in questionnaire.questions.values()]
    for choices in product(*offered):
        yield evaluate(model, dict(zip(questionnaire.questions, choices, strict=True)), {})


@given(questionnaires(questions=4))
def test_extremes_are_those_of_full_enumeration(questionnaire):
    model = compile_model(questionnaire)
    leads = [outcome.totals[0] - outcome.totals[1] for outcome in outcomes(questionnaire)]
    assert extremes(model, lead(model, 0, 1)) == (min(leads), max(leads))


@given(questionnaires(questions=4, vetoes=True))
def test_answers_found_make_the_alternative_win(questionnaire):
    model = compile_model(questionnaire)
    for a in range(len(model.alternatives)):
        if answers := winning_answers(model, a):
            assert evaluate(model, answers, {}).leaders == (a,)


@given(questionnaires(questions=4, vetoes=True))
def test_always_behind_names_the_first_rival_that_no_answers_get_ahead_of(questionnaire):
    """Answers that rule the alternative out are left aside; a rival must not be ruled out."""
    model = compile_model(questionnaire)
    results = list(outcomes(questionnaire))
    for a in range(len(model.alternatives)):
        in_the_race = [outcome for outcome in results if a in outcome.eligible]
        rivals = (
            b
            for b in range(len(model.alternatives))
            if b != a and all(b in o.eligible and o.totals[a] <= o.totals[b] for o in in_the_race)
        )
        assert always_behind(model, a) == next(rivals, None)


def wins(*sections, alternatives=("a", "b", "c")):
    asked = builders.questionnaire(sections, alternatives)
    return winning_answers(compile_model(asked), 0)


def question(key, **choices):
    """A question whose choices have ratings for a, b and c in this order."""
    offered = [
        builders.choice(name, dict(zip("abc", ratings, strict=False)))
        for name, ratings in choices.items()
    ]
    return builders.question(key, offered)


def test_search_starts_without_answers_that_rule_the_alternative_out():
    # Changing one of two vetoing answers alone would bring nothing.
    asked = [question(key, tempting=("veto+2", -2), modest=(1, 0)) for key in ("p", "q")]
    assert wins(builders.section("s", asked)) == {"p": "modest", "q": "modest"}


def test_search_starts_with_answers_that_rule_rivals_out():
    # b and c have more points whatever is answered: both must be ruled out at once.
    asked = [
        question("p", without_b=(0, "veto+2", 2), plain=(0, 2, 2)),
        question("q", without_c=(0, 2, "veto+2"), plain=(0, 2, 2)),
    ]
    assert wins(builders.section("s", asked)) == {"p": "without_b", "q": "without_c"}


def test_least_lead_that_there_can_be_is_one():
    section = builders.section("s", [question("p", x=(1, 0))], 1)
    model = compile_model(builders.questionnaire([section]))
    assert [always_behind(model, a) for a in (0, 1)] == [None, 0]


def test_win_by_the_least_margin_is_one():
    assert wins(builders.section("s", [question("p", x=(1, 0, 0))], 1)) == {"p": "x"}
    assert wins(builders.section("s", [question("p", x=(0, 0, 0))], 1)) is None


def test_winner_that_is_left_alone_wins_with_any_points():
    assert wins(builders.section("s", [question("p", x=(-2, "veto", "veto"))])) == {"p": "x"}


def test_search_finds_every_win_of_small_questionnaires():
    found = winnable = 0
    for questionnaire, _, _ in small_cases(240):
        model = compile_model(questionnaire)
        if prod(len(node.choice_keys) for node in model.nodes) <= 300:
            winners = {o.leaders[0] for o in outcomes(questionnaire) if len(o.leaders) == 1}
            winnable += len(winners)
            found += sum(winning_answers(model, a) is not None for a in winners)
    assert (found, winnable) == (255, 255)
