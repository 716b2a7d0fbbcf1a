"""Candidates and requirements: who is ranked, who may be, and what is promised about it."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from decider.engine.analysis.analyse import analyse
from decider.engine.analysis.branches import Branches
from decider.engine.analysis.flips import single_flips
from decider.engine.analysis.robustness import Doubts, Simulator
from decider.engine.questionnaire.rules import CandidateRule, Compliance, Requirement
from decider.engine.scoring.completions import EVERY_OPEN, UNANSWERED, can_still_change
from decider.engine.scoring.eligibility import FALSE, OPEN, TRUE
from decider.engine.scoring.method import CURRENT
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine import reference
from tests.engine.builders import (
    choice,
    combinations_of,
    question,
    questionnaire,
    ruled_cases,
    section,
)
from tests.engine.scoring.test_completions import leaders_of_completions
from tests.heating import heating

FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
SLOW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
SHARED = Doubts(common=CURRENT.common_error)


def outcome_of(case):
    asked, answers, weights = case
    return evaluate(compile_model(asked), answers, weights)


def truth_of(values):
    """What is so in all of these cases, in none, or in some."""
    return TRUE if all(values) else OPEN if any(values) else FALSE


@FEW
@given(ruled_cases(questions=4))
def test_truth_of_a_rule_is_that_of_all_completions(case):
    asked, answers, _ = case
    found = outcome_of(case).eligibility
    ends = [done for _, done in reference.completions(asked, answers, skipping=True)]
    for requirement, raised in zip(asked.requirements, found.raised, strict=True):
        assert raised == truth_of([reference.holds(requirement.when, done) for done in ends])
    for alternative, candidacy in zip(asked.alternatives, found.candidacy, strict=True):
        rule = alternative.candidate
        expected = [rule is None or reference.holds(rule.when, done) for done in ends]
        assert candidacy == truth_of(expected)


@FEW
@given(ruled_cases(questions=4, vetoes=True))
def test_each_alternative_is_ranked_conditional_or_ruled_out(case):
    asked, answers, weights = case
    outcome = outcome_of(case)
    keys = list(asked.alternative_by_key)
    out = reference.score(asked, answers, weights).vetoed
    assert {keys[a] for a in outcome.eligible} == set(keys) - out
    ends = [reference.decided(asked, d, weights).vetoed for _, d in
            reference.completions(asked, answers, skipping=True)]  # fmt: skip
    for a in set(range(len(keys))) - {*outcome.eligible, *outcome.conditional}:
        assert all(keys[a] in end for end in ends)
    for a in outcome.conditional:
        assert outcome.eligibility.candidacy[a] == OPEN


@FEW
@given(ruled_cases(questions=4, vetoes=True))
def test_veto_names_what_one_answer_rules_out_by_itself(case):
    """Whatever else is answered, it stays out."""
    asked, answers, weights = case
    outcome = outcome_of(case)
    keys = list(asked.alternative_by_key)
    for veto in outcome.vetoes:
        assert keys[veto.alternative] in reference.score(asked, answers, weights).vetoed


@FEW
@given(ruled_cases(vetoes=True), st.data())
def test_recommended_alternative_meets_every_requirement_whatever_the_weights(case, data):
    asked, answers, _ = case
    weights = {s.key: data.draw(st.integers(0, 100)) for s in asked.sections}
    outcome = evaluate(compile_model(asked), answers, weights)
    given_now = reference.counted(asked, answers)
    keys = list(asked.alternative_by_key)
    for requirement in asked.requirements:
        if reference.holds(requirement.when, given_now):
            assert all(requirement.compliance[keys[a]].status != "not_met" for a in outcome.leaders)


@SLOW
@given(ruled_cases(), st.data())
def test_raising_a_need_never_helps_what_does_not_meet_it(case, data):
    asked, answers, weights = case
    assume(asked.requirements)
    more = data.draw(combinations_of(asked))
    first, *rest = asked.requirements
    wider = replace(first, when=(*first.when, more))
    stricter = replace(asked, requirements=(wider, *rest))
    before, after = (outcome_of((q, answers, weights)) for q in (asked, stricter))
    shares = [
        dict(zip(o.eligible, Simulator(o).simulate(SHARED).first, strict=True))
        for o in (before, after)
    ]
    for a, key in enumerate(asked.alternative_by_key):
        if first.compliance[key].status == "not_met":
            assert shares[1].get(a, Fraction(0)) <= shares[0].get(a, Fraction(0))
            assert a in before.eligible or a not in after.eligible
        elif a in before.eligible:
            assert after.ranks[a] <= before.ranks[a]


@SLOW
@given(ruled_cases(alternatives=4, vetoes=True))
def test_dropping_a_loser_changes_no_word(case):
    asked, answers, weights = case
    full = analyse(asked, answers, weights)
    firsts = dict(zip(full.chances.alternatives, full.chances.first, strict=True))
    keys = list(asked.alternative_by_key)
    losers = [
        a for a in range(len(keys))
        if not firsts.get(a) and a not in full.wording.leaders and a not in full.outcome.conditional
    ]  # fmt: skip
    assume(losers and len(keys) > 2)
    left = tuple(row for row in asked.alternatives if row.key != keys[losers[0]])
    fewer = analyse(replace(asked, alternatives=left), answers, weights)
    assert (fewer.wording.level, fewer.wording.words) == (full.wording.level, full.wording.words)
    assert [left[a].key for a in fewer.wording.leaders] == [keys[a] for a in full.wording.leaders]
    assert fewer.layers == full.layers


@FEW
@given(ruled_cases(questions=3, vetoes=True), st.booleans())
def test_what_nothing_open_can_change_is_changed_by_no_completion(case, final_unknown):
    asked, answers, weights = case
    now = frozenset(reference.score(asked, answers, weights).leaders)
    found = leaders_of_completions(asked, answers, weights, final_unknown=final_unknown)
    states = UNANSWERED if final_unknown else EVERY_OPEN
    outcome = outcome_of(case)
    changes = can_still_change(outcome.model, answers, weights, open_states=states)
    if not changes:
        assert found == {now}
    elif not outcome.conditional and not outcome.unsettled:
        assert found != {now}


@FEW
@given(ruled_cases(vetoes=True))
def test_totals_and_eligible_after_a_change_equal_scoring_it(case):
    asked, answers, weights = case
    outcome = outcome_of(case)
    branches = Branches(outcome, answers)
    nodes = outcome.model.nodes
    for node in branches.outcome.visible:
        for code, key in enumerate(node.choice_keys):
            totals, eligible = branches.after(node.position, code)
            scored = evaluate(outcome.model, {**answers, node.key: key}, weights)
            assert (totals, tuple(eligible)) == (scored.totals, scored.eligible)
    for change in branches.changes():
        asked_for = asked.questions[nodes[change.question].key]
        assert asked_for.kind != "fact" or change.before in (-1, -2)


def rule(when, condition="it may be"):
    return CandidateRule(when, condition, "It may not.")


def requirement(key, when, **statuses):
    compliance = {a: Compliance(a, s, "reason", f"condition {a}") for a, s in statuses.items()}
    return Requirement(key, f"Title {key}", when, compliance)


def small(**rules):
    """Three alternatives and three questions; a is ahead of b, and b of c."""
    asked = questionnaire(
        [
            section("s", [
                question("p", [choice("x", {"a": 2, "b": 1}), choice("y", {"a": 2, "b": 1})], 3),
                question("q", [choice("x", {"c": 1}), choice("y", {"b": 1})]),
                question("r", [choice("x", {"c": 1}), choice("y", {"b": 1})]),
            ])
        ],
        ["a", "b", "c"],
    )  # fmt: skip
    candidates = rules.pop("candidates", {})
    alternatives = [replace(a, candidate=candidates.get(a.key)) for a in asked.alternatives]
    return replace(asked, alternatives=tuple(alternatives), **rules)


BOTH = requirement("both", ({"q": ("x",), "r": ("x",)},), a="not_met", b="met", c="on_condition")


def test_requirement_of_several_answers_rules_out_once_all_are_given():
    asked = small(requirements=(BOTH,))
    model = compile_model(asked)
    states = [{"p": "x", "q": "x"}, {"p": "x", "q": "x", "r": "y"}, {"p": "x", "q": "x", "r": "x"}]
    found = [evaluate(model, answers, {}) for answers in states]
    assert [outcome.eligible for outcome in found] == [(0, 1, 2), (0, 1, 2), (1, 2)]
    assert [outcome.unsettled for outcome in found] == [((0, 0),), (), ()]


def test_draws_rule_out_where_several_open_answers_together_require_it():
    asked = small(requirements=(BOTH,))
    outcome = evaluate(compile_model(asked), {"p": "x", "q": "x"}, {})
    chances = Simulator(outcome).simulate(Doubts())
    share = Fraction(int(chances.out[0].sum()), chances.size)
    assert abs(share - Fraction(1, 2)) < Fraction(2, 100)
    assert not chances.out[1:].any()


def test_conditional_alternative_is_in_no_draw_and_has_no_rank():
    asked = small(candidates={"a": rule(({"q": ("x",)},))})
    outcome = evaluate(compile_model(asked), {"p": "x", "r": "x"}, {})
    assert (outcome.eligible, outcome.conditional) == ((1, 2), (0,))
    assert Simulator(outcome).simulate(Doubts()).alternatives == (1, 2)


def test_sentence_names_what_is_ahead_on_a_condition():
    asked = small(candidates={"a": rule(({"q": ("x",)},), "q is x")})
    found = analyse(asked, {"p": "x", "r": "y"}, {}).wording
    assert (found.level, found.leaders, found.conditional) == ("favoured", (1,), (0,))
    assert found.sentence.startswith("Favoured: Name b; if q is x, Name a. First in ")


def test_without_a_recommendation_what_is_ahead_on_a_condition_is_named_after_it():
    asked = small(candidates={"a": rule(({"q": ("x",)},), "q is x")})
    found = analyse(asked, {"r": "y"}, {}).wording
    assert found.sentence == (
        "Too early to say: answers cover 20% of the weight. Most points so far: Name b."
        " Ahead on a condition: Name a, if q is x."
    )
    assert analyse(asked, {}, {}).wording.sentence == "Too early to say: no answer is known yet."


def test_sentence_is_silent_about_a_conditional_alternative_that_is_behind():
    asked = small(candidates={"c": rule(({"q": ("x",)},), "q is x")})
    found = analyse(asked, {"p": "x", "r": "y"}, {}).wording
    assert (found.conditional, "if" in found.sentence) == ((), False)


def test_where_only_conditional_ones_are_left_it_depends():
    rules = {key: rule(({"q": ("x",)},), f"{key} may be") for key in "abc"}
    found = analyse(small(candidates=rules), {"p": "x", "r": "y"}, {})
    wording = found.wording
    assert (wording.level, wording.words, wording.leaders) == ("depends", "Depends", ())
    assert found.wording.conditional == (0, 1, 2)
    assert found.wording.sentence == (
        "Depends: if a may be, Name a; if b may be, Name b; if c may be, Name c."
    )
    assert not found.settled


def test_given_answer_that_speaks_decisively_against_a_leader_keeps_it_at_leaning():
    asked = questionnaire(
        [section("s", [
            question("p", [choice("x", {"a": 2, "b": -2}), choice("y", {"b": 2})], 9),
            question("q", [choice("x", {"a": -2}), choice("y", {})]),
        ])]
    )  # fmt: skip
    assert analyse(asked, {"p": "x", "q": "x"}, {}).wording.level == "leaning"
    assert analyse(asked, {"p": "x", "q": "y"}, {}).wording.level == "strong"


def test_flips_leave_given_facts_alone_and_offer_open_ones():
    asked = heating()
    answers = {"street": "none", "neighbours": "far", "noise": "lax", "walls": "good",
               "hands": "nobody"}  # fmt: skip
    outcome = evaluate(compile_model(asked), answers, {})
    flips = single_flips(Branches(outcome, answers))
    nodes = outcome.model.nodes
    assert {nodes[flip.changes[0].question].key for flip in flips} <= {"walls", "hands", "air"}


def test_layers_share_the_first_places_and_sections_keep_their_swing():
    asked = heating()
    answers = {"street": "none", "neighbours": "far", "noise": "lax", "walls": "good",
               "hands": "somebody", "air": "limited"}  # fmt: skip
    found = analyse(asked, answers, {})
    first = dict(zip(found.chances.alternatives, found.chances.first, strict=True))
    assert found.layers["heat"] == {"fire": first[2] + first[3], "outside": first[0]}
    assert sum(found.layers["bills"].values()) == 1
    place, _ = found.swings
    rows = [found.outcome.section_rows[0][a] for a in found.outcome.eligible]
    assert place == Fraction(50 * 60 * (max(rows) - min(rows)), found.outcome.unit)


def on_conditions(weight, **candidates):
    """b is ahead of a, and a of d and c; q has nothing to do with them."""
    asked = questionnaire(
        [section("s", [
            question("p", [choice("x", {"a": 1, "b": 2, "c": -1}), choice("y", {})], weight),
            question("q", [choice("x", {}), choice("y", {})], 2),
        ])],
        ["a", "b", "c", "d"],
    )  # fmt: skip
    rows = [replace(row, candidate=candidates.get(row.key)) for row in asked.alternatives]
    return replace(asked, alternatives=tuple(rows))


IF_A, IF_B = (rule(({"q": ("x",)},), f"{key} may be") for key in "ab")


def test_what_is_ahead_on_conditions_is_named_with_the_most_points_first():
    sure, early = (
        analyse(on_conditions(weight, a=IF_A, b=IF_B), {"p": "x"}, {}).wording for weight in (3, 1)
    )
    assert sure.conditional == early.conditional == (1, 0)
    assert sure.sentence.startswith(
        "Leaning: Name d; if b may be, Name b; if a may be, Name a. First in "
    )
    assert early.sentence == (
        "Too early to say: answers cover 33% of the weight. Most points so far: Name d."
        " Ahead on a condition: Name b, if b may be; Name a, if a may be."
    )


def test_what_is_level_with_the_first_on_a_condition_is_not_ahead():
    asked = questionnaire(
        [section("s", [
            question("p", [choice("x", {"a": 1, "b": 1}), choice("y", {})], 3),
            question("q", [choice("x", {}), choice("y", {})]),
        ])]
    )  # fmt: skip
    always, conditional = asked.alternatives
    level = (always, replace(conditional, candidate=IF_B))
    found = analyse(replace(asked, alternatives=level), {"p": "x"}, {}).wording
    assert (found.leaders, found.conditional) == ((0,), ())


def test_where_it_depends_on_few_answers_that_is_said():
    rules = {key: rule(({"q": ("x",)},), f"{key} may be") for key in "abc"}
    wording = analyse(small(candidates=rules), {"r": "y"}, {}).wording
    assert wording.level == "depends"
    assert wording.sentence.endswith(" It is early: answers cover 20% of the weight.")
