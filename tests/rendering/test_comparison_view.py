"""Two reports side by side: all that differs, and what each difference did."""

from __future__ import annotations

from copy import deepcopy

import pytest

from decider.engine.comparison import compare
from decider.engine.document import build_document
from decider.engine.parse import parse
from decider.engine.scoring import compile_model, evaluate
from decider.rendering.comparison_view import NOT_ASKED, ComparisonView, view_comparison
from tests.rendering.builders import QUESTIONNAIRE, USUAL

Answers = dict[str, str]


def compared(changes=None, *, answers: Answers = USUAL, notes=None, weights=None) -> ComparisonView:
    """The usual report beside one on a changed questionnaire, with other answers."""
    data = deepcopy(QUESTIONNAIRE)
    if changes:
        changes(data)
    sides = [(QUESTIONNAIRE, 3, USUAL, {}, {}), (data, 4, answers, notes or {}, weights or {})]
    documents, outcomes = [], []
    for source, version, given, remarks, swings in sides:
        questionnaire = parse(source)
        document = build_document(
            questionnaire=questionnaire,
            version=version,
            title="Lunch",
            context="",
            answers=given,
            notes=remarks,
            weights=swings,
        )
        documents.append(document)
        outcomes.append(evaluate(compile_model(questionnaire), given, document["weights"]))
    return view_comparison(*documents, compare(*outcomes))


def question(data, key: str):
    return next(q for s in data["sections"] for q in s["questions"] if q["key"] == key)


def reword(data) -> None:
    question(data, "minutes")["text"] = "How long may lunch take?"


def weigh(data) -> None:
    question(data, "minutes")["weight"] = 1


def judge(data) -> None:
    for choice in question(data, "minutes")["choices"]:
        choice["evidence"].pop("restaurant", None)


def test_nothing_differs_where_only_the_version_does() -> None:
    view = compared()
    assert view.is_empty
    assert (view.versions, view.winner_changed) == ((3, 4), False)


def test_answer_note_and_question_no_longer_asked_are_told() -> None:
    view = compared(answers={**USUAL, "how-many": "many"}, notes={"minutes": "Fifty"})
    rows = {
        row.key: (row.before.answer, row.after.answer, row.after.note) for row in view.questions
    }
    assert rows == {
        "how-many": ("Up to four", "More than four", ""),
        "guests": ("Nobody from outside comes", "", ""),
        "minutes": ("An hour or more", "An hour or more", "Fifty"),
    }
    gone = next(row for row in view.questions if row.key == "guests")
    assert gone.after == NOT_ASKED
    assert not gone.on_both_sides


@pytest.mark.parametrize(
    ("change", "part"), [(reword, "text"), (weigh, "weight"), (judge, "evidence")]
)
def test_change_of_the_questionnaire_is_told_at_its_question(change, part) -> None:
    (row,) = compared(change).questions
    parts = ("text", "answer", "note", "weight", "evidence")
    assert row.key == "minutes"
    assert [p for p in parts if getattr(row.before, p) != getattr(row.after, p)] == [part]


def test_section_weights_are_told_with_what_they_did_in_all() -> None:
    view = compared(weights={"people": 10})
    assert [(w.title, w.before, w.after) for w in view.weights] == [("People", 60, 10)]
    assert view.questions == []
    assert view.weight_effects[0][1] != 0


@pytest.mark.parametrize("change", [None, weigh, judge])
def test_effects_add_up_to_the_change_of_points(change) -> None:
    view = compared(change, answers={**USUAL, "rain": "wet"}, weights={"people": 30})
    told = dict.fromkeys((row.name for row in view.standings), 0.0)
    for effects in (view.weight_effects, *(row.effects for row in view.questions)):
        for name, points in effects:
            told[name] += points
    changes = {row.name: row.change for row in view.standings}
    assert told == pytest.approx(changes, abs=0.05 * (len(view.questions) + 2))


def test_another_winner_is_told() -> None:
    view = compared(answers={"how-many": "many", "minutes": "short", "rain": "wet"})
    assert view.winner_changed
    assert (view.before_leaders, view.after_leaders) == (
        "A picnic in the park across the river",
        "The canteen",
    )
