"""A report document joined up for templates."""

from __future__ import annotations

import pytest

from decider.presentation.report import present_report
from tests.presentation.builders import RULED_OUT, document


@pytest.fixture
def view():
    return present_report(document(notes={"minutes": "Fifty, with the walk."}))


def test_ranking_names_alternatives_and_marks_the_leader(view) -> None:
    assert [(row.rank, row.alternative.name, row.leads) for row in view.ranking] == [
        (1, "A picnic in the park across the river", True),
        (2, "A restaurant", False),
        (3, "The canteen", False),
    ]


def test_contributions_add_up_to_the_points_shown(view) -> None:
    for breakdown in view.breakdowns:
        sections = [round(part.points * 10) for part in breakdown.sections]
        questions = [
            round(part.points * 10) for section in breakdown.sections for part in section.questions
        ]
        assert round(breakdown.base * 10) + sum(sections) == round(breakdown.points * 10)
        assert sum(questions) == sum(sections)


def test_breakdowns_come_in_the_order_of_the_ranking_and_then_the_ruled_out() -> None:
    view = present_report(document({**RULED_OUT, "minutes": "long"}))
    ranked = [row.alternative.key for row in view.ranking]
    out = [row.alternative.key for row in view.ruled_out]
    assert out == ["picnic"]
    assert [row.alternative.key for row in view.breakdowns] == ranked + out
    assert [row.ruled_out for row in view.breakdowns] == [False, False, True]


def test_answer_carries_its_label_note_and_evidence_with_quotations(view) -> None:
    answer = view.answers[2]
    assert (answer.number, answer.question, answer.label, answer.note) == (
        3,
        "How long is the break?",
        "An hour or more",
        "Fifty, with the walk.",
    )
    assert [(e.alternative.key, e.value) for e in answer.evidence] == [
        ("picnic", 1),
        ("restaurant", 1),
        ("canteen", -1),
    ]


def test_quotations_of_question_and_evidence_come_once_with_their_source(view) -> None:
    answer = view.answers[0]
    assert [q.key for q in answer.quotations] == ["queue", "bench"]
    assert [q.source.citation for q in answer.quotations] == [
        "Ada Ladle, Lunch, considered, The Weekly Plate, 2019",
        "Bo Basket, Against kitchens",
    ]


@pytest.mark.parametrize(
    ("value", "status", "label"),
    [
        ("unknown", "unknown", "I don\u2019t know"),
        ("n/a", "n/a", "Does not apply"),
        (None, "unanswered", "Not answered"),
    ],
)
def test_open_answers_are_told_apart(value, status, label) -> None:
    answers = {"how-many": "few", **({"rain": value} if value else {})}
    rain = next(a for a in present_report(document(answers)).answers if a.key == "rain")
    assert (rain.status, rain.label, rain.evidence) == (status, label, ())
    assert [q.key for q in rain.quotations] == ["warm", "bench"]


def test_question_that_was_not_asked_is_left_out() -> None:
    asked = [answer.key for answer in present_report(document(RULED_OUT)).answers]
    assert asked == ["how-many", "minutes", "rain"]


def test_veto_names_the_answer_behind_it() -> None:
    (row,) = present_report(document({**RULED_OUT, "minutes": "long"})).ruled_out
    (veto,) = row.vetoes
    assert (veto.answer.label, veto.reason) == (
        "More than four",
        "The park allows four to a bench.",
    )


def test_disagreement_says_which_side_the_case_takes() -> None:
    (item,) = present_report(document({**RULED_OUT, "rain": "dry"})).disagreements
    assert (item.side, item.a.taken, item.b.taken) == ("b", False, True)
    assert [q.text for q in item.b.quotations] == [
        "Nobody ever regretted a sandwich on a bench in the sun."
    ]


def test_conflict_names_its_answers() -> None:
    (conflict,) = present_report(document(RULED_OUT)).conflicts
    assert conflict.message.startswith("A large group")
    assert [answer.key for answer in conflict.answers] == ["how-many", "minutes"]


def test_weights_are_those_used() -> None:
    people, time = present_report(document(weights={"people": 10})).sections
    assert (people.weight, time.weight) == (10, 40)


def test_way_ahead_is_that_of_the_leaders() -> None:
    assert [row.key for row in present_report(document()).roads] == ["picnic"]


@pytest.mark.parametrize("value", [None, "n/a"])
def test_where_nothing_sets_the_alternatives_apart_no_way_ahead_is_shown(value) -> None:
    keys = ["how-many", "minutes", "rain"]
    view = present_report(document(dict.fromkeys(keys, value) if value else {}))
    assert view.leaders
    assert view.roads == ()
