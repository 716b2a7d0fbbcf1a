from itertools import combinations, product

import pytest
from hypothesis import given

from decider.engine.analysis.branches import Branches
from decider.engine.analysis.flips import single_flips, smallest_flip, with_changes
from decider.engine.analysis.pairs import pair_flips
from decider.engine.analysis.paths_to_win import find_paths_to_win
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import cases, choice, question, questionnaire, section


def analysed(case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    return outcome, Branches(outcome, answers)


def leaders_after(case, change):
    asked, answers, weights = case
    return evaluate(compile_model(asked), {**answers, **change}, weights).leaders


def sets_of_changes(asked, size):
    """Every way to answer `size` questions, hidden ones too."""
    for keys in combinations(asked.questions, size):
        for choices in product(*(asked.questions[key].choices for key in keys)):
            yield {key: c.key for key, c in zip(keys, choices, strict=True)}


def in_keys(outcome, changes):
    nodes = outcome.model.nodes
    return {nodes[c.question].key: nodes[c.question].choice_keys[c.after] for c in changes}


@given(cases(vetoes=True))
def test_totals_and_eligible_after_a_change_equal_scoring_it(case):
    outcome, branches = analysed(case)
    for change in branches.changes():
        totals, eligible = branches.after(change.question, change.after)
        scored = with_changes(outcome, case[1], [change])
        assert (totals, tuple(eligible)) == (scored.totals, scored.eligible)


@given(cases(vetoes=True))
def test_single_flips_equal_trying_every_answer(case):
    outcome, branches = analysed(case)
    visible = {n.key for n in outcome.model.nodes if outcome.is_visible(n)}
    expected = {
        (*change.items(), leaders_after(case, change))
        for change in sets_of_changes(case[0], 1)
        if set(change) <= visible and leaders_after(case, change) != outcome.leaders
    }
    found = {
        (*in_keys(outcome, flip.changes).items(), flip.leaders) for flip in single_flips(branches)
    }
    assert found == expected


@given(cases(questions=4, vetoes=True))
def test_smallest_flip_is_smallest_of_all_sets_of_answers(case):
    outcome, branches = analysed(case)
    found = smallest_flip(branches, case[1], single_flips(branches))
    sizes = [
        size
        for size in range(1, len(case[0].questions) + 1)
        for change in sets_of_changes(case[0], size)
        if leaders_after(case, change) != outcome.leaders
    ]
    assert (found and len(found.changes)) == (min(sizes) if sizes else None)
    if found:
        change = in_keys(outcome, found.changes)
        assert leaders_after(case, change) == found.leaders != outcome.leaders


FOUR = questionnaire(
    [
        section(
            "s",
            [
                question(key, [choice("x", {"a": 1, "b": 0}), choice("y", {"a": 0, "b": 1})])
                for key in ("p", "q", "r", "t")
            ],
        )
    ]
)
ALL_X = {"p": "x", "q": "x", "r": "x", "t": "x"}


def test_tie_counts_as_a_flip_and_winning_alone_takes_one_more():
    outcome, branches = analysed((FOUR, ALL_X, {}))
    assert single_flips(branches) == ()
    assert pair_flips(branches, ALL_X).flips[0].leaders == (0, 1)
    assert len(pair_flips(branches, ALL_X).flips) == 6
    smallest = smallest_flip(branches, ALL_X, ())
    assert (len(smallest.changes), smallest.leaders) == (2, (0, 1))
    (path,) = find_paths_to_win(branches, ALL_X, ())
    assert (path.alternative, path.at_least, len(path.changes)) == (1, 3, 3)
    assert with_changes(outcome, ALL_X, path.changes).leaders == (1,)


def test_alternative_that_no_answer_makes_win_gets_a_bound_only():
    asked = questionnaire(
        [section("s", [question("p", [choice("x", {"a": 1}), choice("y", {"a": 2})])])]
    )
    _, branches = analysed((asked, {"p": "x"}, {}))
    assert single_flips(branches) == ()
    assert smallest_flip(branches, {"p": "x"}, ()) is None
    (path,) = find_paths_to_win(branches, {"p": "x"}, ())
    assert (path.alternative, path.changes) == (1, None)
    assert path.at_least > len(asked.questions)


def test_kept_answer_of_a_hidden_question_counts_once_a_flip_shows_it():
    asked = questionnaire(
        [
            section(
                "s",
                [
                    question("p", [choice("x", {"a": 1}), choice("y", {"a": 1})]),
                    question("q", [choice("x", {}), choice("y", {"b": 2})], 1, ("p", ["y"])),
                ],
            )
        ]
    )
    answers = {"p": "x", "q": "y"}
    outcome, branches = analysed((asked, answers, {}))
    (flip,) = single_flips(branches)
    assert in_keys(outcome, flip.changes) == {"p": "y"}
    assert flip.leaders == (1,)


def yes_no(*keys, yes, no):
    """Questions with the choices x and y and their ratings."""
    return [question(key, [choice("x", yes), choice("y", no)]) for key in keys]


def smallest(asked, answers):
    outcome, branches = analysed((asked, answers, {}))
    found = smallest_flip(branches, answers, single_flips(branches))
    return in_keys(outcome, found.changes), found.leaders


def test_where_nobody_is_left_the_smallest_flip_gives_somebody_back():
    vetoes = yes_no("p", "q", yes={"a": "veto", "b": "veto"}, no={"a": 1})
    asked = questionnaire([section("s", vetoes)])
    assert smallest(asked, {"p": "x", "q": "x"}) == ({"p": "y", "q": "y"}, (0,))


@pytest.mark.parametrize(("gains", "leader"), [("a", 0), ("b", 1)])
def test_tie_may_take_two_answers_to_break_either_way(gains, leader):
    shows = question("p", [choice("x", {}), choice("y", {})])
    hidden = question("q", [choice("x", {}), choice("y", {gains: 1})], 1, ("p", ["y"]))
    asked = questionnaire([section("s", [shows, hidden])])
    assert smallest(asked, {"p": "x", "q": "x"}) == ({"p": "y", "q": "y"}, (leader,))


def test_tie_may_break_below_answers_that_all_tell_the_tied_apart():
    shows = question("p", [choice("x", {"a": 1}), choice("y", {"a": 1})])
    level = question("r", [choice("x", {"b": 1})])
    hidden = question("q", [choice("x", {"a": 1}), choice("y", {"b": 1})], 1, ("p", ["y"]))
    asked = questionnaire([section("s", [shows, level, hidden])])
    changes, _ = smallest(asked, {"p": "x", "r": "x"})
    assert changes.keys() == {"p", "q"}


@pytest.mark.parametrize("order", [["a", "b", "c"], ["a", "c", "b"]])
def test_smallest_flip_is_that_of_the_rival_who_needs_the_fewest(order):
    towards_b = yes_no("p", "q", "r", "t", "u", yes={"a": 1}, no={"b": 1})
    towards_c = [question(key, [choice("x", {}), choice("y", {"c": 1})], 3) for key in ("v", "w")]
    asked = questionnaire([section("s", [*towards_b, *towards_c])], order)
    # a leads by 5. An answer gains 2 for b or 3 for c: b needs three, c two.
    changes, leaders = smallest(asked, dict.fromkeys("pqrtuvw", "x"))
    assert (changes, leaders) == ({"v": "y", "w": "y"}, (order.index("c"),))
