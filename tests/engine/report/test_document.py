import json
from hashlib import sha256

import pytest
from hypothesis import given, settings

from decider.engine.report.codec import canonical_json, plain
from decider.engine.report.document import METHODS, POINTS, SCORING, build_document, build_points
from tests.engine import reference
from tests.engine.builders import cases, choice, question, questionnaire, section

ASKED = questionnaire(
    [
        section(
            "s",
            [
                question("p", [choice("x", {"a": 2, "b": -1, "c": 0}), choice("y", {"b": 2})], 2),
                question("q", [choice("x", {"a": -1, "b": 1}), choice("y", {"c": "veto"})]),
            ],
            70,
        ),
        section(
            "t",
            [
                question("r", [choice("x", {"b": 1}, 3), choice("y", {"a": (-1, 1, 2), "c": 1})]),
                question("u", [choice("x", {"b": 2}), choice("y", {"a": "veto"})], 1, ("r", ["y"])),
            ],
            30,
        ),
    ],
    ["a", "b", "c"],
)


def document(answers, weights=None, asked=ASKED, build=build_document, **more):
    return build(
        questionnaire=asked,
        version=3,
        title="Shop",
        context="The web shop",
        answers=answers,
        notes={"p": "since May"},
        weights=weights or {},
        **more,
    )


def result(answers, weights=None, asked=ASKED):
    """The result as a program reads it from the file."""
    return json.loads(json.dumps(plain(document(answers, weights, asked).result)))


def test_document_keeps_what_was_put_in():
    answers = {"p": "x", "r": "x", "u": "y"}
    found = document(answers, {"t": 10})
    assert found.format == "decider-report/1"
    assert found.method == "mavt-3"
    assert (found.title, found.context) == ("Shop", "The web shop")
    assert (found.questionnaire.content, found.questionnaire.version) == (ASKED, 3)
    assert found.answers == answers
    assert found.notes == {"p": "since May"}
    assert found.weights == {"s": 70, "t": 10}


def test_document_is_json_and_the_same_for_the_same_input():
    answers = {"p": "x", "q": "unknown"}
    text = canonical_json(document(answers))
    assert json.loads(text)["result"] == result(answers)
    assert text == canonical_json(document(answers))


@pytest.mark.parametrize("answers", [{}, {"p": "x", "q": "y"}, {"r": "y", "u": "unknown"}])
def test_points_alone_are_those_of_the_whole_result(answers):
    points = plain(document(answers, build=build_points))
    whole = plain(document(answers))
    names = ("visible", "ranking", "ruled_out", "contributions")
    assert points.pop("result") == {name: whole["result"][name] for name in names}
    del whole["result"]
    assert points == whole


def test_each_method_can_be_scored_alone():
    assert list(POINTS) == list(SCORING) == list(METHODS)


def test_method_that_was_ever_used_stays_callable_with_the_same_figures():
    assert list(METHODS) == ["mavt-1", "mavt-2", "mavt-3"]
    figures = plain(METHODS["mavt-1"](ASKED, {"p": "x", "q": "x"}, {}))
    del figures["wording"]
    canonical = json.dumps(figures, sort_keys=True).encode()
    assert (
        sha256(canonical).hexdigest()
        == "6c3107c70b3e56d18a577c68ade5e44565d2db78b5dbe9bfa758db92707155b2"
    )


def test_unknown_method_is_refused():
    with pytest.raises(KeyError):
        document({}, method="mavt-0")


@pytest.mark.parametrize(
    ("answers", "weights", "message"),
    [
        ({"z": "x"}, {}, "There is no question 'z'"),
        ({"p": "z"}, {}, "Question 'p' does not offer the answer 'z'"),
        ({"r": "x", "u": "z"}, {}, "Question 'u' does not offer the answer 'z'"),
        ({}, {"z": 5}, "There is no section 'z'"),
        ({}, {"s": 101}, "weight of section 's' must be a whole number from 0 to 100"),
    ],
)
def test_what_the_questionnaire_does_not_have_is_refused(answers, weights, message):
    with pytest.raises(ValueError, match=message):
        document(answers, weights)


def as_tenths(number):
    assert round(number, 1) == number
    return round(10 * number)


@settings(max_examples=100)
@given(cases(questions=4, vetoes=True, ranges=True))
def test_shown_parts_add_up_to_the_shown_points(case):
    asked, answers, weights = case
    found = result(answers, weights, asked)
    rows = {row["alternative"]: row for row in [*found["ranking"], *found["ruled_out"]]}
    assert rows.keys() == asked.alternative_by_key.keys()
    for key, breakdown in found["contributions"].items():
        sections = breakdown["sections"]
        assert as_tenths(rows[key]["points"]) == as_tenths(breakdown["base"]) + sum(
            as_tenths(part["points"]) for part in sections
        )
        check_sections(asked, answers, sections)
    for difference in found["differences"]:
        ahead, behind = (rows[difference[side]]["points"] for side in ("ahead", "behind"))
        assert as_tenths(difference["points"]) == as_tenths(ahead) - as_tenths(behind)
        assert as_tenths(difference["points"]) == sum(
            as_tenths(part["points"]) for part in difference["sections"]
        )
        check_sections(asked, answers, difference["sections"])


def check_sections(asked, answers, sections):
    """Sections are sums of their questions, and just the visible questions are in them."""
    assert [part["section"] for part in sections] == [s.key for s in asked.sections]
    for part in sections:
        assert as_tenths(part["points"]) == sum(as_tenths(q["points"]) for q in part["questions"])
    named = [q["question"] for part in sections for q in part["questions"]]
    assert named == reference.visible(asked, answers)


@settings(max_examples=100)
@given(cases(questions=4, vetoes=True, ranges=True))
def test_result_names_visible_questions_only_but_for_what_a_flip_shows(case):
    asked, answers, weights = case
    found = result(answers, weights, asked)
    shown = set(reference.visible(asked, answers))
    assert set(found["visible"]) == shown
    named = [row["question"] for row in found["information"]]
    named += [row["question"] for row in found["flips"]["single"]]
    for row in found["ranking"]:
        named += [veto["question"] for veto in row["provisional"]]
    for row in found["ruled_out"]:
        named += [veto["question"] for veto in row["vetoes"]]
    assert set(named) <= shown


@settings(max_examples=100)
@given(cases(questions=4, vetoes=True))
def test_points_are_between_their_bounds_and_ranked(case):
    asked, answers, weights = case
    found = result(answers, weights, asked)
    for row in found["ranking"]:
        assert 0 <= row["low"] <= row["points"] <= row["high"] <= 100
    ranks = [row["rank"] for row in found["ranking"]]
    assert ranks == sorted(ranks)
    assert found["counts"]["asked"] == len(found["visible"])
    assert sum(found["counts"].values()) == 2 * found["counts"]["asked"]
