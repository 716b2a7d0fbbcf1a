"""The analysis of a result joined up for templates."""

from __future__ import annotations

from decider.rendering.analysis_view import view_analysis
from decider.rendering.report_view import view_report
from tests.rendering.builders import NOTHING_LEFT, document


def analysis(*args):
    made = document(*args)
    return view_analysis(made, view_report(made))


VIEW = analysis()


def test_reasons_name_answers_and_evidence() -> None:
    picnic = VIEW.reasons[0]
    assert [(r.answer.label, r.points) for r in picnic.speak_for] == [
        ("Up to four", 22.5),
        ("An hour or more", 6.7),
    ]
    assert picnic.speak_for[0].evidence.reason == "One blanket is enough."
    assert picnic.speak_against == ()


def test_reason_of_an_open_answer_has_no_evidence() -> None:
    canteen = VIEW.reasons[2]
    assert [(r.answer.key, r.evidence) for r in canteen.speak_for] == [("rain", None)]


def test_lead_adds_up_and_names_what_decides_it() -> None:
    lead = next(lead for lead in VIEW.leads if lead.behind.key == "canteen")
    assert (lead.points, lead.low, lead.high) == (34.2, 25.8, 42.5)
    assert [(part.title, part.points) for part in lead.sections] == [
        ("People", 22.5),
        ("Time and weather", 11.7),
    ]
    assert [answer.key for answer in lead.decisive] == ["how-many"]
    assert [answer.key for answer in lead.counter] == ["rain"]


def test_flip_says_which_answer_would_have_to_be_which() -> None:
    (flip,) = VIEW.flips
    (change,) = flip.changes
    assert (change.number, change.question) == (1, "How many people eat together?")
    assert (change.before, change.after) == ("Up to four", "More than four")
    assert [alternative.name for alternative in flip.leaders] == ["The canteen"]
    assert VIEW.smallest_flip == flip


def test_truth_of_an_unknown_answer_says_so() -> None:
    restaurant = next(truth for truth in VIEW.truths if truth.alternative.key == "restaurant")
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


def test_weights_that_turn_the_result_name_who_takes_over() -> None:
    people, time = VIEW.intervals
    assert (people.low, people.high, people.free) == (0.0, 100.0, False)
    assert [alternative.key for alternative in people.below] == ["restaurant"]
    assert time.free


def test_nothing_is_analysed_where_nothing_is_left() -> None:
    view = analysis(NOTHING_LEFT)
    assert (view.leads, view.chances, view.intervals) == ((), (), ())
    assert (view.tolerance, view.wrong_steps, view.alone) == (None, None, {})
