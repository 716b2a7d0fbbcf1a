"""The analysis of a result joined up for templates."""

from __future__ import annotations

import pytest

from decider.presentation.analysis import present_analysis
from decider.presentation.report import present_report
from tests.presentation.builders import NOTHING_LEFT, changed, document


def analysis(*args):
    made = document(*args)
    return present_analysis(made, present_report(made))


VIEW = analysis()


def test_reasons_name_answers_and_evidence() -> None:
    picnic = VIEW.reasons[0]
    assert [(r.answer.label, r.points) for r in picnic.speak_for] == [
        ("Up to four", 22.5),
        ("An hour or more", 6.7),
    ]
    assert picnic.speak_for[0].evidence.reason == "One blanket is enough."
    assert picnic.speak_against == ()


def test_open_answer_is_no_reason() -> None:
    made = document()
    assert [row.question for row in made.result.reasons["canteen"].speak_for] == ["rain"]
    assert VIEW.reasons[2].speak_for == ()


def test_lead_adds_up_and_names_what_decides_it() -> None:
    lead = next(lead for lead in VIEW.leads if lead.behind.key == "canteen")
    assert (lead.points, lead.low, lead.high) == (34.2, 25.8, 42.5)
    assert [(part.title, part.points) for part in lead.sections] == [
        ("People", 22.5),
        ("Time and weather", 11.7),
    ]
    assert [(reason.answer.key, reason.points) for reason in lead.decisive] == [("how-many", 22.5)]
    assert [reason.answer.key for reason in lead.counter] == ["rain"]
    assert lead.counter_given == ()
    assert [[part.answer.key for part in section.questions] for section in lead.sections] == [
        ["how-many"],
        ["minutes", "rain"],
    ]


def test_leads_come_in_the_order_of_the_ranking() -> None:
    assert [lead.behind.key for lead in VIEW.leads] == ["restaurant", "canteen"]


def test_lead_that_takes_open_questions_names_none_that_decide_it() -> None:
    first = "result.differences.0"
    figures = {f"{first}.decisive": ["how-many"], f"{first}.counter": ["minutes"]}
    made = changed(document({"minutes": "long"}), figures)
    leads = present_analysis(made, present_report(made)).leads
    behind = made.result.differences[0].behind
    lead = next(lead for lead in leads if lead.behind.key == behind)
    assert lead.decisive is None
    assert [reason.answer.key for reason in lead.counter_given] == ["minutes"]


@pytest.mark.parametrize("value", [None, "unknown"])
def test_where_no_answer_is_known_only_open_questions_are_left(value) -> None:
    view = analysis(dict.fromkeys(["how-many", "minutes", "rain"], value) if value else {})
    assert (view.leads, view.flips, view.smallest_flip, view.paths_to_win) == ((), (), None, ())
    assert (view.chances, view.alone, view.intervals) == ((), {}, ())
    assert (view.tolerance, view.wrong_steps) == (None, None)
    assert {(reasons.speak_for, reasons.speak_against) for reasons in view.reasons} == {((), ())}
    assert len(view.open_questions) == 3


def test_flip_says_which_answer_would_have_to_be_which() -> None:
    (flip,) = VIEW.flips
    (change,) = flip.changes
    assert (change.number, change.question) == (1, "How many people eat together?")
    assert (change.before, change.after) == ("Up to four", "More than four")
    assert [alternative.name for alternative in flip.leaders] == ["The canteen"]
    assert VIEW.smallest_flip == flip


def test_flip_says_how_many_answers_it_takes_where_fewer_might_do():
    made = changed(document(), {"result.flips.smallest.at_least": 1})
    found = present_analysis(made, present_report(made))
    assert (VIEW.smallest_flip.at_least, found.smallest_flip.at_least) == (None, 1)


def test_path_to_win_through_an_unknown_answer_says_so() -> None:
    restaurant = next(path for path in VIEW.paths_to_win if path.alternative.key == "restaurant")
    assert [(change.before, change.after) for change in restaurant.changes] == [
        ("Nobody from outside comes", "Guests come every week"),
        ("I don\u2019t know", "Mostly wet"),
    ]


def test_open_question_tells_who_would_lead() -> None:
    (rain,) = VIEW.open_questions
    assert (rain.answer.key, rain.value, rain.swing, rain.decides) == ("rain", 0.0, 13.3, False)
    assert [(p.label, p.chance, p.leaders[0].key) for p in rain.possibilities] == [
        ("Mostly dry", 0.5, "picnic"),
        ("Mostly wet", 0.5, "picnic"),
    ]


def test_unanswered_question_that_can_turn_the_result_decides() -> None:
    questions = {q.answer.key: q for q in analysis({"minutes": "long"}).open_questions}
    assert questions["how-many"].decides


def test_chances_come_in_the_order_of_the_ranking_and_add_up() -> None:
    assert [chance.alternative.key for chance in VIEW.chances] == [
        "picnic",
        "restaurant",
        "canteen",
    ]
    assert round(sum(chance.first for chance in VIEW.chances), 3) == 1.0
    assert VIEW.chances[0].ranks[0] == VIEW.chances[0].first
    assert VIEW.chances[0].at_least < VIEW.chances[0].first


HEAVY = {"people": 100, "time": 0}
RAINED_ON = {"how-many": "few", "guests": "never", "minutes": "short", "rain": "wet"}


def test_weights_that_turn_the_result_name_who_takes_over() -> None:
    made = document(RAINED_ON, weights=HEAVY)
    people, time = present_analysis(made, present_report(made)).intervals
    assert (time.low, time.high, time.free, people.free) == (0.0, 64.2, False, True)
    assert [alternative.key for alternative in time.above] == ["canteen"]


def test_nobody_takes_over_beyond_the_end_of_the_scale() -> None:
    assert document().result.stability[0].below == ("restaurant",)
    people, _ = VIEW.intervals
    assert (people.low, people.high, people.free) == (0.0, 100.0, True)


@pytest.mark.parametrize("weight", range(1, 60, 7))
def test_lead_is_the_difference_of_the_points_shown(weight) -> None:
    made = document(weights={"people": weight})
    view = present_report(made)
    shown = {row.alternative.key: [part.points for part in row.sections] for row in view.breakdowns}
    for lead in present_analysis(made, view).leads:
        pairs = zip(shown[lead.ahead.key], shown[lead.behind.key], strict=True)
        assert [part.points for part in lead.sections] == [round(a - b, 1) for a, b in pairs]
        assert round(sum(part.points for part in lead.sections), 1) == lead.points


def test_share_of_draws_that_rule_an_alternative_out_is_shown() -> None:
    open_view = analysis({"guests": "never", "minutes": "long"})
    assert [(c.alternative.key, c.ruled_out) for c in open_view.chances] == [
        ("restaurant", 0.0),
        ("picnic", 0.501),
        ("canteen", 0.0),
    ]
    assert open_view.some_ruled_out
    assert not VIEW.some_ruled_out


def can_change(*args):
    return analysis(*args).can_change


def test_open_answers_can_change_what_comes_first_unless_it_is_necessary() -> None:
    assert not can_change()
    assert can_change({"minutes": "long"})
    assert can_change({})
    assert not can_change({"how-many": "few", "guests": "never", "minutes": "long", "rain": "dry"})


def test_unknown_answers_that_decide_nothing_alone_can_change_it_together() -> None:
    made = changed(document(), {"result.wording.necessary": False})
    assert present_analysis(made, present_report(made)).can_change


def test_tie_can_change_where_an_open_answer_parts_the_tied() -> None:
    result = document().result
    both = [row.alternative for row in result.ranking[:2]]
    leaders = {
        f"result.information.{i}.answers.{j}.leaders": both
        for i, row in enumerate(result.information)
        for j, _ in enumerate(row.answers)
    }
    ranks = {"result.ranking.0.rank": 1, "result.ranking.1.rank": 1}
    made = changed(document(), {**ranks, **leaders})
    assert present_analysis(made, present_report(made)).can_change
    ends = [f"result.differences.{i}.{end}" for i in (0, 1) for end in ("low", "high")]
    made = changed(made, dict.fromkeys(ends, 0.0))
    assert not present_analysis(made, present_report(made)).can_change


def test_nothing_is_analysed_where_nothing_is_left() -> None:
    view = analysis(NOTHING_LEFT)
    assert (view.leads, view.chances, view.intervals) == ((), (), ())
    assert (view.tolerance, view.wrong_steps, view.alone) == (None, None, {})
