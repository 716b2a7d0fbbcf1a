from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.engine.analysis.groups import MOST_RESPONDENTS, Respondent, evaluate_group
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine import reference
from tests.engine.builders import (
    answers_to,
    choice,
    question,
    questionnaire,
    questionnaires,
    section,
    weights_of,
)


@st.composite
def groups(draw, **options):
    asked = draw(questionnaires(**options))
    one = st.builds(Respondent, answers_to(asked), weights_of(asked))
    return asked, draw(st.lists(one, min_size=1, max_size=3))


def first(found):
    """The alternatives of the first rank."""
    return tuple(a for a, rank in found.ranks.items() if rank == 1)


def group_leaders(asked, people):
    """Leaders by the mean of the individual scores, without those whom everybody rules out."""
    results = [reference.score(asked, p.answers, p.weights) for p in people]
    out = set.intersection(*(result.vetoed for result in results))
    means = {
        a: sum(r.points[a] for r in results) / len(results)
        for a in asked.alternative_by_key
        if a not in out
    }
    names = list(asked.alternative_by_key)
    return tuple(names.index(a) for a in means if means[a] == max(means.values())), means


@given(groups(questions=3, vetoes=True))
def test_points_are_the_mean_of_the_individual_points(case):
    asked, people = case
    found = evaluate_group(asked, people)
    leaders, means = group_leaders(asked, people)
    names = list(asked.alternative_by_key)
    assert {names[a]: found.points[a] for a in found.ranks} == means
    assert first(found) == leaders
    for a, rank in found.ranks.items():
        assert rank == 1 + sum(means[b] > means[names[a]] for b in means)


@given(groups(questions=3, vetoes=True))
def test_one_who_is_alone_is_the_group(case):
    asked, people = case
    outcome = evaluate(compile_model(asked), people[0].answers, people[0].weights)
    found = evaluate_group(asked, people[:1] * 2)
    assert first(found) == outcome.leaders
    assert found.points == tuple(outcome.points(a) for a in range(len(outcome.totals)))
    assert found.ranks == outcome.ranks
    assert found.splits == ()
    assert found.contested == {}


@given(groups(questions=3, vetoes=True))
def test_unanimous_preference_is_the_groups(case):
    asked, people = case
    found = evaluate_group(asked, people)
    for a in range(len(found.points)):
        for b in range(len(found.points)):
            if all(o.points(a) > o.points(b) for o in found.outcomes):
                assert found.points[a] > found.points[b]


@given(groups(questions=3, vetoes=True))
def test_split_names_who_would_lead_if_all_who_were_asked_agreed(case):
    asked, people = case
    found = evaluate_group(asked, people)
    keys = list(asked.questions)
    for split in found.splits:
        key = keys[split.question]
        seen = [p for p in people if key in reference.visible(asked, p.answers)]
        for code, leaders in split.leaders.items():
            agreed = {key: asked.questions[key].choices[code].key}
            swapped = [
                Respondent({**p.answers, **agreed}, p.weights) if p in seen else p for p in people
            ]
            assert leaders == group_leaders(asked, swapped)[0]
        assert split.matters == (len(set(split.leaders.values())) > 1)
        choices = [choice.key for choice in asked.questions[key].choices]
        given = {p.answers.get(key) for p in seen}
        assert [choices[code] for code in split.leaders] == [c for c in choices if c in given]
        assert split.value >= 0


TWO = questionnaire(
    [
        section(
            "s",
            [
                question(
                    "p",
                    [
                        choice("x", {"a": 2, "b": -2}),
                        choice("y", {"a": -2, "b": 2}),
                        choice("z", {"a": "veto+2"}),
                    ],
                ),
                question("q", [choice("x", {"a": 1})]),
            ],
        )
    ]
)


def people(*answers):
    return [Respondent(given, {"s": 10 + i}) for i, given in enumerate(answers)]


def test_veto_of_some_is_contested_and_stays_in_the_ranking():
    found = evaluate_group(TWO, people({"p": "x"}, {"p": "z"}))
    assert first(found) == (0,)
    assert set(found.ranks) == {0, 1}
    assert found.contested == {0: (1,)}


def test_veto_of_all_rules_out():
    found = evaluate_group(TWO, people({"p": "z"}, {"p": "z", "q": "x"}))
    assert found.ranks == {1: 1}
    assert found.contested == {}


def test_value_of_settling_weighs_the_shares_of_answers():
    found = evaluate_group(TWO, people({"p": "x"}, {"p": "x"}, {"p": "y"}, {"p": "unknown"}))
    (split,) = found.splits
    assert split.leaders == {0: (0,), 1: (1,)}
    assert split.matters
    # One alternative has 75 points and the other 25 once settled, q being half of the weight and
    # worth 1 for a. Of three answers two are for a.
    q = Fraction(50, 4)
    settled = Fraction(2, 3) * (75 + q) + Fraction(1, 3) * 75
    unsettled = Fraction(2, 3) * (75 + q) + Fraction(1, 3) * (25 + q)
    assert split.value == settled - unsettled


def test_split_that_rules_out_for_all_is_worth_nothing_to_the_vetoed():
    found = evaluate_group(TWO, people({"p": "x"}, {"p": "z"}))
    (split,) = found.splits
    assert split.leaders == {0: (0,), 2: (1,)}
    # If all agree on z, a is out and b has 50; not knowing, a has 87.5 in one of two cases.
    assert split.value == Fraction(1, 2) * (75 + Fraction(50, 4) + 50) - Fraction(87.5) / 2


def test_split_of_which_every_side_has_the_same_leader_does_not_matter():
    minor = question("minor", [choice("x", {"a": 1}), choice("y", {"b": 1})])
    major = question("major", [choice("x", {"a": -2, "b": 2})])
    asked = questionnaire([section("s", [major, minor])])
    found = evaluate_group(asked, people({"major": "x", "minor": "x"}, {"minor": "y"}))
    (split,) = found.splits
    assert (split.question, split.matters, split.value) == (1, False, 0)
    assert split.leaders == {0: (1,), 1: (1,)}


def test_largest_group_is_heard():
    found = evaluate_group(TWO, people(*[{"p": "x"}] * MOST_RESPONDENTS))
    assert len(found.outcomes) == MOST_RESPONDENTS == 20


@pytest.mark.parametrize("size", [0, MOST_RESPONDENTS + 1])
def test_group_without_or_with_too_many_people_is_refused(size):
    with pytest.raises(ValueError, match=r"^A group has 1 to 20 respondents\.$"):
        evaluate_group(TWO, people(*[{}] * size))
