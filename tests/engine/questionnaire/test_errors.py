"""Errors in a file: their text, how many are reported, and the known word that was meant."""

from itertools import count

import pytest

from decider.engine.questionnaire.errors import (
    MAX_ERRORS,
    MORE_ERRORS,
    PathError,
    PathErrors,
    did_you_mean,
    first_errors,
    path_of,
)


def test_text_of_all_errors_has_a_line_for_each():
    errors = PathErrors([PathError("a.b", "is empty"), PathError("", "is no mapping")])
    assert str(errors) == "a.b: is empty\nis no mapping"


def test_path_joins_keys_and_positions():
    assert path_of(["sections", 2, "questions", 1, "text"]) == "sections[2].questions[1].text"
    assert path_of([]) == ""


def numbered(numbers):
    return [PathError(str(number), "wrong") for number in numbers]


def test_just_as_many_errors_as_are_shown_are_all_of_them():
    assert first_errors(iter(numbered(range(MAX_ERRORS)))) == numbered(range(MAX_ERRORS))


def test_of_very_many_errors_the_first_are_told_and_no_more_are_looked_for():
    def endless():
        for number in count():
            assert number <= MAX_ERRORS
            yield PathError(str(number), "wrong")

    assert first_errors(endless()) == [*numbered(range(MAX_ERRORS)), MORE_ERRORS]


def test_error_found_twice_is_told_once():
    assert first_errors(iter(numbered([1, 2, 1]))) == numbered([1, 2])


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("lood", ["road", "load"], ' Did you mean "load"?'),
        ("LOAD", ["road", "load"], ' Did you mean "load"?'),
        ("abcde", ["abcxy"], ' Did you mean "abcxy"?'),
        ("abcd", ["abxy"], ""),
        ("record", ["whose-code"], ""),
        ("x" * 200, ["x" * 100], f' Did you mean "{"x" * 100}"?'),
        ("load", [], ""),
    ],
)
def test_known_word_that_is_spelt_alike_is_named(word, known, said):
    assert did_you_mean(word, known) == said
