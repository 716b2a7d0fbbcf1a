"""Keys that name each other, the order of conditions, ranges and the length of quotations."""

import pytest

from tests.bicycle import at, data, question
from tests.engine.test_parse import errors_of

CHILDREN = "sections[0].questions[1]"


def wrong(change) -> list[str]:
    """The errors of the file after a change of its data."""
    root = data()
    change(root)
    return errors_of(root)


@pytest.mark.parametrize(
    ("where", "key", "value", "error"),
    [
        (
            ("quotations", 0),
            "source",
            "lanes-2018",
            'quotations[0].source: there is no source "lanes-2018". Did you mean "lanes-2019"?',
        ),
        (
            ("quotations", 0),
            "text",
            " ".join(["word"] * 30),
            "quotations[0].text: has 30 words; at most 29",
        ),
        (
            ("sections", 1),
            "key",
            "use",
            'sections[1].key: "use" is already the key of sections[0]',
        ),
        (
            ("alternatives", 2),
            "key",
            "city",
            'alternatives[2].key: "city" is already the key of alternatives[0]',
        ),
        (
            ("sections", 1, "questions", 1),
            "key",
            "hills",
            'sections[1].questions[1].key: "hills" is already the key of sections[1].questions[0]',
        ),
        (
            ("sections", 1, "questions", 1, "choices", 1),
            "key",
            "socket",
            'sections[1].questions[1].choices[1].key: "socket" is already the key of'
            " sections[1].questions[1].choices[0]",
        ),
        (
            ("sections", 1, "questions", 1, "choices", 1),
            "key",
            "unknown",
            'sections[1].questions[1].choices[1].key: "unknown" has a meaning of its own in'
            " answers files",
        ),
        (
            ("sections", 1, "questions", 1),
            "key",
            "weights",
            'sections[1].questions[1].key: "weights" has a meaning of its own in answers files',
        ),
        (
            ("disagreements", 0, "a", "when"),
            "lood",
            ["crates"],
            'disagreements[0].a.when.lood: there is no question "lood". Did you mean "load"?',
        ),
        (
            ("conflicts", 0, "when"),
            "hills",
            ["step"],
            'conflicts[0].when.hills[0]: there is no choice of "hills" "step".'
            ' Did you mean "steep"?',
        ),
    ],
)
def test_key_that_does_not_fit_is_told_at_its_path(where, key, value, error):
    root = data()
    at(root, *where)[key] = value
    assert error in errors_of(root)


def test_evidence_for_an_unknown_alternative_is_refused():
    def change(root):
        evidence = question(root, "load")["choices"][0]["evidence"]
        evidence["carggo"] = evidence.pop("cargo")

    assert wrong(change) == [
        "sections[0].questions[0].choices[0].evidence.carggo: there is no alternative"
        ' "carggo". Did you mean "cargo"?'
    ]


def test_value_outside_its_range_is_refused():
    def change(root):
        question(root, "load")["choices"][2]["evidence"]["city"]["high"] = -2
        question(root, "load")["choices"][2]["evidence"]["city"]["value"] = 1

    assert wrong(change) == [
        "sections[0].questions[0].choices[2].evidence.city: value 1 should lie between low -2 and"
        " high -2"
    ]


def condition_on(key, choice):
    """A change that makes the second question depend on another."""

    def change(root):
        question(root, "children")["shown_when"] = {"question": key, "choices": [choice]}

    return change


def test_condition_on_the_question_itself_is_refused():
    assert wrong(condition_on("children", "none")) == [
        f"{CHILDREN}.shown_when.question: a question can't depend on itself"
    ]


def test_condition_on_a_later_question_is_refused():
    assert wrong(condition_on("hills", "flat")) == [
        f'{CHILDREN}.shown_when.question: "hills" comes later: a condition names an earlier'
        " question only, so that conditions can't go in a circle"
    ]


def test_conditions_in_a_circle_are_refused():
    def change(root):
        question(root, "load")["shown_when"] = {"question": "children", "choices": ["one"]}

    (error,) = wrong(change)
    assert error.startswith('sections[0].questions[0].shown_when.question: "children" comes later')


def test_condition_on_an_unknown_choice_is_refused():
    assert wrong(condition_on("load", "crate")) == [
        f'{CHILDREN}.shown_when.choices[0]: there is no choice of "load" "crate".'
        ' Did you mean "crates"?'
    ]


def test_sections_without_any_weight_are_refused():
    def change(root):
        for section in root["sections"]:
            section["weight"] = 0

    assert wrong(change) == ["sections: every section has the weight 0, so that nothing counts"]


def test_too_many_questions_are_refused_before_they_are_read():
    def change(root):
        root["sections"][0]["questions"] = ["not even a question"] * 10_000

    assert wrong(change) == ["sections: 10002 questions altogether; at most 400"]
