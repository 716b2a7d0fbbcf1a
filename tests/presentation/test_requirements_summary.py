"""What has to be met, and what is an alternative on a condition only."""

from __future__ import annotations

from decider.presentation.charts import ranking_chart
from decider.presentation.report import present_report
from decider.presentation.requirements_summary import (
    RequirementsSummary,
    present_requirements,
    scale,
)
from tests import heating
from tests.presentation.builders import document


def summary_of(found) -> RequirementsSummary:
    return present_requirements(found, present_report(found))


def standings(summary: RequirementsSummary) -> dict[str, dict[str, str]]:
    return {
        row.title: {standing.alternative.key: standing.words for standing in row.standings}
        for row in summary.requirements
    }


def test_requirements_say_how_each_alternative_stands_to_them() -> None:
    summary = summary_of(heating.report(**heating.OPEN))
    assert standings(summary) == {
        "No smoke": {
            "pump": "Met",
            "pellets": "On a condition",
            "district": "Met",
            "stove": "Not met",
        },
        "Nothing to hear outside": {
            "pump": "Open",
            "pellets": "Met",
            "district": "Met",
            "stove": "Met",
        },
    }
    assert [(row.open, [q.key for q in row.questions]) for row in summary.requirements] == [
        (False, ["neighbours", "air"]),
        (True, ["noise"]),
    ]


def test_standing_has_its_reason_and_quotations() -> None:
    quiet = summary_of(heating.report(**heating.QUIET)).requirements[1]
    (pump,) = (row for row in quiet.standings if row.alternative.key == "pump")
    assert (pump.status, pump.reason, pump.condition) == ("not_met", "The fan is heard.", "")
    assert [quotation.key for quotation in pump.quotations] == ["flow-cold"]


def test_conditions_are_those_of_one_alternative() -> None:
    summary = summary_of(heating.report(**heating.CONDITIONAL))
    assert [row.sentence for row in summary.conditions("pellets")] == [
        "No smoke: The boiler has a particle filter."
    ]
    assert summary.conditions("pump") == ()


def test_condition_of_an_open_requirement_says_that_it_is() -> None:
    summary = summary_of(heating.report(**{**heating.CONDITIONAL, "air": "unknown"}))
    assert [row.sentence for row in summary.conditions("pellets")] == [
        "No smoke (if it has to be met): The boiler has a particle filter."
    ]


def test_conditional_alternative_has_its_condition_points_and_open_questions() -> None:
    found = heating.report(**heating.CONDITIONAL)
    (row,) = summary_of(found).conditional
    assert (row.alternative.key, row.points, row.condition) == (
        "district",
        found["result"]["conditional"][0]["points"],
        "a pipe is laid in the street",
    )
    assert [answer.key for answer in row.questions] == ["street"]


def test_shares_of_a_layer_stand_on_one_line_the_largest_first() -> None:
    found = heating.report(**heating.QUIET)
    assert [row.line for row in summary_of(found).layers] == [
        "Where the heat comes from: A fire in the house 100%; From outside the house 0%.",
        "Who is paid: A fuel dealer 100%; The power company 0%; The network 0%.",
    ]


def test_word_stands_on_a_scale_of_four_but_not_in_mavt_1() -> None:
    view = present_report(heating.report(**heating.CONDITIONAL))
    assert scale(view) == (
        "\u201cLeaning\u201d is the third of four steps: Strong, Favoured, Leaning,"
        " No clear winner."
    )
    assert scale(present_report({**document(), "method": "mavt-1"})) == ""
    assert scale(present_report(document({}))) == ""


def test_report_without_these_parts_has_none_of_them() -> None:
    found = document()
    for part in ("requirements", "conditional", "candidates", "conditions", "layers"):
        del found["result"][part]
    assert summary_of(found) == RequirementsSummary((), (), ())


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
