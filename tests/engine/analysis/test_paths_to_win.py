"""What would have to be true for an alternative to win, against trying every set of answers."""

import pytest
from hypothesis import example, given, settings

from decider.engine.analysis.flips import single_flips
from decider.engine.analysis.paths_to_win import find_paths_to_win
from tests.engine.analysis.test_flips import analysed, in_keys, leaders_after, sets_of_changes
from tests.engine.builders import cases, choice, question, questionnaire, section

EQUAL = {"a": 0, "b": 0}


def nested():
    """Only p, q and r together, each shown by the one before, make b win: three changes."""
    shows = [choice("x", {"a": 1, "b": 0}), choice("y", {"a": 1, "b": 0})]
    wins = [choice("x", EQUAL), choice("y", {"b": 2})]
    asked = [
        question("p", shows),
        question("q", shows, shown_when=("p", ["y"])),
        question("r", wins, 9, ("q", ["y"])),
    ]
    return questionnaire([section("s", asked)]), {"p": "x", "q": "x", "r": "x"}, {}


def twins():
    """One choice shows two questions, which b wins with together."""
    wins = [choice("x", EQUAL), choice("y", {"b": 1})]
    asked = [
        question("p", [choice("x", {"a": 1}), choice("y", {"a": 1})]),
        question("q", wins, shown_when=("p", ["y"])),
        question("r", wins, shown_when=("p", ["y"])),
    ]
    return questionnaire([section("s", asked)]), {"p": "x", "q": "x", "r": "x"}, {}


@settings(max_examples=100)
@given(cases(questions=5, vetoes=True))
@example(nested())
@example(twins())
def test_what_would_have_to_be_true_is_the_smallest_of_all_sets(case):
    outcome, branches = analysed(case)
    paths_to_win = find_paths_to_win(branches, case[1], single_flips(branches))
    assert [t.alternative for t in paths_to_win] == [
        a for a in range(len(outcome.totals)) if outcome.leaders != (a,)
    ]
    fewest = {}
    for size in range(3, 0, -1):
        for change in sets_of_changes(case[0], size):
            fewest[leaders_after(case, change)] = size
    for path in paths_to_win:
        least = fewest.get((path.alternative,))
        if least is not None:
            assert path.at_least <= len(path.changes) == least
        if path.changes is not None:
            assert least is not None or len(path.changes) > 3
            change = in_keys(outcome, path.changes)
            assert leaders_after(case, change) == (path.alternative,)


@pytest.mark.parametrize(("work", "proven"), [(9, 3), (8, 2)])
def test_bound_is_taken_from_one_rival_where_searches_take_long(monkeypatch, work, proven):
    moving = [
        question(f"q{i}", [choice("x", {"a": 1}), choice("y", {"a": -1, "b": 1})]) for i in range(4)
    ]
    ahead = question("p", [choice("x", {"c": 2})])
    asked = questionnaire([section("s", [*moving, ahead])], ["a", "b", "c"])
    answers = dict.fromkeys(asked.questions, "x")
    # Two changes take b past a, the leader, and three take it past c.
    monkeypatch.setattr("decider.engine.analysis.knapsack.WORK", work)
    _, branches = analysed((asked, answers, {}))
    path, _ = find_paths_to_win(branches, answers, ())
    assert (path.alternative, path.at_least, len(path.changes)) == (1, proven, 3)
