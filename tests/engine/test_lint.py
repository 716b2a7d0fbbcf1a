"""Each weakness of a questionnaire is found at its path, and a good one is left in peace."""

import re
from pathlib import Path

import pytest

from decider.engine.lint import lint
from decider.engine.parse import parse
from tests.bicycle import data, question
from tests.engine import builders

FOUND_AT_FIRST = {
    ("alternatives[0]", "little-for"),
    ("alternatives[1]", "little-for"),
    ("alternatives[2]", "little-for"),
    ("alternatives[2]", "little-against"),
    ("sections[0].questions[1]", "no-factor"),
    ("sections[0].questions[1].choices[0]", "choice-without-evidence"),
    ("sections[1].questions[1]", "no-factor"),
}
"""The file of the tests is a small one: it can't have enough questions for each alternative."""


def found(change) -> set[tuple[str, str]]:
    """Path and code of what is found after a change, beyond what the unchanged file has."""
    root = data()
    change(root)
    return {(f.path, f.code) for f in lint(parse(root))} ^ FOUND_AT_FIRST


def test_unchanged_file_has_what_is_known_of_it():
    assert found(lambda _: None) == set()


def test_quotation_and_source_that_nothing_refers_to():
    def change(root):
        root["sources"].append({"key": "new", "title": "New", "author": "A"})
        quotation = {"key": "idle", "source": "hills-2021", "factor": "hills", "text": "Idle."}
        root["quotations"].append(quotation)

    assert found(change) == {("quotations[3]", "unused-quotation"), ("sources[2]", "unused-source")}


def test_evidence_without_quotation_and_basis():
    def change(root):
        del question(root, "load")["choices"][0]["evidence"]["city"]["basis"]

    path = "sections[0].questions[0].choices[0].evidence.city"
    assert found(change) == {(path, "unfounded-evidence")}


def test_choice_with_the_effect_of_another():
    def change(root):
        choices = question(root, "children")["choices"]
        choices.append({**choices[1], "key": "one-more", "label": "Another"})

    path = "sections[0].questions[1].choices[3]"
    assert found(change) == {(path, "choices-alike")}


def test_choices_that_differ_in_what_they_show_are_not_alike():
    def change(root):
        load = question(root, "load")
        load["choices"].append({**load["choices"][2], "key": "piano", "label": "A piano"})

    # The new choice alone neither shows the question on children nor takes a side.
    assert found(change) == set()


def test_question_asked_only_after_answers_that_a_conflict_rejects():
    def change(root):
        question(root, "socket")["shown_when"] = {"question": "children", "choices": ["none"]}
        conflict = {"key": "x", "message": "m", "when": {"load": ["crates"], "children": ["none"]}}
        root["conflicts"].append(conflict)

    assert found(change) == {("sections[1].questions[1]", "unreachable-question")}


def test_question_that_can_be_reached_without_the_conflict_is_fine():
    def change(root):
        condition = {"question": "children", "choices": ["none", "one"]}
        question(root, "socket")["shown_when"] = condition
        conflict = {"key": "x", "message": "m", "when": {"load": ["crates"], "children": ["none"]}}
        root["conflicts"].append(conflict)

    assert found(change) == set()


def test_disagreement_of_which_one_side_never_stands_alone():
    def change(root):
        root["disagreements"][0]["a"]["when"] = {"load": ["bag"]}

    assert found(change) == {("disagreements[0].a", "one-sided-disagreement")}


def test_side_behind_a_question_that_speaks_for_the_other_side_never_stands_alone():
    def change(root):
        root["disagreements"][0]["a"]["when"] = {"children": ["one"]}
        root["disagreements"][0]["b"]["when"] = {"load": ["crates"]}

    assert found(change) == {("disagreements[0].a", "one-sided-disagreement")}


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

    assert {("alternatives[1]", "never-wins")} <= found(change)


def test_alternative_that_loses_now_to_one_and_now_to_another():
    choices = [
        builders.choice("x", {"a": 1, "b": 2, "c": -2}),
        builders.choice("y", {"a": 1, "b": -2, "c": 2}),
    ]
    section = builders.section("s", [builders.question("q", choices)])
    findings = lint(builders.questionnaire([section], ("a", "b", "c")))
    assert [f.path for f in findings if f.code == "no-win-found"] == ["alternatives[0]"]
    assert [f for f in findings if f.code == "never-wins"] == []


@pytest.mark.parametrize("value", [1, -1])
def test_section_that_speaks_one_way_whatever_is_answered(value):
    def change(root):
        rating = {"value": value, "reason": "r", "basis": "b"}
        for asked in root["sections"][1]["questions"]:
            for choice in asked["choices"]:
                choice.setdefault("evidence", {})["cargo"] = dict(rating)

    assert ("sections[1]", "one-way-section") in found(change)


def test_section_that_puts_the_same_alternative_ahead_whatever_is_answered():
    def change(root):
        load = question(root, "load")
        root["sections"][0]["questions"] = [load]
        root["conflicts"] = []
        for choice in load["choices"]:
            choice["evidence"]["city"].update({"value": 0, "low": 0, "high": 0})
            choice["evidence"]["cargo"].update({"value": -1, "low": -1, "high": -1})
            rating = {"value": 0, "reason": "r", "basis": "b"}
            choice["evidence"]["electric"] = {**rating, "value": -1}

    codes = [f for f in lint(changed(change)) if f.code == "one-way-section"]
    assert 'puts "city" ahead of all others whatever is answered' in {f.message for f in codes}


def changed(change):
    root = data()
    change(root)
    return parse(root)


def test_strong_questions_are_counted_one_by_one():
    (finding,) = (f for f in lint(parse(data())) if f.code == "little-against")
    assert finding.message == "questions that can speak strongly against it: 1, at least 2"


def test_every_code_is_documented():
    root = Path(__file__).parents[2]
    page = (root / "docs" / "questionnaire-format.md").read_text(encoding="utf-8")
    source = (root / "decider" / "engine" / "lint.py").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z-]+)`", page.split("| code |")[1]))
    assert documented == set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source))
