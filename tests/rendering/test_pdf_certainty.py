"""How sure the result is, in the sentences of a PDF."""

from __future__ import annotations

from dataclasses import replace

from decider.rendering import pdf_certainty
from decider.rendering.analysis_view import view_analysis
from decider.rendering.report_view import view_report
from tests.rendering.builders import document


def analysed(*args):
    made = document(*args)
    view = view_report(made)
    return view, view_analysis(made, view)


VIEW, ANALYSIS = analysed()
CHANGE = "Q1 \u201cMore than four\u201d instead of \u201cUp to four\u201d"


def test_first_page_names_the_smallest_change_and_the_weights() -> None:
    assert pdf_certainty.in_short(ANALYSIS) == [
        f"{CHANGE}: The canteen leads.",
        "No change of the weights alone brings another alternative to the top.",
    ]


def test_first_page_names_the_question_to_find_out_next() -> None:
    _, analysis = analysed({"minutes": "long"})
    assert pdf_certainty.in_short(analysis)[-1] == (
        "Find out next: Q1, How many people eat together?"
    )


def test_tolerance_below_everything_names_who_draws_level() -> None:
    limited = replace(ANALYSIS, tolerance=replace(ANALYSIS.tolerance, percent=28))
    assert pdf_certainty.tolerance(limited) == (
        "The first place holds while no section\u2019s weight is off by more than 28% of"
        " itself; beyond that The canteen and A restaurant can draw level."
    )


def test_flip_to_nobody_says_that_nothing_would_be_left() -> None:
    nobody = replace(ANALYSIS, flips=(replace(ANALYSIS.flips[0], leaders=()),))
    assert pdf_certainty.flips(nobody) == [f"{CHANGE}: no alternative would be left."]


def test_flips_beyond_their_number_are_counted() -> None:
    many = replace(ANALYSIS, flips=ANALYSIS.flips * 12)
    assert pdf_certainty.flips(many)[-1] == "6 more, in the attached report.json."
    assert len(pdf_certainty.flips(many)) == 7


def test_where_no_single_answer_flips_the_smallest_set_is_told() -> None:
    stable = replace(ANALYSIS, flips=())
    assert pdf_certainty.flips(stable) == [
        f"No single answer. The fewest together: {CHANGE}: The canteen leads."
    ]


def test_truths_list_the_answers_that_would_make_another_win() -> None:
    assert pdf_certainty.truths(ANALYSIS) == [
        "The canteen: Q1 \u201cMore than four\u201d.",
        "A restaurant: Q2 \u201cGuests come every week\u201d and Q4 \u201cMostly wet\u201d.",
    ]


def test_truth_of_many_answers_is_only_counted() -> None:
    (change,) = ANALYSIS.truths[0].changes
    far = replace(ANALYSIS, truths=(replace(ANALYSIS.truths[0], changes=(change,) * 4),))
    assert pdf_certainty.truths(far) == ["The canteen: 4 other answers."]


def test_truth_that_was_not_found_says_more_than() -> None:
    lost = replace(ANALYSIS, truths=(replace(ANALYSIS.truths[0], at_least=4, changes=None),))
    assert pdf_certainty.truths(lost) == ["The canteen: more than 3 other answers."]


def test_deciding_question_says_who_would_lead_with_each_answer() -> None:
    _, analysis = analysed({"minutes": "long"})
    assert pdf_certainty.deciding(analysis)[0].startswith(
        "Q1, How many people eat together? \u201cUp to four\u201d: "
    )


def test_lead_over_the_second_says_what_decides_it() -> None:
    restaurant, canteen = (row.alternative for row in VIEW.ranking[1:])
    assert pdf_certainty.lead_over_second(ANALYSIS, restaurant) == (
        "A picnic in the park across the river is 15.0 points ahead of A restaurant; open answers"
        " leave +8.3 to +21.7. Nothing speaks against that."
    )
    assert pdf_certainty.lead_over_second(ANALYSIS, canteen).endswith(
        "Q1 outweighs all that is against it (Q4)."
    )


def test_wrong_ratings_are_counted() -> None:
    assert pdf_certainty.wrong_steps(ANALYSIS) == (
        "At least 2 ratings of the given answers would have to be one step wrong before"
        " A restaurant draws level."
    )
