"""How sure a result is, each part on an example checked by hand."""

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
