"""Alternatives that can't win, sections that say one thing only, and too little evidence."""

import pytest

from decider.engine.analysis.lint import lint
from decider.engine.analysis.lint_rules import Finding
from tests.engine import builders
from tests.engine.analysis.test_lint import found


def evidence_of(root, alternative):
    for section in root["sections"]:
        for asked in section["questions"]:
            for choice in asked["choices"]:
                if alternative in choice.get("evidence", {}):
                    yield choice["evidence"][alternative]


def test_alternative_that_another_always_beats():
    def change(root):
        for evidence in evidence_of(root, "cargo"):
            evidence.update({"value": -2, "low": -2, "high": -2})
        for evidence in evidence_of(root, "electric"):
            evidence["veto"] = False

    message = (
        'it never gets ahead of "electric", whatever is answered, at the sections\' own weights'
    )
    assert Finding("alternatives[1]", "never-wins", message) in found(change)


def test_alternative_that_loses_now_to_one_and_now_to_another():
    choices = [
        builders.choice("x", {"a": 1, "b": 2, "c": -2}),
        builders.choice("y", {"a": 1, "b": -2, "c": 2}),
    ]
    section = builders.section("s", [builders.question("q", choices)])
    findings = lint(builders.questionnaire([section], ("a", "b", "c")))
    assert [f for f in findings if f.code in ("no-win-found", "never-wins")] == [
        Finding(
            "alternatives[0]",
            "no-win-found",
            "a search found no answers with which it comes first alone,"
            " at the sections' own weights",
        )
    ]


def one_way(*choices):
    """What is found of a section of one question, with ratings for a, b and c by choice."""
    rated = [dict(zip("abc", ratings, strict=True)) for ratings in choices]
    offered = [builders.choice(f"c{i}", ratings) for i, ratings in enumerate(rated)]
    section = builders.section("s", [builders.question("q", offered)], 1)
    findings = lint(builders.questionnaire([section], ("a", "b", "c")))
    assert {f.path for f in findings if f.code == "one-way-section"} <= {"sections[0]"}
    return [f.message for f in findings if f.code == "one-way-section"]


@pytest.mark.parametrize(
    ("choices", "messages"),
    [
        ([(1, 1, 0), (1, 2, -1)], ['speaks for "a"', 'speaks for "b"']),
        ([(-1, 0, -2), (-1, 0, 1)], ['speaks against "a"']),
        ([(1, 0, 0), (0, -1, 0)], []),
        (
            [(0, -1, -1)],
            ['puts "a" ahead of all others', 'speaks against "b"', 'speaks against "c"'],
        ),
        ([(1, 0, 0), (0, -1, -1), (2, 1, 1)], ['puts "a" ahead of all others']),
        ([(1, 0, 0), (0, 0, -1)], []),
        ([(1, 0, 0)], ['speaks for "a"', 'puts "a" ahead of all others']),
    ],
)
def test_section_that_speaks_one_way_whatever_is_answered(choices, messages):
    assert one_way(*choices) == [f"{message} whatever is answered" for message in messages]


def test_section_is_judged_by_its_own_questions():
    sections = [
        builders.section("open", [builders.question("p", [builders.choice("x", {})])]),
        builders.section("one-way", [builders.question("q", [builders.choice("x", {"a": 1})])]),
    ]
    findings = lint(builders.questionnaire(sections))
    assert {f.path for f in findings if f.code == "one-way-section"} == {"sections[1]"}


def test_enough_strong_questions_are_enough():
    strong = [builders.choice("x", {"a": 2, "b": -2}), builders.choice("y", {"a": -2, "b": 2})]
    section = builders.section("s", [builders.question(f"q{i}", strong) for i in range(3)])
    codes = {finding.code for finding in lint(builders.questionnaire([section]))}
    assert not {"little-for", "little-against"} & codes
