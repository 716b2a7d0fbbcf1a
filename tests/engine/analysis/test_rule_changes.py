"""Searches for other answers where rules decide who may win, against trying all sets of answers."""

from itertools import combinations, product
from math import inf

from hypothesis import HealthCheck, given, settings

from decider.engine.analysis.branches import Branches
from decider.engine.analysis.flips import single_flips, smallest_flip
from decider.engine.analysis.information import information
from decider.engine.analysis.pairs import pair_flips
from decider.engine.analysis.paths_to_win import find_paths_to_win
from decider.engine.questionnaire.schema import UNKNOWN
from decider.engine.scoring.method import CURRENT
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import ruled_cases
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
    visible = {node.key for node in branches.visible()}
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
