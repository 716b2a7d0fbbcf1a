"""What a result comes to in a few lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decider.presentation.analysis import present_analysis
from decider.presentation.answers import Reason
from decider.presentation.brief import missing_answers, present_brief, scale
from decider.presentation.report import Argument, SectionPart, present_report
from tests import heating
from tests.presentation.builders import NOTHING_LEFT, RULED_OUT, document

RECORD = [
    ("No clear winner", "22 of 41"),
    ("Leaning", "60 of 82"),
    ("Favoured", "21 of 21"),
    ("Strong", "11 of 11"),
]


def parts(made):
    view = present_report(made)
    return view, present_analysis(made, view)


def brief(made, *to_confirm):
    return present_brief(*parts(made), to_confirm)


def texts(lines):
    return [(line.text, [answer.number for answer in line.answers]) for line in lines]


USUAL = brief(document())
PELLETS = brief(heating.report(**heating.CONDITIONAL), "No smoke: a filter.")
PUMP = brief(heating.report(**heating.OPEN))


def test_recommendation_is_the_headline_with_what_it_depends_on() -> None:
    assert (USUAL.kicker, USUAL.headline) == (
        "Recommended",
        "A picnic in the park across the river",
    )
    assert (USUAL.provisos, USUAL.to_confirm) == ((), ())
    assert PELLETS.headline == "Pellet boiler"
    assert PELLETS.provisos == (
        "If a pipe is laid in the street, District heating would move ahead.",
    )
    assert PELLETS.to_confirm == ("No smoke: a filter.",)


def test_what_is_conditional_with_fewer_points_would_not_move_ahead() -> None:
    view, analysis = parts(heating.report(**heating.CONDITIONAL))
    behind = tuple(replace(row, exact="1") for row in view.conditional)
    assert present_brief(replace(view, conditional=behind), analysis).provisos == ()


def test_answer_that_speaks_decisively_against_the_first_is_named() -> None:
    view, analysis = parts(document())
    answer = view.answers[0]
    first = replace(view.ranking[0], decisive=(Argument(answer, "No room."),))
    found = present_brief(replace(view, ranking=(first, *view.ranking[1:])), analysis)
    assert found.provisos == ("Q1 speaks decisively against it: No room.",)


def test_scale_marks_the_present_word_and_says_what_each_has_meant() -> None:
    assert [(step.words, step.record) for step in USUAL.steps] == RECORD
    assert [step.words for step in USUAL.steps if step.present] == ["Leaning"]
    assert USUAL.certainty == (
        "Stays first in 72 of 100 variations of weights, open answers and ratings."
    )


def test_word_stands_among_the_others_in_a_sentence() -> None:
    leaning = (
        "\u201cLeaning\u201d is the third of four steps: Strong, Favoured, Leaning,"
        " No clear winner."
    )
    records = "11 of 11, 21 of 21, 60 of 82 and 22 of 41"
    assert scale(PELLETS.steps) == (
        f"{leaning} In published cases they named the decision that was made {records} times."
    )
    assert scale([replace(step, record="") for step in PELLETS.steps]) == leaning
    assert scale(()) == ""


def test_report_of_a_method_without_the_scale_says_its_word_in_the_sentence() -> None:
    view, analysis = parts(document())
    old = replace(view, method="mavt-1", verdict=replace(view.verdict, on_scale=False))
    found = present_brief(old, analysis)
    assert found.steps == ()
    assert found.certainty.startswith("Leaning. Stays first in 72 of 100")


@pytest.mark.parametrize("method", ["mavt-1", "mavt-9"])
def test_words_of_a_method_that_was_not_checked_have_no_record(method) -> None:
    view, analysis = parts(document())
    steps = present_brief(replace(view, method=method), analysis).steps
    assert [step.record for step in steps] == ["", "", "", ""]


def test_reasons_name_their_answers_and_what_to_watch() -> None:
    assert USUAL.subject.key == "picnic"
    assert texts(USUAL.reasons_for) == [
        ("One blanket is enough.", [1]),
        ("Time for the walk.", [3]),
    ]
    assert USUAL.reasons_against == ()
    assert USUAL.watch == "Rain."


def test_what_speaks_for_the_second_speaks_against_the_first() -> None:
    assert texts(PELLETS.reasons_against) == [
        ("In favour of Heat pump: Nothing to fear.", [3]),
        ("A filter costs money.", [4]),
    ]


def test_no_answer_stands_on_both_sides() -> None:
    for found in (USUAL, PELLETS, PUMP):
        for_it = {answer.key for line in found.reasons_for for answer in line.answers}
        against = {answer.key for line in found.reasons_against for answer in line.answers}
        assert for_it
        assert for_it.isdisjoint(against)


def test_answer_that_helps_the_second_more_is_no_reason_for_the_first() -> None:
    view, analysis = parts(document())
    first, *others = analysis.leads
    reason = next(r for r in analysis.reasons[0].speak_for if r.answer.key == "minutes")
    less = SectionPart("Time", 50, -9.0, (Reason(reason.answer, -9.0, None),))
    lead = replace(first, sections=(*first.sections, less), counter=(reason,))
    found = present_brief(view, replace(analysis, leads=(lead, *others)))
    assert [answer.key for line in found.reasons_for for answer in line.answers] == ["how-many"]
    assert [answer.key for line in found.reasons_against for answer in line.answers] == ["minutes"]


def test_single_one_left_has_reasons_without_a_second() -> None:
    found = brief(document(RULED_OUT))
    assert texts(found.reasons_for) == [
        ("Long tables are there already.", [1]),
        ("No walk, though a queue.", [2]),
        ("It has a roof.", [3]),
    ]
    assert found.reasons_against == ()


def test_no_clear_winner_names_who_has_most_points_and_whom_to_compare_it_with() -> None:
    assert (PUMP.kicker, PUMP.headline) == ("No clear winner \u00b7 most points", "Heat pump")
    assert PUMP.provisos == ("Compare it with Pellet boiler.",)
    assert PUMP.subject.key == "pump"


def test_tie_names_all_and_gives_reasons_for_none() -> None:
    view, analysis = parts(document())
    tied = tuple(replace(row, rank=1) for row in view.ranking[:2])
    leaders = tuple(row.alternative for row in tied)
    verdict = replace(view.verdict, level="tie", on_scale=False)
    tie = replace(view, recommendation=None, verdict=verdict, ranking=tied, leaders=leaders)
    found = present_brief(tie, analysis)
    assert found.kicker == "No clear recommendation"
    assert found.headline == (
        "A tie between \u201cA picnic in the park across the river\u201d and"
        " \u201cA restaurant\u201d"
    )
    assert (found.subject, found.reasons_for, found.certainty) == (None, (), "")


def test_where_nobody_is_ranked_the_conditions_are_the_answer() -> None:
    view, analysis = parts(heating.report(**heating.CONDITIONAL))
    verdict = replace(view.verdict, level="depends", on_scale=False)
    found = present_brief(
        replace(view, recommendation=None, ranking=(), verdict=verdict),
        replace(analysis, leads=()),
    )
    assert found.headline == "It depends on what is still open"
    assert found.provisos == ("If a pipe is laid in the street: District heating.",)
    assert found.turn is None


def test_where_nothing_is_left_that_is_the_headline() -> None:
    found = brief(document(NOTHING_LEFT))
    assert found.headline == "No alternative is left: every one of them is ruled out"
    assert (found.turn, found.missing) == (None, "")


def test_cheapest_change_is_the_fewest_other_answers() -> None:
    assert (
        USUAL.turn.text == "Answering \u201cMore than four\u201d to Q1 would put The canteen first."
    )
    assert [answer.key for answer in USUAL.turn.answers] == ["how-many"]
    assert brief(document(RULED_OUT)).turn.text == (
        "Answering \u201cUp to four\u201d to Q1 would put A picnic in the park across the river"
        " first. 1 other answer would, too."
    )


def test_weights_that_hardly_have_to_move_are_the_cheapest_change() -> None:
    view, analysis = parts(document())
    thin = replace(analysis, tolerance=replace(analysis.tolerance, percent=4))
    assert present_brief(view, thin).turn.text.endswith("wrong by more than 4%.")
    firm = replace(thin, tolerance=replace(analysis.tolerance, percent=10))
    assert present_brief(view, firm).turn == USUAL.turn
    no_flip = replace(firm, smallest_flip=None, flips=())
    assert present_brief(view, no_flip).turn.text.endswith("wrong by more than 10%.")
    none = replace(no_flip, tolerance=None)
    assert present_brief(view, none).turn.text == (
        "No other answers, and no other weights alone, would put another alternative first."
    )


def test_change_of_a_question_not_asked_yet_is_named_by_its_text() -> None:
    view, analysis = parts(document())
    change = replace(analysis.smallest_flip.changes[0], key="guests-later", number=None)
    flip = replace(analysis.smallest_flip, changes=(change,), leaders=())
    found = present_brief(view, replace(analysis, smallest_flip=flip)).turn
    assert found.text == (
        "Answering \u201cMore than four\u201d to \u201cHow many people eat together?\u201d would"
        " rule out everything."
    )
    assert found.answers == ()


def test_next_to_find_out_is_what_could_forbid_the_first() -> None:
    assert texts([PUMP.find_out]) == [
        (
            "Q3: What does the town say about noise? \u201cIt is strict\u201d would rule out Heat"
            " pump.",
            [3],
        )
    ]


def test_open_questions_that_change_nothing_are_said_to() -> None:
    assert USUAL.find_out.text == "The one open question can\u2019t change first place."
    assert brief(document(RULED_OUT)).find_out.text == (
        "Every question is answered; nothing is left to find out."
    )


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({}, "No question has been answered with one of its choices yet."),
        (
            {"minutes": "long"},
            "The answers so far cover 31% of the weight. A result needs at least half.",
        ),
        (
            dict.fromkeys(["how-many", "minutes", "rain"], "n/a"),
            "Nothing distinguishes the alternatives.",
        ),
        ({"how-many": "many", "minutes": "none"}, ""),
    ],
)
def test_too_few_answers_are_said_to_be_missing(answers, missing) -> None:
    assert missing_answers(present_report(document(answers))) == missing


def test_a_little_under_half_is_not_called_half() -> None:
    view = replace(present_report(document({"minutes": "long"})), answered_weight=0.5)
    assert missing_answers(view).startswith("The answers so far cover just under half")


def test_tie_on_few_answers_is_too_early_as_well() -> None:
    view = present_report(document({"minutes": "long"}))
    tie = replace(view, verdict=replace(view.verdict, level="tie"))
    assert missing_answers(tie)
    assert missing_answers(replace(tie, answered_weight=0.5)) == ""


def test_too_early_a_result_says_what_to_answer_and_recommends_nothing() -> None:
    found = brief(document({"minutes": "long"}))
    assert (found.headline, found.subject, found.steps) == ("Too early to say", None, ())
    assert [answer.key for answer in found.to_answer] == ["how-many", "rain"]
    nothing_applies = dict.fromkeys(["how-many", "minutes", "rain"], "n/a")
    assert brief(document(nothing_applies)).headline == "No question applies"
