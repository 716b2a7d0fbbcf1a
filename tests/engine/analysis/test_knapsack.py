"""The fewest changes that reach a mark, and how far they are looked for."""

import pytest

from decider.engine.analysis.branches import Branches
from decider.engine.analysis.knapsack import MOST_CHANGES, Goal, fewest_changes, most_changes
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import choice, question, questionnaire, section


def branches_of(asked, answers=None):
    return Branches(evaluate(compile_model(asked), answers or {}, {}), answers or {})


def pairs(number, choices=2):
    """So many questions, each with one below it that its first choice shows."""
    offered = [choice(f"c{c}", {"a": c, "b": 1}) for c in range(choices)]
    return questionnaire(
        [
            section(
                "s",
                [
                    asked
                    for i in range(number)
                    for asked in (
                        question(f"p{i}", offered),
                        question(f"q{i}", offered, 1, (f"p{i}", ["c0"])),
                    )
                ],
            )
        ],
        ["a", "b", "c"],
    )


def test_sets_are_looked_for_up_to_forty_changes():
    assert most_changes(branches_of(pairs(1))) == MOST_CHANGES == 40
    unrelated = questionnaire([section("s", [question("p", [choice("x", {}), choice("y", {})])])])
    assert most_changes(branches_of(unrelated)) == 40


@pytest.mark.parametrize(("work", "most"), [(12 * 7, 7), (12 * 7 - 1, 6), (12 * 40, 40), (5, 1)])
def test_conditions_limit_how_large_a_set_is_looked_for(monkeypatch, work, most):
    """Of one pair of questions, four choices matter to three alternatives: 12 steps a change."""
    monkeypatch.setattr("decider.engine.analysis.knapsack.WORK", work)
    assert most_changes(branches_of(pairs(1))) == most


def test_questions_without_conditions_limit_nothing(monkeypatch):
    monkeypatch.setattr("decider.engine.analysis.knapsack.WORK", 40)
    plain = questionnaire([section("s", [question("p", [choice("x", {}), choice("y", {})])])])
    assert most_changes(branches_of(plain)) == 40


SIX = questionnaire(
    [section("s", [question(f"p{i}", [choice("x", {}), choice("y", {"a": 1})]) for i in range(6)])]
)


@pytest.mark.parametrize("need", range(1, 7))
def test_search_ends_at_its_limit(need):
    branches = branches_of(SIX, {f"p{i}": "x" for i in range(6)})
    one = branches.options[0][1].totals[0]
    goal = Goal(ahead=0, behind=1, need=need * one)
    assert fewest_changes(branches, goal, need - 1) is None
    found = fewest_changes(branches, goal, need)
    assert [(c.before, c.after) for c in found] == [(0, 1)] * need
    assert len({c.question for c in found}) == need


def test_nothing_has_to_change_for_a_mark_that_is_reached():
    assert fewest_changes(branches_of(SIX), Goal(ahead=0, behind=1, need=0), 3) == ()


def test_answer_that_would_bring_a_veto_with_it_does_not_end_the_search():
    neutral = [choice("x", {}), choice("y", {})]
    below = question("q", [choice("x", {"a": "veto+2"}), choice("y", {})], 1, ("p", ["y"]))
    gains = [question(f"r{i}", [choice("x", {}), choice("y", {"a": 1})]) for i in range(2)]
    asked = questionnaire([section("s", [question("p", neutral), below, *gains])])
    branches = branches_of(asked, dict.fromkeys(asked.questions, "x"))
    one = branches.options[2][1].totals[0]
    found = fewest_changes(branches, Goal(ahead=0, behind=1, need=2 * one), 2)
    assert [c.question for c in found] == [2, 3]
