"""What the analysis adds to a report document, each on an example checked by hand."""

import json
from dataclasses import replace

from decider.engine.analysis.analyse import analyse
from decider.engine.analysis.branches import Change
from decider.engine.analysis.flips import Flip
from decider.engine.report.changes import flips_of
from decider.engine.report.codec import canonical_json
from tests.engine.builders import choice, question, questionnaire, section
from tests.engine.report.test_document import result


def weighed(*lines):
    """Sections with one question and one choice each: (key, weight, rating a, rating b)."""
    return questionnaire(
        [
            section(key, [question(f"q-{key}", [choice("x", {"a": a, "b": b})])], weight)
            for key, weight, a, b in lines
        ]
    )


def answered(asked):
    return result(dict.fromkeys(asked.questions, "x"), {}, asked)


def test_weight_tolerance_is_the_largest_whole_percent_surely_inside():
    found = answered(weighed(("s", 60, 2, 0), ("t", 40, 0, 1)))["weight_tolerance"]
    assert found == {"percent": 49, "exact": "1/2", "rivals": ["b"]}
    found = answered(weighed(("s", 61, 2, 0), ("t", 40, 0, 1)))["weight_tolerance"]
    assert found == {"percent": 50, "exact": "41/81", "rivals": ["b"]}
    found = answered(weighed(("s", 60, 2, 0), ("t", 40, 0, 0)))["weight_tolerance"]
    assert found == {"percent": 100, "exact": "1", "rivals": ["b"]}


def test_intervals_are_rounded_inwards():
    first, second = answered(weighed(("s", 60, 2, -1), ("t", 40, -1, 1)))["stability"]
    # The lead is 3 s - 2 t: level at s = 80/3, and at t = 90.
    assert first == {
        "section": "s",
        "weight": 60,
        "low": 26.7,
        "high": 100.0,
        "below": ["b"],
        "above": [],
    }
    assert (second["low"], second["high"], second["above"]) == (0.0, 90.0, ["b"])
    (_, third) = answered(weighed(("s", 50, 1, -1), ("t", 10, -1, 2)))["stability"]
    # 100 - 3 t
    assert third["high"] == 33.3


def test_difference_names_what_settles_it_and_what_speaks_against():
    (found,) = answered(weighed(("s", 60, 2, -1), ("t", 40, -1, 1)))["differences"]
    assert (found["ahead"], found["behind"]) == ("a", "b")
    assert (found["points"], found["low"], found["high"]) == (25.0, 25.0, 25.0)
    assert (found["decisive"], found["counter"]) == (["q-s"], ["q-t"])
    assert [part["points"] for part in found["sections"]] == [45.0, -20.0]


def test_difference_with_a_ruled_out_alternative_may_be_against_the_leader():
    asked = questionnaire([section("s", [question("p", [choice("x", {"b": "veto+2"})])])])
    (found,) = result({"p": "x"}, {}, asked)["differences"]
    assert (found["ahead"], found["points"], found["decisive"]) == ("a", -50.0, None)


def test_information_lists_chances_and_leaders_of_each_answer():
    asked = questionnaire(
        [
            section(
                "s",
                [
                    question("p", [choice("x", {"a": 1})]),
                    question("q", [choice("x", {"a": 1}, 2), choice("y", {"b": 2})]),
                ],
            )
        ]
    )
    (found,) = result({"p": "x"}, {}, asked)["information"]
    # a: 12.5 + 12.5 above 50, or 12.5; b: 0, or 25. Known: (2 * 75 + 75) / 3. Unknown: a with
    # 62.5 + 12.5 * 2 / 3.
    assert found == {
        "question": "q",
        "value": round(75 - 62.5 - 25 / 3, 2),
        "swing": 37.5,
        "answers": [
            {"choice": "x", "chance": 0.667, "leaders": ["a"]},
            {"choice": "y", "chance": 0.333, "leaders": ["b"]},
        ],
        "forbids": [],
    }


def test_flip_tells_from_which_answer_to_which():
    asked = questionnaire(
        [section("s", [question("p", [choice("x", {"a": 1}), choice("y", {"b": 1})])])]
    )
    to_y = {"question": "p", "from": "x", "to": "y", "leaders": ["b"]}
    assert result({"p": "x"}, {}, asked)["flips"]["single"] == [to_y]
    origins = [
        result({"p": given} if given else {}, {}, asked)["flips"]["single"][0]["from"]
        for given in ("unknown", "n/a", None)
    ]
    assert origins == ["unknown", "n/a", None]


def test_smallest_flip_is_the_first_single_one_where_there_is_one():
    choices = [choice("x", {"a": 1}), choice("y", {"b": 1}), choice("z", {"b": 2})]
    asked = questionnaire([section("s", [question("p", choices)])])
    found = result({"p": "x"}, {}, asked)["flips"]
    assert [flip["to"] for flip in found["single"]] == ["y", "z"]
    assert found["smallest"] == {
        "changes": [{"question": "p", "from": "x", "to": "y"}],
        "leaders": ["b"],
    }


def test_set_that_is_not_proven_to_be_smallest_says_how_many_answers_it_takes():
    choices = [choice("x", {"a": 1}), choice("y", {"b": 1})]
    asked = questionnaire([section("s", [question("p", choices), question("q", choices)])])
    found = analyse(asked, {"p": "x", "q": "x"}, {})
    changes = (Change(0, 0, 1), Change(1, 0, 1))
    proven = Flip(changes, (1,))
    for flip, more in ((proven, {}), (replace(proven, at_least=2), {"at_least": 2})):
        smallest = flips_of(replace(found, smallest_flip=flip)).smallest
        assert json.loads(canonical_json(smallest)) == {
            "changes": [
                {"question": "p", "from": "x", "to": "y"},
                {"question": "q", "from": "x", "to": "y"},
            ],
            "leaders": ["b"],
            **more,
        }


def test_what_would_have_to_be_true_lists_everyone_but_the_winner():
    asked = questionnaire(
        [
            section(
                "s",
                [
                    question(key, [choice("x", {"a": 1}), choice("y", {"b": 1})])
                    for key in ("p", "q", "r")
                ],
            )
        ],
        ["a", "b", "c"],
    )
    b, c = result({"p": "x", "q": "x", "r": "x"}, {}, asked)["to_win"]
    assert (b["alternative"], b["at_least"], len(b["changes"])) == ("b", 2, 2)
    assert b["changes"][0] == {"question": "p", "from": "x", "to": "y"}
    assert c["alternative"] == "c"
    assert c["changes"] is None
    assert c["at_least"] > 3


def test_robustness_is_told_by_alternative():
    found = answered(weighed(("s", 60, 1, 0), ("t", 40, 0, 1)))["robustness"]
    assert found["draws"] == 10_000
    first = found["first"]
    assert first.keys() == {"a", "b"}
    assert round(first["a"] + first["b"], 3) == 1
    assert 0.6 < found["at_least"]["a"] < first["a"] < 0.95
    assert found["ranks"]["a"] == [first["a"], first["b"]]
    assert found["ahead"] == {"a": {"b": first["a"]}, "b": {"a": first["b"]}}
    assert found["central_weights"]["a"]["s"] > 60 > found["central_weights"]["b"]["s"]
    assert 0 < found["regret"]["a"] < found["regret"]["b"] < 100
    assert found["alone"]["answers"] == 1.0
    assert first["a"] <= found["alone"]["ratings"] <= 1
    assert first["a"] <= found["alone"]["weights"] < 1
    assert found["wrong_steps"] == {"count": 1, "rival": "b"}


def test_nobody_has_wrong_steps_in_a_tie():
    assert answered(weighed(("s", 60, 1, 1)))["robustness"]["wrong_steps"] is None
