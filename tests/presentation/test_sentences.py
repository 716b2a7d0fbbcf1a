"""How sure the result is, in the sentences of a PDF."""

from __future__ import annotations

from dataclasses import replace

from django.template.loader import render_to_string

from decider.presentation import sentences
from decider.presentation.analysis import present_analysis
from decider.presentation.report import present_report
from tests import heating
from tests.presentation.builders import document


def analysed(*args):
    made = document(*args)
    view = present_report(made)
    return view, present_analysis(made, view)


VIEW, ANALYSIS = analysed()
CHANGE = "Q1 \u201cMore than four\u201d instead of \u201cUp to four\u201d"


def test_section_without_weight_is_left_out_of_what_is_claimed_of_the_weights() -> None:
    answers = {"how-many": "few", "guests": "never", "minutes": "short", "rain": "wet"}
    made = document(answers, weights={"people": 100, "time": 0})
    found = present_analysis(made, present_report(made))
    assert found.intervals[1].above[0].key == "canteen"
    assert sentences.tolerance(found) == (
        "However far off the weights are, the first place holds as long as sections without"
        " weight get none."
    )


def test_tolerance_below_everything_names_who_draws_level() -> None:
    limited = replace(ANALYSIS, tolerance=replace(ANALYSIS.tolerance, percent=28))
    assert sentences.tolerance(limited) == (
        "\u201cThe canteen\u201d and \u201cA restaurant\u201d could tie for first if section"
        " weights are wrong by more than 28%."
    )


def test_tolerance_of_less_than_a_percent_is_no_zero() -> None:
    thin = replace(ANALYSIS, tolerance=replace(ANALYSIS.tolerance, percent=0))
    assert sentences.tolerance(thin) == (
        "\u201cThe canteen\u201d and \u201cA restaurant\u201d could tie for first if section"
        " weights are wrong by 1%."
    )


def test_change_of_an_open_question_replaces_nothing() -> None:
    (change,) = ANALYSIS.flips[0].changes
    flip = replace(ANALYSIS.flips[0], changes=(replace(change, before=""),))
    assert sentences.flips(replace(ANALYSIS, flips=(flip,))) == [
        "Q1 \u201cMore than four\u201d (not answered yet): The canteen would come first."
    ]
    hidden = replace(flip, changes=(replace(change, before="", number=None),))
    assert sentences.flips(replace(ANALYSIS, flips=(hidden,))) == [
        "How many people eat together? \u201cMore than four\u201d (not asked yet):"
        " The canteen would come first."
    ]


def test_several_leaders_stand_in_quotation_marks() -> None:
    tied = replace(ANALYSIS.flips[0], leaders=tuple(row.alternative for row in VIEW.ranking[:2]))
    assert sentences.flips(replace(ANALYSIS, flips=(tied,))) == [
        f"{CHANGE}: \u201cA picnic in the park across the river\u201d and"
        " \u201cA restaurant\u201d would come first."
    ]


def test_flip_to_nobody_says_that_nothing_would_be_left() -> None:
    nobody = replace(ANALYSIS, flips=(replace(ANALYSIS.flips[0], leaders=()),))
    assert sentences.flips(nobody) == [f"{CHANGE}: no alternative would be left."]


def test_flips_beyond_their_number_are_counted() -> None:
    many = replace(ANALYSIS, flips=ANALYSIS.flips * 12)
    assert sentences.flips(many)[-1] == "6 more, in the attached report.json."
    assert len(sentences.flips(many)) == 7


def test_where_no_single_answer_flips_the_smallest_set_is_told() -> None:
    stable = replace(ANALYSIS, flips=())
    assert sentences.flips(stable) == [
        f"No single answer. The fewest together: {CHANGE}: The canteen would come first."
    ]


def test_set_that_may_not_be_the_smallest_is_not_called_so() -> None:
    flip = replace(ANALYSIS.smallest_flip, at_least=2)
    stable = replace(ANALYSIS, flips=(), smallest_flip=flip)
    assert sentences.flips(stable) == [
        f"No single answer. Together (it takes at least 2): {CHANGE}: The canteen would come first."
    ]
    page = render_to_string("presentation/_change.html", {"analysis": stable})
    assert "These 1 together do; at least 2 are needed." in page
    proven = replace(ANALYSIS, flips=())
    page = render_to_string("presentation/_change.html", {"analysis": proven})
    assert "It takes at least 1 together." in page


def test_truths_list_the_answers_that_would_make_another_win() -> None:
    assert sentences.paths_to_win(ANALYSIS) == [
        "The canteen: Q1 \u201cMore than four\u201d.",
        "A restaurant: Q2 \u201cGuests come every week\u201d and Q4 \u201cMostly wet\u201d.",
    ]


def test_truth_of_many_answers_is_only_counted() -> None:
    (change,) = ANALYSIS.paths_to_win[0].changes
    far = replace(
        ANALYSIS, paths_to_win=(replace(ANALYSIS.paths_to_win[0], changes=(change,) * 6),)
    )
    assert sentences.paths_to_win(far) == [
        "The canteen: 6 other answers, in the attached report.json."
    ]


def test_truth_that_was_not_found_says_more_than() -> None:
    lost = replace(
        ANALYSIS, paths_to_win=(replace(ANALYSIS.paths_to_win[0], at_least=4, changes=None),)
    )
    assert sentences.paths_to_win(lost) == ["The canteen: at least 4 other answers."]


def test_deciding_question_says_who_would_lead_with_each_answer() -> None:
    _, analysis = analysed({"minutes": "long"})
    assert sentences.deciding(analysis)[0].startswith(
        "Q1, How many people eat together? \u201cUp to four\u201d (50%): "
    )


def test_worth_of_a_deciding_question_follows_its_answers() -> None:
    _, analysis = analysed({"minutes": "long"})
    first = analysis.open_questions[0]
    one = replace(analysis, open_questions=(replace(first, value=2.06),))
    assert sentences.deciding(one)[0].endswith(". Worth 2.1 points.")
    little = replace(analysis, open_questions=(replace(first, value=0.04),))
    assert sentences.deciding(little)[0].endswith(". Worth less than 0.1 points.")
    none = replace(analysis, open_questions=(replace(first, value=0.0),))
    assert "Worth" not in sentences.deciding(none)[0]


SEVERAL = (
    "None of these answers changes what comes first by itself. Several together, a question that"
    " they bring up, or \u201cDoes not apply\u201d still can."
)
WORTH = (
    "Worth: how many points the best choice gains on average, by the chances shown, if the answer"
    " is known first."
)


def test_open_answers_that_change_what_comes_first_only_together_are_told() -> None:
    together = replace(ANALYSIS, necessary=False, can_change=True)
    assert sentences.deciding(together) == [
        "Q4, What is the weather like on a usual day? Moves the lead by up to 13.3 points."
    ]
    assert sentences.finding_out(together) == SEVERAL
    still = replace(together, open_questions=(replace(together.open_questions[0], swing=0.0),))
    assert sentences.deciding(still) == ["Q4, What is the weather like on a usual day?"]


def test_open_answers_that_change_nothing_are_not_worth_finding_out() -> None:
    assert ANALYSIS.necessary
    assert sentences.deciding(ANALYSIS) == []
    assert sentences.finding_out(ANALYSIS) == (
        "The open questions can\u2019t change first place. Changing one answer given would."
    )


def test_unanswered_questions_that_change_nothing_are_told_from_unknown_ones_that_can() -> None:
    _, analysis = analysed({"minutes": "long"})
    assert sentences.finding_out(analysis) == WORTH
    settled = replace(analysis, settled=True)
    assert sentences.finding_out(settled) == (
        "The unanswered questions can\u2019t change first place; what is answered"
        f" \u201cI don\u2019t know\u201d can. {WORTH}"
    )
    unknown = tuple(
        replace(row, answer=replace(row.answer, status="unknown"))
        for row in analysis.open_questions
    )
    assert sentences.finding_out(replace(settled, open_questions=unknown)) == WORTH


def test_tie_that_may_be_final_is_not_said_to_change() -> None:
    still = replace(ANALYSIS, necessary=False, can_change=False)
    assert (sentences.finding_out(still), sentences.deciding(still)) == ("", [])


def test_lead_over_the_second_says_what_decides_it() -> None:
    restaurant, canteen = (row.alternative for row in VIEW.ranking[1:])
    assert sentences.lead_over_second(ANALYSIS, restaurant) == (
        "A picnic in the park across the river: 15.0 points ahead of A restaurant; open answers"
        " leave +8.3 to +21.7. Nothing speaks against that."
    )
    assert sentences.lead_over_second(ANALYSIS, canteen).endswith(
        "Q1 outweighs all that is against it (open questions)."
    )


def test_wrong_ratings_are_counted() -> None:
    assert sentences.wrong_steps(ANALYSIS) == (
        "It takes 2 ratings of the given answers, each one step wrong, for A restaurant to draw"
        " level."
    )
    one = replace(ANALYSIS, wrong_steps=replace(ANALYSIS.wrong_steps, count=1))
    assert sentences.wrong_steps(one) == (
        "One rating that is one step wrong can bring A restaurant level."
    )


def test_answers_that_would_rule_the_first_out_are_named_with_their_question() -> None:
    made = heating.report(**heating.OPEN)
    analysis = present_analysis(made, present_report(made))
    assert sentences.deciding(analysis) == [
        "Q3, What does the town say about noise? \u201cIt is strict\u201d (50%): Pellet boiler;"
        " \u201cIt says nothing\u201d (50%): Heat pump. Worth 5.0 points."
        " \u201cIt is strict\u201d would rule out Heat pump."
    ]
    (row,) = analysis.open_questions
    two = replace(row, forbids=("A", "B"), forbidden=tuple(a.alternative for a in analysis.reasons))
    assert sentences.forbidding(two) == (
        "\u201cA\u201d or \u201cB\u201d would rule out one of \u201cHeat pump\u201d,"
        " \u201cPellet boiler\u201d, \u201cDistrict heating\u201d and \u201cWood stove\u201d."
    )
    assert sentences.forbidding(replace(row, forbids=())) == ""


def test_no_question_that_could_rule_the_first_out_is_left_unsaid() -> None:
    made = heating.report(**heating.OPEN)
    analysis = present_analysis(made, present_report(made))
    (row,) = analysis.open_questions
    many = replace(analysis, open_questions=(*[replace(row, forbids=())] * 7, row))
    lines = sentences.deciding(many)
    assert [line.endswith("would rule out Heat pump.") for line in lines] == [False] * 5 + [True]
