"""The parts of a report document, each on an example small enough to check by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from decider.engine.report import points
from tests.engine.builders import choice, question, questionnaire, section
from tests.engine.report.test_document import ASKED, result


def test_counts_and_answered_weight():
    found = result({"p": "x", "q": "unknown", "r": "n/a"})
    assert found["visible"] == ["p", "q", "r"]
    assert found["counts"] == {
        "asked": 3,
        "answered": 1,
        "unknown": 1,
        "not_applicable": 1,
        "unanswered": 0,
    }
    # p has two thirds of its section; r does not apply and is left out.
    assert found["answered_weight"] == 0.67
    assert result({})["answered_weight"] == 0.0
    assert result({"p": "x", "q": "x", "r": "x"})["answered_weight"] == 1.0
    assert result({"p": "n/a", "q": "n/a", "r": "n/a"})["answered_weight"] == 0.0


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("0", 0.0),
        ("1/1000", 0.01),
        ("1/3", 0.33),
        ("666/1000", 0.67),
        ("997/1000", 0.99),
        ("1", 1.0),
    ],
)
def test_share_is_rounded_to_hundredths_but_not_to_its_ends(share, shown):
    assert points.shown_share(Fraction(share)) == shown


def test_least_weight_that_there_can_be_counts_in_full():
    asked = questionnaire([section("s", [question("p", [choice("x", {"a": 1})])], 1)])
    found = result({"p": "x"}, {}, asked)
    assert (found["answered_weight"], found["coverage"]) == (1.0, {"a": 1.0, "b": 0.0})


def test_share_is_rounded_neither_to_nothing_nor_to_everything():
    assert result({"p": "x", "r": "x"}, {"s": 0, "t": 1})["answered_weight"] == 1.0
    found = result({"q": "x"}, {"s": 1, "t": 100})
    assert found["answered_weight"] == 0.01
    found = result({"r": "x", "p": "x"}, {"s": 1, "t": 100})
    assert found["answered_weight"] == 0.99


def test_coverage_is_the_share_of_answered_weight_that_was_researched():
    found = result({"p": "x", "q": "x", "r": "unknown"})
    assert found["coverage"] == {"a": 1.0, "b": 1.0, "c": 0.67}
    assert result({})["coverage"] == {"a": 0.0, "b": 0.0, "c": 0.0}


def test_ranking_shows_points_exact_points_and_range():
    first, second, third = result({"p": "x", "q": "x", "r": "n/a"})["ranking"]
    # a: 70 * (2/3 * 2 - 1/3) = 70 of 200.
    assert first == {
        "alternative": "a",
        "rank": 1,
        "points": 67.5,
        "exact": "135/2",
        "low": 67.5,
        "high": 67.5,
        "provisional": [],
        "decisive": [],
        "open_requirements": [],
    }
    assert (second["alternative"], second["points"], second["rank"]) == ("c", 50.0, 2)
    assert (third["alternative"], third["points"], third["exact"]) == ("b", 44.2, "265/6")


def test_provisional_veto_behind_an_open_question_is_told_of_that_question():
    rows = {row["alternative"]: row for row in result({"p": "x", "q": "x"})["ranking"]}
    assert rows["a"]["provisional"] == [{"question": "r", "choice": "y", "reason": "reason for a"}]
    assert rows["b"]["provisional"] == []
    assert rows["c"]["provisional"] == []


def test_ranked_alternative_comes_with_what_speaks_decisively_against_it():
    against = section("v", [question("v", [choice("x", {"a": -2, "b": -1}), choice("y", {})])], 5)
    asked = replace(ASKED, sections=(*ASKED.sections, against))
    rows = {row["alternative"]: row for row in result({"p": "x", "v": "x"}, {}, asked)["ranking"]}
    assert rows["a"]["decisive"] == [{"question": "v", "choice": "x", "reason": "reason for a"}]
    assert [rows[key]["decisive"] for key in ("b", "c")] == [[], []]
    open_rows = result({"p": "x", "v": "unknown"}, {}, asked)["ranking"]
    assert [row["decisive"] for row in open_rows] == [[], [], []]


def test_ruled_out_alternatives_come_with_their_vetoes_the_fewest_first():
    double = section("v", [question("v", [choice("x", {"c": "veto+1", "a": "veto"})])], 0)
    asked = replace(ASKED, sections=(*ASKED.sections, double))
    found = result({"p": "x", "q": "y", "r": "x", "v": "x"}, {}, asked)
    assert [row["alternative"] for row in found["ruled_out"]] == ["a", "c"]
    assert found["ruled_out"][1]["vetoes"] == [
        {"question": "q", "choice": "y", "reason": "reason for c"},
        {"question": "v", "choice": "x", "reason": "reason for c"},
    ]
    assert [row["alternative"] for row in found["ranking"]] == ["b"]


def test_reasons_are_the_parts_with_their_answers_the_heaviest_first():
    found = result({"p": "x", "q": "x"})
    assert found["reasons"]["a"] == {
        "for": [
            {"question": "p", "points": 23.3, "choice": "x"},
        ],
        "against": [{"question": "q", "points": -5.8, "choice": "x"}],
    }
    answered = found["reasons"]["b"]["for"]
    assert [(row["question"], row["choice"]) for row in answered] == [("q", "x"), ("r", None)]


def test_recommendation_follows_the_level():
    found = result({"p": "x", "q": "x", "r": "n/a"})
    assert found["wording"]["level"] == "favoured"
    assert (found["recommendation"], found["leaders"]) == ("a", ["a"])
    assert found["wording"] == {
        "level": "favoured",
        "words": "Favoured",
        "sentence": (
            "Favoured: Name a. First in 91% of variations of weights, open answers and ratings."
        ),
        "necessary": False,
        "conditional": [],
    }
    early = result({})
    assert early["wording"]["level"] == "too-early"
    assert early["recommendation"] is None
    tied = result({}, {"s": 0, "t": 0})
    assert tied["wording"]["level"] == "tie"
    assert (tied["recommendation"], tied["leaders"]) == (None, ["a", "b", "c"])


def test_nobody_left_has_no_differences_and_a_way_back():
    vetoes = [choice("x", {"a": "veto", "b": "veto"}), choice("y", {"a": 1})]
    asked = questionnaire([section("s", [question("p", vetoes)])])
    found = result({"p": "x"}, {}, asked)
    assert found["wording"]["level"] == "none"
    assert (found["leaders"], found["ranking"], found["differences"]) == ([], [], [])
    assert found["robustness"]["first"] == {}
    assert found["robustness"]["alone"] == {}
    assert found["weight_tolerance"] is None
    assert found["stability"] == []
    assert found["settled"]
    flip = {"question": "p", "from": "x", "to": "y", "leaders": ["a"]}
    assert found["flips"]["single"] == [flip]
    assert found["flips"]["smallest"] == {
        "changes": [{"question": "p", "from": "x", "to": "y"}],
        "leaders": ["a"],
    }
    assert found["to_win"][0] == {
        "alternative": "a",
        "at_least": 1,
        "changes": [{"question": "p", "from": "x", "to": "y"}],
    }


@pytest.mark.parametrize(
    ("answers", "necessary", "settled"),
    [
        ({"p": "x", "q": "x", "r": "x"}, False, True),
        ({"p": "x", "q": "x", "r": "unknown"}, False, True),
        ({"p": "x", "q": "x"}, False, False),
        ({"p": "x", "r": "x", "q": "unknown"}, True, True),
        ({"p": "x", "r": "x"}, True, True),
    ],
)
def test_necessary_means_that_questions_are_open_and_none_matters(answers, necessary, settled):
    found = result(answers)
    assert (found["wording"]["necessary"], found["settled"]) == (necessary, settled)
    assert (
        "No open answer can change what comes first; answers given can."
        in found["wording"]["sentence"]
    ) == necessary
