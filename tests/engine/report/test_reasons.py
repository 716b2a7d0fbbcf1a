"""Why one alternative is ahead of another, on examples checked by hand."""

from tests.engine.builders import choice, question, questionnaire, section
from tests.engine.report.test_document import result
from tests.engine.report.test_robustness import answered, weighed


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
