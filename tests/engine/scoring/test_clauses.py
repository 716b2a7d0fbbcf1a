"""Rules compiled: keys become positions, and what one answer rules out by itself is known."""

from dataclasses import replace

from decider.engine.questionnaire.rules import CandidateRule, Compliance, Requirement
from decider.engine.scoring.clauses import Need, compile_rules
from tests.engine.builders import choice, question, questionnaire, section


def asked(requirements=(), candidates=None):
    """Three questions of two choices, and the alternatives a, b and c."""
    rows = [question(key, [choice("x", {}), choice("y", {})]) for key in "pqr"]
    made = questionnaire([section("s", rows)], ["a", "b", "c"])
    rules = candidates or {}
    return replace(
        made,
        requirements=tuple(requirements),
        alternatives=tuple(
            replace(row, candidate=CandidateRule(rules[row.key], "if", "otherwise"))
            if row.key in rules
            else row
            for row in made.alternatives
        ),
    )


def requirement(when, a, b, c="met"):
    statuses = {"a": a, "b": b, "c": c}
    return Requirement(
        "r", "Title", when, {key: Compliance(key, statuses[key], "reason") for key in statuses}
    )


def compiled(**rules):
    made = asked(**rules)
    return compile_rules(made, {key: place for place, key in enumerate(made.questions)})


def places(*found):
    return frozenset(found)


def test_requirement_has_its_combinations_and_who_fails_it_or_meets_it_on_a_condition():
    when = ({"q": ("y", "x"), "p": ("x",)},)
    rules = compiled(requirements=[requirement(when, "not_met", "on_condition")])
    clause = ((1, places(0, 1)), (0, places(0)))
    assert rules.needs == (Need((clause,), places(0), places(1)),)
    assert rules.candidates == (None, None, None)
    assert rules.questions == places(0, 1)


def test_answer_that_raises_requirements_alone_bars_all_that_fail_any_of_them():
    alone = ({"p": ("x",)},)
    rules = compiled(
        requirements=[
            requirement(alone, "not_met", "met"),
            requirement((*alone, {"q": ("x",), "r": ("y",)}), "met", "not_met"),
        ]
    )
    assert rules.barred == {(0, 0): places(0, 1)}
    assert rules.questions == places(0, 1, 2)


def test_answer_that_contradicts_every_combination_of_a_candidate_bars_it():
    when = ({"p": ("x",), "q": ("x",)}, {"p": ("x",), "r": ("y",)})
    other = requirement(({"p": ("y",)},), "met", "met", "not_met")
    rules = compiled(candidates={"b": when}, requirements=[other])
    assert rules.candidates[1] == (
        ((0, places(0)), (1, places(0))),
        ((0, places(0)), (2, places(1))),
    )
    assert rules.barred == {(0, 1): places(1, 2)}
    assert rules.questions == places(0, 1, 2)


def test_candidate_is_barred_by_no_answer_that_one_of_its_combinations_leaves_open():
    assert compiled(candidates={"a": ({"p": ("x",)}, {"q": ("x",)})}).barred == {}
    assert compiled(candidates={"a": ({"p": ("x",)}, {"p": ("y",)})}).barred == {}
    assert compiled(candidates={"a": ({"p": ("x",)},)}).barred == {(0, 1): places(0)}
