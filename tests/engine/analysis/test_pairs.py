"""Pairs of answers that flip the result together, against trying every pair."""

import pytest
from hypothesis import HealthCheck, given, settings

from decider.engine.analysis import moves, pairs
from decider.engine.analysis.branches import Branches
from decider.engine.analysis.flips import single_flips
from decider.engine.analysis.pairs import pair_flips
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.analysis.test_flips import ALL_X, FOUR, analysed, in_keys, sets_of_changes, yes_no
from tests.engine.builders import cases, choice, question, questionnaire, section
from tests.engine.corpus import small_cases


def pairs_by_trial(case, outcome, branches):
    """All pairs that no single flip is in, and of which both questions are asked then."""
    alone = {next(iter(in_keys(outcome, f.changes).items())) for f in single_flips(branches)}
    answers, found = case[1], set()
    for change in sets_of_changes(case[0], 2):
        real = {key: c for key, c in change.items() if answers.get(key) != c}
        shown = evaluate(compile_model(case[0]), {**answers, **change}, case[2])
        seen = all(shown.states[outcome.model.position[key]] >= 0 for key in real)
        flips = shown.leaders != outcome.leaders and not alone & set(real.items())
        if len(real) == 2 and seen and flips:
            found.add(frozenset(real.items()))
    return found


def as_sets(outcome, found):
    return {frozenset(in_keys(outcome, flip.changes).items()) for flip in found.flips}


@given(cases(questions=4, vetoes=True))
def test_pairs_equal_trying_all_pairs_that_no_single_flip_is_in(case):
    outcome, branches = analysed(case)
    found = pair_flips(branches, case[1])
    assert as_sets(outcome, found) == pairs_by_trial(case, outcome, branches)
    assert found.complete
    for flip in found.flips:
        assert [c.before for c in flip.changes] == [
            branches.stored[c.question] for c in flip.changes
        ]


def test_kept_answer_shows_a_question_whose_change_makes_a_pair():
    any_two = [choice("x", {}), choice("y", {})]
    asked = questionnaire(
        [
            section(
                "s",
                [
                    question("p", [choice("x", {"a": 1}), choice("y", {"a": 1})]),
                    question("q", any_two, 1, ("p", ["y"])),
                    question("r", [choice("x", {}), choice("y", {"b": 2})], 1, ("q", ["x"])),
                ],
            )
        ]
    )
    answers = {"p": "x", "q": "x", "r": "x"}
    outcome, branches = analysed((asked, answers, {}))
    (flip,) = pair_flips(branches, answers).flips
    assert in_keys(outcome, flip.changes) == {"p": "y", "r": "y"}


def all_pairs():
    """The pairs of many assessments."""
    found = []
    for case in small_cases(120):
        _, branches = analysed(case)
        found.append(pair_flips(branches, case[1]))
    assert sum(len(pairs.flips) for pairs in found) > 100
    return found


def test_no_pair_is_lost_where_totals_had_to_be_rounded(monkeypatch):
    exact = all_pairs()
    for scale in (20, 50, 100, 200):
        monkeypatch.setattr(moves, "LARGEST_SCALE", scale)
        assert all_pairs() == exact


@pytest.fixture
def checked(monkeypatch):
    """The pairs that were scored exactly."""
    seen = []
    score = pairs.with_changes

    def counting(outcome, answers, changes):
        seen.append(changes)
        return score(outcome, answers, changes)

    monkeypatch.setattr(pairs, "with_changes", counting)
    return seen


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases(questions=5, vetoes=True, conditions=False))
def test_without_conditions_no_pair_is_scored_in_vain(checked, case):
    checked.clear()
    _, branches = analysed(case)
    found = pair_flips(branches, case[1])
    assert [flip.changes for flip in found.flips] == checked


def test_where_nobody_is_left_only_pairs_that_give_somebody_back_are_scored(checked):
    vetoes = yes_no("p", "q", yes={"a": "veto", "b": "veto"}, no={"a": 1})
    neutral = yes_no("r", "t", yes={}, no={"b": 1})
    answers = dict.fromkeys("pqrt", "x")
    _, branches = analysed((questionnaire([section("s", [*vetoes, *neutral])]), answers, {}))
    (flip,) = pair_flips(branches, answers).flips
    assert [flip.changes] == checked
    assert flip.leaders == (0,)


def chain(length, prior=1):
    """Questions each asked only after the first choice of the one before, in sections of one.

    Halves of halves make the points fine: a whole is 2 * 2 ** length.
    """
    choices = [choice("c0", {"a": 1, "b": -2}, prior), choice("c1", {"b": 2})]
    return compile_model(
        questionnaire(
            [
                section(
                    f"s{i}",
                    [question(f"q{i}", choices, 1, (f"q{i - 1}", ["c0"]) if i else None)],
                )
                for i in range(length)
            ]
        )
    )


def test_long_numbers_lower_the_number_of_checks(monkeypatch, checked):
    model = chain(160, prior=100)
    outcome = evaluate(model, {}, {})
    assert 1024 < outcome.unit.bit_length() < 2048
    monkeypatch.setattr(pairs, "WORK", 160 * 2 * 2)
    assert not pair_flips(Branches(outcome, {}), {}).complete
    assert len(checked) == 1


@pytest.mark.parametrize(
    ("limit", "number", "listed", "complete"),
    [
        ("MOST_PAIRS", 6, 6, True),
        ("MOST_PAIRS", 5, 5, False),
        ("MOST_CHECKS", 6, 6, True),
        ("MOST_CHECKS", 5, 5, False),
        ("WORK", 6 * 4 * 2, 6, True),
        ("WORK", 6 * 4 * 2 - 1, 5, False),
        ("MOST_MOVES", 4, 6, True),
        ("MOST_MOVES", 3, 3, False),
    ],
)
def test_more_pairs_than_a_limit_are_told_to_be_incomplete(
    monkeypatch, limit, number, listed, complete
):
    monkeypatch.setattr(pairs, limit, number)
    _, branches = analysed((FOUR, ALL_X, {}))
    found = pair_flips(branches, ALL_X)
    assert (len(found.flips), found.complete) == (listed, complete)
    assert {flip.leaders for flip in found.flips} == {(0, 1)}
