from fractions import Fraction

import numpy as np
import pytest

from decider.engine.analysis import wording as wording_module
from decider.engine.analysis.acceptability import OUT, Acceptability
from decider.engine.analysis.wording import Claim, percent, wording_of
from decider.engine.scoring.method import MAVT_1
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import choice, question, questionnaire, section

ASKED = questionnaire(
    [
        section(
            "s",
            [
                question(
                    "p",
                    [
                        choice("abc", {"a": 2, "b": 1, "c": 0}),
                        choice("tie", {"a": 1, "b": 1}),
                        choice("none", {"a": "veto", "b": "veto", "c": "veto"}),
                        choice("all", {"a": 1, "b": 1, "c": 1}),
                    ],
                )
            ],
        )
    ],
    ["a", "b", "c"],
)


TIE = "An exact tie: \u201cName a\u201d and \u201cName b\u201d."


def chances(*firsts):
    """Draws in which alternatives a, b, c are first so often out of 1,000."""
    totals = np.zeros((len(firsts), 1000), np.int64)
    start = 0
    for row, count in enumerate(firsts):
        totals[row, start : start + count] = 1
        start += count
    return Acceptability(
        tuple(range(len(firsts))), totals, totals < 0, np.ones(1000), np.ones((1, 1000))
    )


def worded(answer, *firsts, answered=Fraction(1), necessary=False):
    outcome = evaluate(compile_model(ASKED), {"p": answer} if answer else {}, {})
    return wording_of(Claim(outcome, chances(*firsts), answered, necessary, flips=False), MAVT_1)


@pytest.mark.parametrize(
    ("count", "level", "words"),
    [
        (1000, "strong", "Strong"),
        (970, "strong", "Strong"),
        (955, "favoured", "Favoured"),
        (780, "favoured", "Favoured"),
        (770, "leaning", "Leaning"),
        (540, "leaning", "Leaning"),
        (525, "no-clear-winner", "No clear winner"),
    ],
)
def test_words_follow_the_lower_end_of_the_share(count, level, words):
    wording = worded("abc", count, 1000 - count, 0)
    assert (wording.level, wording.words) == (level, words)


@pytest.fixture
def no_interval(monkeypatch):
    """The share itself instead of the lower end of its interval."""
    monkeypatch.setattr(wording_module, "wilson_lower", lambda share, _: float(share))


@pytest.mark.parametrize(
    ("count", "level"),
    [
        (950, "strong"),
        (949, "favoured"),
        (750, "favoured"),
        (749, "leaning"),
        (500, "leaning"),
        (499, "no-clear-winner"),
    ],
)
@pytest.mark.usefixtures("no_interval")
def test_threshold_itself_earns_its_word(count, level):
    assert worded("abc", count, 1000 - count, 0).level == level


@pytest.mark.usefixtures("no_interval")
def test_shortlist_starts_at_its_threshold():
    assert worded("abc", 450, 100, 450).leaders == (0, 2, 1)
    assert worded("abc", 450, 99, 451).leaders == (0, 2)


def test_sentence_says_what_is_first_in_what_share_of_what():
    assert worded("abc", 870, 130, 0).sentence == (
        "Favoured: Name a. First in 87% of plausible weightings, answers and rating errors."
    )


def test_necessary_winner_adds_that_nothing_missing_can_change_it():
    assert worded("abc", 1000, 0, 0, necessary=True).sentence == (
        "Strong: Name a. First in 100% of plausible weightings, answers and rating errors. "
        "No open answer can change what comes first."
    )
    wording = worded("abc", 1000, 0, 0, necessary=True)
    assert (wording.level, wording.words, wording.leaders) == ("strong", "Strong", (0,))


def test_shortlist_holds_the_leader_and_all_likely_ones_the_likeliest_first():
    wording = worded("abc", 300, 200, 500)
    assert wording.leaders == (0, 2, 1)
    assert wording.sentence == (
        "No clear winner. Most points: Name a, but first in only 30% of plausible weightings, "
        "answers and rating errors."
        " Compare \u201cName a\u201d, \u201cName c\u201d and \u201cName b\u201d."
    )
    assert worded("abc", 450, 110, 440).leaders == (0, 2)
    assert worded("abc", 450, 110, 440).sentence.endswith(
        " Compare \u201cName a\u201d and \u201cName c\u201d."
    )


def test_no_clear_winner_without_a_second_has_nobody_to_compare():
    outcome = evaluate(compile_model(ASKED), {"p": "abc"}, {})
    totals = np.array([[1, 1, 1, 1, OUT, OUT, OUT, OUT, OUT, OUT]] + [[OUT] * 10] * 2)
    alone = Acceptability((0, 1, 2), totals, totals == OUT, np.ones(10), np.ones((1, 10)))
    wording = wording_of(Claim(outcome, alone, Fraction(1), necessary=False, flips=False), MAVT_1)
    assert (wording.level, wording.leaders) == ("no-clear-winner", (0,))
    assert wording.sentence == (
        "No clear winner. Most points: Name a, but first in only 40% of plausible weightings, "
        "answers and rating errors."
    )


def test_exact_tie_is_called_one():
    wording = worded("tie", 500, 500, 0)
    assert (wording.level, wording.words, wording.leaders) == ("tie", "An exact tie", (0, 1))
    assert wording.sentence == TIE
    assert worded("all", 300, 300, 400).sentence == (
        "An exact tie: \u201cName a\u201d, \u201cName b\u201d and \u201cName c\u201d."
    )


def test_tie_on_few_answers_says_so():
    assert worded("tie", 500, 500, 0, answered=Fraction(49, 100)).sentence == (
        f"{TIE} It is early: answers cover 49% of the weight."
    )
    assert worded("tie", 500, 500, 0, answered=Fraction(1, 2)).sentence == TIE


def test_under_half_of_the_weight_it_is_too_early():
    wording = worded("abc", 1000, 0, 0, answered=Fraction(49, 100))
    assert (wording.level, wording.words, wording.leaders) == (
        "too-early",
        "Too early to say",
        (0,),
    )
    assert wording.sentence == (
        "Too early to say: answers cover 49% of the weight. Most points so far: Name a."
    )
    assert worded("abc", 1000, 0, 0, answered=Fraction(1, 2)).level == "strong"


def test_share_under_one_percent_reads_as_a_sentence():
    assert worded("abc", 1000, 0, 0, answered=Fraction(1, 200)).sentence == (
        "Too early to say: answers cover less than 1% of the weight. Most points so far: Name a."
    )


@pytest.mark.parametrize("answer", [None, "unknown"])
def test_without_a_known_answer_nothing_is_said_to_lead(answer):
    assert worded(answer, 1000, 0, 0, answered=Fraction(0)).sentence == (
        "Too early to say: no answer is known yet."
    )


def test_tie_without_a_known_answer_is_early():
    outcome = evaluate(compile_model(ASKED), {}, {"s": 0})
    wording = wording_of(
        Claim(outcome, chances(300, 300, 400), Fraction(0), necessary=False, flips=False), MAVT_1
    )
    assert wording.sentence == (
        "An exact tie: \u201cName a\u201d, \u201cName b\u201d and \u201cName c\u201d."
        " It is early: no answer is known yet."
    )


def test_where_no_question_applies_there_is_nothing_to_wait_for():
    wording = worded("n/a", 300, 300, 400, answered=Fraction(0))
    assert (wording.level, wording.words, wording.leaders) == ("tie", "An exact tie", (0, 1, 2))
    assert wording.sentence == "An exact tie: no question applies."


def test_nobody_left_is_said():
    wording = worded("none")
    assert (wording.level, wording.words, wording.leaders) == ("none", "No alternative is left", ())
    assert wording.sentence == "No alternative is left: every one of them is ruled out."


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("0", "0%"),
        ("1/1000", "less than 1%"),
        ("995/100000", "less than 1%"),
        ("1/100", "1%"),
        ("874/1000", "87%"),
        ("99/100", "99%"),
        ("99005/100000", "more than 99%"),
        ("999/1000", "more than 99%"),
        ("1", "100%"),
    ],
)
def test_percent_is_rounded_neither_to_nothing_nor_to_everything(share, shown):
    assert percent(Fraction(share)) == shown
