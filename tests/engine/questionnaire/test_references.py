"""Keys that name each other, ranges, and the length of quotations."""

import pytest

from decider.engine.questionnaire.errors import PathError
from decider.engine.questionnaire.parse import parse
from decider.engine.questionnaire.references import size_errors
from tests.bicycle import at, data, question
from tests.engine.questionnaire.test_validation import errors_of


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


def test_keys_of_every_kind_are_told_where_they_are_used_twice():
    def change(root):
        for kind in ("sources", "quotations", "disagreements", "conflicts"):
            root[kind].insert(1, root[kind][0])

    assert wrong(change) == [
        'sources[1].key: "lanes-2019" is already the key of sources[0]',
        'quotations[1].key: "load-wins" is already the key of quotations[0]',
        'disagreements[1].key: "box-or-trailer" is already the key of disagreements[0]',
        'conflicts[1].key: "children-without-load" is already the key of conflicts[0]',
    ]


def test_quotations_that_do_not_exist_are_told_wherever_they_are_named():
    def change(root):
        question(root, "load")["choices"][2]["evidence"]["city"]["quotations"] = ["x"]
        question(root, "hills")["quotations"] = ["load-win"]
        root["disagreements"][0]["b"]["quotations"] = ["trailer-did"]

    assert wrong(change) == [
        "sections[0].questions[0].choices[2].evidence.city.quotations[0]: there is no quotation"
        ' "x".',
        'sections[1].questions[0].quotations[0]: there is no quotation "load-win".'
        ' Did you mean "load-wins"?',
        'disagreements[0].b.quotations[0]: there is no quotation "trailer-did".'
        ' Did you mean "trailer-does"?',
    ]


def test_longest_quotation_is_accepted():
    root = data()
    root["quotations"][0]["text"] = " ".join(["word"] * 29)
    assert parse(root).quotations[0].text.count("word") == 29


@pytest.mark.parametrize(
    ("value", "end", "error"),
    [
        (1, {"low": 2}, "value 1 should lie between low 2 and high 1"),
        (1, {"high": 0}, "value 1 should lie between low 1 and high 0"),
    ],
)
def test_end_of_a_range_that_is_left_out_is_the_value(value, end, error):
    def change(root):
        evidence = {"value": value, "reason": "r", "basis": "b", **end}
        question(root, "load")["choices"][0]["evidence"]["city"] = evidence

    assert wrong(change) == [f"sections[0].questions[0].choices[0].evidence.city: {error}"]


def test_value_outside_its_range_is_refused():
    def change(root):
        question(root, "load")["choices"][2]["evidence"]["city"]["high"] = -2
        question(root, "load")["choices"][2]["evidence"]["city"]["value"] = 1

    assert wrong(change) == [
        "sections[0].questions[0].choices[2].evidence.city: value 1 should lie between low -2 and"
        " high -2"
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


@pytest.mark.parametrize(
    ("number", "errors"),
    [(400, []), (401, [PathError("sections", "401 questions altogether; at most 400")])],
)
def test_questions_are_counted_over_all_sections(number, errors):
    root = {"sections": [{"questions": [{}] * 100}] * 4 + [{"questions": [{}] * (number - 400)}]}
    assert size_errors(root) == errors
