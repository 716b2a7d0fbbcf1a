"""Each weakness of a questionnaire is found at its path, and a good one is left in peace."""

import re
from pathlib import Path

from decider.engine.analysis.lint import lint
from decider.engine.analysis.lint_rules import Finding
from decider.engine.questionnaire.parse import parse
from tests.bicycle import data, question
from tests.engine import builders

LITTLE = "questions that can speak strongly"
FOUND_AT_FIRST = {
    Finding("alternatives[0]", "little-for", f"{LITTLE} for it: 2, at least 3"),
    Finding("alternatives[1]", "little-for", f"{LITTLE} for it: 2, at least 3"),
    Finding("alternatives[2]", "little-for", f"{LITTLE} for it: 1, at least 3"),
    Finding("alternatives[2]", "little-against", f"{LITTLE} against it: 1, at least 2"),
    Finding("sections[0].questions[1]", "no-factor", "names no decision factor"),
    Finding(
        "sections[0].questions[1].choices[0]",
        "choice-without-evidence",
        "says nothing about any alternative",
    ),
    Finding("sections[1].questions[1]", "no-factor", "names no decision factor"),
}
"""The file of the tests is a small one: it can't have enough questions for each alternative."""


def changed(change):
    root = data()
    change(root)
    return parse(root)


def found(change) -> set[Finding]:
    """What is found after a change, beyond what the unchanged file has, or no longer."""
    return set(lint(changed(change))) ^ FOUND_AT_FIRST


def test_unchanged_file_has_what_is_known_of_it():
    assert found(lambda _: None) == set()


def test_quotation_and_source_that_nothing_refers_to():
    def change(root):
        root["sources"].append({"key": "new", "title": "New", "author": "A"})
        quotation = {"key": "idle", "source": "hills-2021", "factor": "hills", "text": "Idle."}
        root["quotations"].append(quotation)

    assert found(change) == {
        Finding("quotations[3]", "unused-quotation", "nothing refers to it"),
        Finding("sources[2]", "unused-source", "nothing is quoted from it"),
    }


def test_evidence_without_quotation_and_basis():
    def change(root):
        del question(root, "load")["choices"][0]["evidence"]["city"]["basis"]

    path = "sections[0].questions[0].choices[0].evidence.city"
    message = "has neither a quotation nor a stated basis"
    assert found(change) == {Finding(path, "unfounded-evidence", message)}


def test_choice_with_the_effect_of_another():
    def change(root):
        choices = question(root, "children")["choices"]
        choices.append({**choices[1], "key": "one-more", "label": "Another"})

        choices.append({**choices[1], "key": "and-more", "label": "And another"})

    path = "sections[0].questions[1].choices"
    message = 'has the same effect as "one"'
    assert found(change) == {
        Finding(f"{path}[3]", "choices-alike", message),
        Finding(f"{path}[4]", "choices-alike", message),
    }


def test_choices_that_differ_in_what_they_show_are_not_alike():
    def change(root):
        load = question(root, "load")
        load["choices"].append({**load["choices"][2], "key": "piano", "label": "A piano"})

    # The new choice alone neither shows the question on children nor takes a side.
    assert found(change) == set()


def test_choices_that_differ_in_a_range_a_veto_or_a_side_are_not_alike():
    ratings = [1, (0, 1, 1), (1, 1, 2), "veto+1", None]
    choices = [builders.choice(f"c{i}", {"a": rating}) for i, rating in enumerate(ratings)]
    section = builders.section("s", [builders.question("q", choices)])
    assert "choices-alike" not in {f.code for f in lint(builders.questionnaire([section]))}


def test_question_asked_only_after_answers_that_a_conflict_rejects():
    def change(root):
        question(root, "socket")["shown_when"] = {"question": "children", "choices": ["none"]}
        conflict = {"key": "x", "message": "m", "when": {"load": ["crates"], "children": ["none"]}}
        root["conflicts"].append(conflict)

    message = 'is asked only after answers that the conflict "x" rejects'
    assert found(change) == {Finding("sections[1].questions[1]", "unreachable-question", message)}


def test_question_that_can_be_reached_without_the_conflict_is_fine():
    def change(root):
        condition = {"question": "children", "choices": ["none", "one"]}
        question(root, "socket")["shown_when"] = condition
        conflict = {"key": "x", "message": "m", "when": {"load": ["crates"], "children": ["none"]}}
        root["conflicts"].append(conflict)

    assert found(change) == set()


ONE_SIDED = Finding(
    "disagreements[0].a",
    "one-sided-disagreement",
    'no answer puts a case on this side without side "b"',
)


def test_disagreement_of_which_one_side_never_stands_alone():
    def change(root):
        root["disagreements"][0]["a"]["when"] = {"load": ["bag"]}

    assert found(change) == {ONE_SIDED}


def test_side_behind_a_question_that_the_other_side_does_not_name_may_stand_alone():
    def change(root):
        root["disagreements"][0]["a"]["when"] = {"children": ["one"]}
        root["disagreements"][0]["b"]["when"] = {"hills": ["flat"]}

    assert found(change) == set()


def test_side_behind_a_question_that_speaks_for_the_other_side_never_stands_alone():
    def change(root):
        root["disagreements"][0]["a"]["when"] = {"children": ["one"]}
        root["disagreements"][0]["b"]["when"] = {"load": ["crates"]}

    assert found(change) == {ONE_SIDED}


def test_every_code_is_documented():
    root = Path(__file__).parents[3]
    page = (root / "docs" / "questionnaire-format.md").read_text(encoding="utf-8")
    room = root / "decider" / "engine" / "analysis"
    source = "".join((room / name).read_text("utf-8") for name in ("lint.py", "lint_rules.py"))
    documented = set(re.findall(r"`([a-z-]+)`", page.split("| code |")[1]))
    assert documented == set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source))
