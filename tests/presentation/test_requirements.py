"""What has to be met, what to confirm and what is conditional, joined up for templates."""

from __future__ import annotations

from itertools import product

import pytest

from decider.engine.questionnaire.parse import parse
from decider.engine.report.document import build_document
from decider.engine.scoring.method import CURRENT
from decider.presentation.analysis import PresentedAnalysis, Swing, present_analysis
from decider.presentation.charts import ranking_chart
from decider.presentation.report import SCALE, present_report
from decider.presentation.requirements import PresentedRequirements, present_requirements
from decider.presentation.result import result_context
from tests import heating
from tests.heating import data
from tests.presentation.builders import changed

OPEN = {"street": "planned", "neighbours": "close", "air": "limited", "walls": "good"}
"""Answers that leave open whether it has to be quiet and whether district heating can be had."""

PELLETS = {
    "neighbours": "close",
    "noise": "strict",
    "air": "banned",
    "walls": "poor",
    "hands": "nobody",
}
"""Answers that rule out all but the pellet boiler, and leave district heating open."""

STOVE = {
    "street": "none",
    "neighbours": "far",
    "noise": "lax",
    "air": "free",
    "walls": "good",
    "hands": "somebody",
}
"""Answers that require nothing and leave no district heating."""


def heated(answers, questionnaire=None, method=CURRENT.name):
    return build_document(
        questionnaire=parse(questionnaire or data()),
        version=1,
        title="Our house",
        context="",
        answers=answers,
        notes={},
        weights={},
        method=method,
    )


def view_of(answers, **changes):
    return present_report(heated(answers, **changes))


def requirements_of(answers, **changes) -> PresentedRequirements:
    made = heated(answers, **changes)
    return present_requirements(made, present_report(made))


def analysis_of(answers) -> PresentedAnalysis:
    made = heated(answers)
    return present_analysis(made, present_report(made))


def district_only():
    """A questionnaire that leaves nothing but district heating with the answers PELLETS."""
    changed = data()
    clean_air = changed["requirements"][0]
    refused = clean_air.pop("on_condition")["pellets"]
    clean_air["not_met"]["pellets"] = {"reason": refused["reason"]}
    return changed


def test_requirement_says_in_words_who_meets_it_in_the_order_of_the_ranking() -> None:
    clean_air, quiet = requirements_of(PELLETS).rows
    assert [(cell.alternative.key, cell.words) for cell in clean_air.cells] == [
        ("pellets", "On a condition"),
        ("district", "Met"),
        ("pump", "Met"),
        ("stove", "Not met"),
    ]
    assert [row.key for row in requirements_of(PELLETS).alternatives] == [
        "pellets",
        "district",
        "pump",
        "stove",
    ]
    assert (clean_air.title, clean_air.is_open) == ("No smoke", False)
    assert [answer.label for answer in quiet.answers] == ["Closer than ten metres", "It is strict"]


def test_requirement_that_open_answers_may_raise_is_open_only_where_it_would_not_be_met() -> None:
    quiet = requirements_of(OPEN).rows[1]
    assert quiet.is_open
    assert {cell.alternative.key: cell.words for cell in quiet.cells} == {
        "pump": "Open",
        "district": "Met",
        "pellets": "Met",
        "stove": "Met",
    }
    assert [(answer.key, answer.given) for answer in quiet.answers] == [("noise", False)]


def test_reasons_about_several_alternatives_are_said_once_the_gravest_first() -> None:
    clean_air, quiet = requirements_of(PELLETS).rows
    assert [
        ([a.key for a in row.alternatives], row.words, row.condition, row.reason)
        for row in clean_air.statements
    ] == [
        (["stove"], "Not met", "", "Logs smoke."),
        (
            ["pellets"],
            "On a condition",
            "The boiler has a particle filter.",
            "Filters hold the dust back.",
        ),
        (["district", "pump"], "Met", "", "Nothing is burnt."),
    ]
    assert quiet.statements[0].quotations[0].text == "A pump likes its water lukewarm."


def test_conditions_of_the_recommended_alternative_are_to_be_confirmed() -> None:
    (condition,) = requirements_of(PELLETS).conditions
    assert (condition.title, condition.text, condition.is_open) == (
        "No smoke",
        "The boiler has a particle filter.",
        False,
    )


def test_condition_of_an_open_requirement_says_so() -> None:
    made = changed(heated(PELLETS), {"result.conditions.0.state": "open"})
    assert present_requirements(made, present_report(made)).conditions[0].is_open


def test_share_of_a_layer_names_the_most_frequent_value_first() -> None:
    heat, bills = analysis_of(STOVE).layers
    assert (heat.title, heat.most.name, heat.most.share) == (
        "Where the heat comes from",
        "A fire in the house",
        0.7544,
    )
    assert [(row.name, row.share) for row in bills.others] == [
        ("The power company", 0.2456),
    ]


def test_swing_that_is_left_comes_with_the_section_and_its_weight() -> None:
    swings = (Swing("The place", 60, 3.8), Swing("The house", 40, 10.0))
    assert analysis_of(STOVE).swings == swings
    assert view_of(STOVE).weight_origin == "Judged from what owners named first; change them."


def test_conditional_alternative_has_its_condition_and_the_question_that_settles_it() -> None:
    (row,) = view_of(PELLETS).conditional
    assert (row.alternative.key, row.points, row.condition) == (
        "district",
        57.3,
        "a pipe is laid in the street",
    )
    assert [answer.key for answer in row.answers] == ["street"]


def test_ruled_out_alternative_names_the_requirement_it_does_not_meet() -> None:
    rows = {row.alternative.key: row for row in view_of(PELLETS).ruled_out}
    (unmet,) = rows["pump"].unmet
    assert (unmet.title, unmet.reason) == ("Nothing to hear outside", "The fan is heard.")
    assert rows["pump"].no_candidate == ""


def test_what_is_no_candidate_says_why_and_by_which_of_the_asked_questions() -> None:
    (row,) = view_of(STOVE).ruled_out
    assert (row.no_candidate, row.unmet) == ("No pipe passes the house.", ())
    assert [answer.key for answer in row.answers] == ["street"]


def test_ranked_alternative_that_an_open_requirement_could_rule_out_says_so() -> None:
    pump, *others = view_of(OPEN).ranking
    assert pump.alternative.key == "pump"
    assert [row.key for row in pump.unsettled] == ["quiet"]
    assert pump.may_be_ruled_out
    assert not any(row.may_be_ruled_out for row in others)


@pytest.mark.parametrize(
    ("answers", "present"), [(OPEN, "No clear winner"), (PELLETS, "Leaning"), (STOVE, "Leaning")]
)
def test_words_of_the_result_are_on_the_scale(answers, present) -> None:
    verdict = view_of(answers).verdict
    assert list(SCALE.values()) == ["No clear winner", "Leaning", "Favoured", "Strong"]
    assert (verdict.on_scale, SCALE[verdict.level]) == (True, present)


def test_result_that_says_nothing_of_the_kind_is_not_on_the_scale() -> None:
    assert not view_of({}).verdict.on_scale


def test_where_everything_depends_the_verdict_and_the_questions_are_there() -> None:
    made = heated(PELLETS, questionnaire=district_only())
    view = result_context(made)["view"]
    assert view.verdict.sentence == "Depends: if a pipe is laid in the street, District heating."
    assert (view.verdict.on_scale, view.recommendation, view.ranking) == (False, None, ())
    (asked,) = result_context(made)["analysis"].open_questions
    assert (asked.answer.key, asked.decides) == ("street", True)


def test_open_question_names_the_answers_that_rule_out_the_leader() -> None:
    noise, wait = result_context(heated(OPEN))["analysis"].open_questions[:2]
    assert (noise.forbids, [row.key for row in noise.forbidden]) == (("It is strict",), ["pump"])
    assert (wait.forbids, wait.forbidden) == ((), ())


@pytest.mark.parametrize(
    ("street", "air", "walls", "hands"),
    [*product(["pipe", "none"], ["free", "limited"], ["good", "poor"], ["somebody", "nobody"])],
)
def test_no_reason_stands_on_both_sides(street, air, walls, hands) -> None:
    answers = {"street": street, "neighbours": "close", "noise": "lax"}
    made = heated({**answers, "air": air, "walls": walls, "hands": hands})
    analysis = result_context(made)["analysis"]
    for row in analysis.reasons:
        assert not keys(row.speak_for) & keys(row.speak_against)
    lead = analysis.leads[0]
    assert not keys(lead.decisive or ()) & keys(lead.counter_given)


def test_answer_that_takes_more_from_the_second_is_decisive_for_the_lead() -> None:
    changed = data()
    poor = changed["sections"][1]["questions"][1]["choices"][1]["evidence"]
    poor["pellets"] = {"value": -1, "reason": "It takes many sacks.", "basis": "practice"}
    del poor["district, pellets"]
    answers = {"street": "none", "neighbours": "far", "noise": "lax", "air": "free"}
    made = heated({**answers, "walls": "poor", "hands": "nobody"}, questionnaire=changed)
    analysis = result_context(made)["analysis"]
    lead = analysis.leads[0]
    assert (lead.ahead.key, lead.behind.key) == ("pellets", "pump")
    assert keys(lead.decisive) == {"air", "walls"}
    assert keys(analysis.reasons[0].speak_against) == {"walls"}


def keys(reasons) -> set[str]:
    return {reason.answer.key for reason in reasons}


@pytest.mark.parametrize("made", [heated(PELLETS, method="mavt-1"), heated(STOVE, method="mavt-1")])
def test_reports_of_the_first_method_have_none_of_it(made) -> None:
    context = result_context(made)
    requirements, view = context["requirements"], context["view"]
    analysis = context["analysis"]
    assert (requirements.rows, requirements.conditions, requirements.alternatives) == ((), (), ())
    assert (analysis.layers, analysis.swings) == ((), ())
    assert (view.conditional, view.verdict.on_scale) == ((), False)
    assert all(row.forbids == () for row in context["analysis"].open_questions)


def test_requirement_that_is_not_met_has_its_quotations() -> None:
    quiet = requirements_of(heating.QUIET).rows[1]
    (pump,) = (cell for cell in quiet.cells if cell.alternative.key == "pump")
    assert (pump.status, pump.statement.reason) == ("not_met", "The fan is heard.")
    assert [quotation.key for quotation in pump.statement.quotations] == ["flow-cold"]


def test_conditions_are_those_of_one_alternative() -> None:
    found = requirements_of(heating.CONDITIONAL)
    assert [row.sentence for row in found.conditions_of("pellets")] == [
        "No smoke: The boiler has a particle filter."
    ]
    assert found.conditions_of("pump") == ()


@pytest.mark.parametrize("answers", [heating.CONDITIONAL, heating.QUIET, PELLETS, STOVE])
def test_conditions_of_what_is_recommended_are_those_of_the_document(answers) -> None:
    made = heated(answers)
    found = present_requirements(made, present_report(made))
    assert found.conditions == found.conditions_of(made.result.recommendation)


def test_condition_of_an_open_requirement_says_that_it_is() -> None:
    found = requirements_of({**heating.CONDITIONAL, "air": "unknown"})
    assert [row.sentence for row in found.conditions_of("pellets")] == [
        "No smoke (if it has to be met): The boiler has a particle filter."
    ]


def test_shares_of_a_layer_stand_on_one_line_the_largest_first() -> None:
    assert [row.line for row in analysis_of(heating.QUIET).layers] == [
        "Where the heat comes from: A fire in the house 100%.",
        "Who is paid: A fuel dealer 100%.",
    ]


def test_alternatives_that_rules_take_out_say_why() -> None:
    view = present_report(heating.report(**heating.OPEN))
    assert {row.alternative.key: row.reasons for row in view.ruled_out} == {
        "district": ("No pipe passes the house.",),
        "stove": ("Logs smoke.",),
    }
    assert [(row.alternative.key, row.may_be_ruled_out) for row in view.ranking] == [
        ("pump", True),
        ("pellets", False),
    ]
    markup = ranking_chart(view).markup
    assert "Wood stove: ruled out, Logs smoke." in markup
    assert "Heat pump: 54.4 (48.8\u201360.0), could still be ruled out" in markup


def test_every_alternative_has_a_breakdown_ranked_conditional_and_out() -> None:
    view = present_report(heating.report(**heating.QUIET))
    assert [(row.alternative.key, row.ruled_out) for row in view.breakdowns] == [
        ("pellets", False),
        ("district", False),
        ("pump", True),
        ("stove", True),
    ]
