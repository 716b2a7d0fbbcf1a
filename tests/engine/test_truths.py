"""What would have to be true for an alternative to win, against trying every set of answers."""

import pytest
from hypothesis import given

from decider.engine.flips import single_flips
from decider.engine.truths import what_would_have_to_be_true
from tests.engine.builders import cases, choice, question, questionnaire, section
from tests.engine.test_flips import analysed, in_keys, leaders_after, sets_of_changes


@given(cases(questions=4, vetoes=True))
def test_what_would_have_to_be_true_is_bounded_by_trying_all_sets(case):
    outcome, branches = analysed(case)
    truths = what_would_have_to_be_true(branches, case[1], single_flips(branches))
    assert [t.alternative for t in truths] == [
        a for a in range(len(outcome.totals)) if outcome.leaders != (a,)
    ]
    fewest = {}
    for size in range(len(case[0].questions), 0, -1):
        for change in sets_of_changes(case[0], size):
            for truth in truths:
                if leaders_after(case, change) == (truth.alternative,):
                    fewest[truth.alternative] = size
    for truth in truths:
        if truth.alternative in fewest:
            assert truth.at_least <= fewest[truth.alternative]
        if truth.changes is not None:
            assert len(truth.changes) >= fewest[truth.alternative]
            change = in_keys(outcome, truth.changes)
            assert leaders_after(case, change) == (truth.alternative,)


@pytest.mark.parametrize(("work", "proven"), [(9, 3), (8, 2)])
def test_bound_is_taken_from_one_rival_where_searches_take_long(monkeypatch, work, proven):
    moving = [
        question(f"q{i}", [choice("x", {"a": 1}), choice("y", {"a": -1, "b": 1})]) for i in range(4)
    ]
    ahead = question("p", [choice("x", {"c": 2})])
    asked = questionnaire([section("s", [*moving, ahead])], ["a", "b", "c"])
    answers = dict.fromkeys(asked.questions, "x")
    # Two changes take b past a, the leader, and three take it past c.
    monkeypatch.setattr("decider.engine.knapsack.WORK", work)
    _, branches = analysed((asked, answers, {}))
    truth, _ = what_would_have_to_be_true(branches, answers, ())
    assert (truth.alternative, truth.at_least, len(truth.changes)) == (1, proven, 3)
