"""Searches for other answers where rules decide who may win, against trying all sets of answers."""

from dataclasses import replace
from itertools import combinations, product
from math import inf

from hypothesis import HealthCheck, given, settings

from decider.engine.analysis.branches import Branches, Change
from decider.engine.analysis.flips import single_flips, smallest_flip
from decider.engine.analysis.information import information
from decider.engine.analysis.pairs import pair_flips
from decider.engine.analysis.paths_to_win import find_paths_to_win
from decider.engine.analysis.rule_changes import (
    may_lose_candidacy,
    merged,
    to_admit,
    to_be_candidate,
    to_exclude,
    to_hold,
)
from decider.engine.questionnaire.rules import CandidateRule, Compliance, Requirement
from decider.engine.questionnaire.schema import UNKNOWN
from decider.engine.scoring.method import CURRENT
from decider.engine.scoring.score import compile_model, evaluate
from decider.engine.scoring.states import MISSING
from tests.engine.builders import choice, question, questionnaire, ruled_cases, section
from tests.heating import heating

FEW = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])


def analysed(case):
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    return outcome, Branches(outcome, answers)


def changeable(asked, answers):
    """Questions that aren't given facts, each with its other choices."""
    return {
        key: [c.key for c in question.choices if c.key != answers.get(key)]
        for key, question in asked.questions.items()
        if question.kind != "fact" or answers.get(key, UNKNOWN) == UNKNOWN
    }


def leaders_by_size(case, most):
    """By number of changes, each set of changes that is not one of fewer, with its leaders."""
    asked, answers, weights = case
    model = compile_model(asked)
    others = changeable(asked, answers)
    for size in range(1, most + 1):
        for keys in combinations(others, size):
            for choices in product(*(others[key] for key in keys)):
                change = dict(zip(keys, choices, strict=True))
                yield size, change, evaluate(model, {**answers, **change}, weights).leaders


def changes_of(outcome, changes):
    nodes = outcome.model.nodes
    return {nodes[c.question].key: nodes[c.question].choice_keys[c.after] for c in changes}


@FEW
@given(ruled_cases(questions=4, vetoes=True))
def test_single_flips_are_all_that_no_given_fact_stands_against(case):
    outcome, branches = analysed(case)
    visible = {node.key for node in branches.outcome.visible}
    expected = [
        (change, leaders)
        for size, change, leaders in leaders_by_size(case, 1)
        if leaders != outcome.leaders and set(change) <= visible
    ]
    found = [(changes_of(outcome, f.changes), f.leaders) for f in single_flips(branches)]
    assert found == expected


@FEW
@given(ruled_cases(questions=4, vetoes=True))
def test_smallest_flip_is_smallest_or_says_how_small_it_could_be(case):
    outcome, branches = analysed(case)
    found = smallest_flip(branches, case[1], single_flips(branches))
    sizes = [s for s, _, leaders in leaders_by_size(case, 4) if leaders != outcome.leaders]
    smallest = min(sizes, default=None)
    if found is not None:
        evaluated = {**case[1], **changes_of(outcome, found.changes)}
        assert evaluate(outcome.model, evaluated, case[2]).leaders == found.leaders
        assert found.leaders != outcome.leaders
        if found.at_least is None:
            assert len(found.changes) == smallest
        else:
            assert found.at_least <= smallest <= len(found.changes)


@FEW
@given(ruled_cases(questions=4, vetoes=True))
def test_what_would_have_to_be_true_is_bounded_by_trying_all_sets(case):
    outcome, branches = analysed(case)
    sizes: dict[int, int] = {}
    for size, _, leaders in leaders_by_size(case, 4):
        if len(leaders) == 1:
            sizes.setdefault(leaders[0], size)
    for truth in find_paths_to_win(branches, case[1], single_flips(branches)):
        smallest = sizes.get(truth.alternative, inf)
        assert truth.at_least <= smallest
        if truth.changes is not None:
            assert smallest <= len(truth.changes)
            assert truth.at_least <= len(truth.changes)
            evaluated = {**case[1], **changes_of(outcome, truth.changes)}
            leaders = evaluate(outcome.model, evaluated, case[2]).leaders
            assert leaders == (truth.alternative,)


@FEW
@given(ruled_cases(questions=4, vetoes=True))
def test_pairs_equal_trying_all_pairs_that_no_single_flip_is_in(case):
    outcome, branches = analysed(case)
    alone = [changes_of(outcome, f.changes) for f in single_flips(branches)]
    found = [changes_of(outcome, f.changes) for f in pair_flips(branches, case[1]).flips]
    for size, change, leaders in leaders_by_size(case, 2):
        one_by_one = [{key: choice} for key, choice in change.items()]
        if size == 2 and change in found:
            assert leaders != outcome.leaders
        visible = all(outcome.is_visible(outcome.model.nodes[outcome.model.position[key]])
                      for key in change)  # fmt: skip
        flips = size == 2 and visible and leaders != outcome.leaders
        if flips and not any(single in alone for single in one_by_one):
            assert change in found


@FEW
@given(ruled_cases(questions=4, vetoes=True))
def test_value_of_information_is_never_negative_and_tells_what_an_answer_forbids(case):
    outcome, branches = analysed(case)
    for row in information(branches, CURRENT):
        assert row.value >= 0
        node = outcome.model.nodes[row.question]
        for code, key in enumerate(node.choice_keys):
            # What the answer shows stays open: kept answers below it play no part.
            answers = {k: v for k, v in case[1].items() if not below(outcome, k, node)}
            known = evaluate(outcome.model, {**answers, node.key: key}, case[2])
            assert row.leaders[code] == known.leaders
            gone = set(outcome.leaders) - set(known.eligible)
            assert (code in row.forbids) == bool(gone)


def below(outcome, key, node):
    found = outcome.model.nodes[outcome.model.position[key]]
    while found.parent >= 0:
        found = outcome.model.nodes[found.parent]
        if found.position == node.position:
            return True
    return False


def test_answer_that_forbids_the_leader_goes_before_those_that_change_nothing():
    answers = {"street": "none", "noise": "strict", "walls": "good", "hands": "nobody",
               "air": "banned"}  # fmt: skip
    outcome = evaluate(compile_model(heating()), answers, {})
    rows = information(Branches(outcome, answers), CURRENT)
    nodes = outcome.model.nodes
    assert [(nodes[r.question].key, r.forbids) for r in rows] == [("neighbours", (0,))]


def with_rules(kinds=None, requirements=(), candidate=None):
    """Three questions, of which r is asked where p is y or z; a is the first of two."""
    kinds = kinds or {}
    asked = [
        question("p", [choice("x", {"a": 1}), choice("y", {"a": -1}), choice("z", {"a": 2})]),
        question("q", [choice("x", {"b": 1}), choice("y", {"a": 1}), choice("z", {"a": 2})]),
        question("r", [choice("x", {"b": 1}), choice("y", {"a": 1})], 1, ("p", ["y", "z"])),
    ]
    made = questionnaire(
        [section("s", [replace(row, kind=kinds.get(row.key, "decision")) for row in asked])]
    )
    first, second = made.alternatives
    return replace(
        made,
        requirements=tuple(
            Requirement(f"r{i}", "Title", when, {
                key: Compliance(key, status, "reason")
                for key, status in (("a", status), ("b", "met"))
            })
            for i, (when, status) in enumerate(requirements)
        ),
        alternatives=(replace(first, candidate=candidate), second),
    )  # fmt: skip


def branches_of(answers, **rules):
    outcome = evaluate(compile_model(with_rules(**rules)), answers, {})
    return Branches(outcome, answers)


def positions(*changes):
    """Changes by question, each from a state to the place of a choice."""
    return tuple(Change(*change) for change in changes)


def test_combination_holds_after_the_fewest_changes_of_its_questions_and_those_above():
    clause = ((2, frozenset({1})),)
    assert to_hold(branches_of({"p": "x"}), clause) == positions((0, 0, 1), (2, MISSING, 1))
    assert to_hold(branches_of({"p": "z", "r": "x"}), clause) == positions((2, 0, 1))
    assert to_hold(branches_of({"p": "z", "r": "y"}), clause) == ()


def test_question_that_is_named_and_shows_another_needs_an_answer_that_does_both():
    clause = ((0, frozenset({0, 2})), (2, frozenset({1})))
    for same in (clause, clause[::-1]):
        assert to_hold(branches_of({"p": "x"}), same) == positions((0, 0, 2), (2, MISSING, 1))
    never = ((0, frozenset({0})), (2, frozenset({1})))
    assert to_hold(branches_of({"p": "x"}), never) is None


def test_combination_that_a_given_fact_stands_against_never_holds():
    clause = ((0, frozenset({1})), (1, frozenset({1})))
    facts = {"kinds": {"p": "fact"}}
    assert to_hold(branches_of({"p": "x", "q": "y"}, **facts), clause) is None
    assert to_hold(branches_of({"p": "y", "q": "x"}, **facts), clause) == positions((1, 0, 1))
    assert to_hold(branches_of({"q": "y"}, **facts), clause) == positions((0, MISSING, 1))


SEVERAL = {"p": ("x",), "q": ("x", "y")}
ALONE = {"q": ("x",)}


def test_sets_that_rule_out_are_those_of_combinations_of_several_answers():
    branches = branches_of(
        {"p": "y", "q": "z"},
        kinds={"r": "fact"},
        requirements=[
            (({"q": ("y",), "r": ("x",)}, SEVERAL, ALONE), "not_met"),
            ((SEVERAL,), "on_condition"),
        ],
    )
    assert list(to_exclude(branches, 0)) == [
        positions((1, 2, 1), (2, MISSING, 0)),
        positions((0, 1, 0), (1, 2, 0)),
    ]
    assert list(to_exclude(branches, 1)) == []


def test_sets_that_facts_stand_against_rule_nothing_out():
    rules = {"kinds": {"p": "fact"}, "requirements": [((SEVERAL,), "not_met")]}
    assert list(to_exclude(branches_of({"p": "y"}, **rules), 0)) == []
    assert list(to_exclude(branches_of({"p": "x"}, **rules), 0)) == [positions((1, MISSING, 0))]


def test_candidate_may_be_lost_where_an_answer_of_its_rule_may_change():
    rule = CandidateRule(({"r": ("x",)},), "if", "otherwise")
    given = {"p": "y", "r": "x"}
    facts = {"p": "fact", "r": "fact"}
    assert not may_lose_candidacy(branches_of(given), 0)
    assert may_lose_candidacy(branches_of(given, candidate=rule), 0)
    assert may_lose_candidacy(branches_of(given, candidate=rule, kinds={"r": "fact"}), 0)
    assert not may_lose_candidacy(branches_of(given, candidate=rule, kinds=facts), 0)
    assert not may_lose_candidacy(branches_of(given, candidate=rule), 1)


def test_candidate_is_made_by_the_combination_that_takes_the_fewest_changes():
    rule = CandidateRule(({"p": ("x",), "q": ("x",)}, {"q": ("y",)}), "if", "otherwise")
    assert to_be_candidate(branches_of({"p": "y", "q": "z"}, candidate=rule), 0) == positions(
        (1, 2, 1)
    )
    assert to_be_candidate(branches_of({"p": "x", "q": "z"}, candidate=rule), 0) == positions(
        (1, 2, 0)
    )
    assert to_be_candidate(branches_of({}), 0) == ()
    facts = {"kinds": {"q": "fact"}, "candidate": rule}
    assert to_be_candidate(branches_of({"q": "z"}, **facts), 0) is None


def test_requirement_of_several_answers_is_lifted_by_the_best_answer_for_the_alternative():
    rules = {"requirements": [((SEVERAL,), "not_met")]}
    branches = branches_of({"p": "x", "q": "x"}, **rules)
    assert to_admit(branches, 0) == positions((0, 0, 2))
    assert to_admit(branches, 1) == ()
    facts = {**rules, "kinds": {"p": "fact"}}
    assert to_admit(branches_of({"p": "x", "q": "x"}, **facts), 0) == positions((1, 0, 2))
    both = {**rules, "kinds": {"p": "fact", "q": "fact"}}
    assert to_admit(branches_of({"p": "x", "q": "x"}, **both), 0) is None


def test_nothing_is_lifted_that_is_not_raised_or_that_one_answer_raises_alone():
    rules = {"requirements": [((SEVERAL, ALONE), "not_met"), ((SEVERAL,), "on_condition")]}
    assert to_admit(branches_of({"p": "y", "q": "x"}, **rules), 0) == ()
    assert to_admit(branches_of({"p": "x"}, **rules), 0) == ()


def test_change_that_makes_a_candidate_may_lift_a_requirement_at_once():
    rule = CandidateRule(({"q": ("z",)},), "if", "otherwise")
    rules = {"requirements": [((SEVERAL,), "not_met")], "candidate": rule}
    assert to_admit(branches_of({"p": "x", "q": "x"}, **rules), 0) == positions((1, 0, 2))
    facts = {**rules, "kinds": {"q": "fact"}}
    assert to_admit(branches_of({"p": "x", "q": "x"}, **facts), 0) is None


def test_changes_one_after_the_other_are_one_set_without_those_that_take_back():
    branches = branches_of({"p": "x", "q": "x"})
    first = positions((0, 0, 1), (1, 0, 1))
    then = positions((1, 1, 0), (2, MISSING, 1))
    assert merged(branches, first, then) == positions((0, 0, 1), (2, MISSING, 1))
