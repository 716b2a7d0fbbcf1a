"""What would change a result and what it is worth to know, on examples checked by hand."""

import json
from dataclasses import replace

from decider.engine.analysis.analyse import analyse
from decider.engine.analysis.branches import Change
from decider.engine.analysis.flips import Flip
from decider.engine.report.changes import flips_of
from decider.engine.report.codec import canonical_json
from tests.engine.builders import choice, question, questionnaire, section
from tests.engine.report.test_document import result


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
