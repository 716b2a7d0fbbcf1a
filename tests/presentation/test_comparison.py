"""Two reports side by side: all that differs, and what each difference did."""

from __future__ import annotations

from copy import deepcopy

import pytest

from decider.engine.analysis.comparison import compare
from decider.engine.questionnaire.parse import parse
from decider.engine.report.document import build_document
from decider.engine.scoring.score import compile_model, evaluate
from decider.presentation.comparison import NOT_ASKED, PresentedComparison, present_comparison
from tests.heating import heating
from tests.presentation.builders import NOTHING_LEFT, QUESTIONNAIRE, USUAL, changed, document
from tests.presentation.test_requirements import PELLETS

Answers = dict[str, str]


def compared(
    changes=None, *, answers: Answers = USUAL, notes=None, weights=None
) -> PresentedComparison:
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
        outcomes.append(evaluate(compile_model(questionnaire), given, document.weights))
    return present_comparison(*documents, compare(*outcomes))


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
    assert (view.versions, view.another_first) == ((3, 4), False)


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
@pytest.mark.parametrize("weight", range(1, 60, 7))
def test_what_is_shown_adds_up_for_a_reader(change, weight) -> None:
    view = compared(change, answers={**USUAL, "rain": "wet"}, weights={"people": weight})
    for row in view.alternatives:
        effects = [dict(q.effects).get(row.name, 0.0) for q in view.questions]
        effects.append(dict(view.weight_effects).get(row.name, 0.0))
        assert round(sum(effects), 9) == row.change
        assert round(row.after - row.before, 9) == row.change


def test_weights_that_stay_bring_nothing() -> None:
    assert compared(answers={**USUAL, "rain": "wet"}).weight_effects == []


def test_another_first_place_is_told() -> None:
    view = compared(answers={"how-many": "many", "minutes": "short", "rain": "wet"})
    assert view.another_first
    assert (view.first_before, view.first_after) == (
        "A picnic in the park across the river",
        "The canteen",
    )


def test_who_is_first_is_not_the_shortlist() -> None:
    sides = [document(), changed(document(), {"result.leaders": ["picnic", "canteen"]})]
    outcome = evaluate(compile_model(parse(QUESTIONNAIRE)), USUAL, sides[0].weights)
    view = present_comparison(*sides, compare(outcome, outcome))
    assert not view.another_first
    assert view.first_after == view.first_before == "A picnic in the park across the river"


def test_several_in_an_exact_tie_are_told_apart() -> None:
    view = compared(answers=dict.fromkeys(USUAL, "n/a"))
    assert view.first_after == (
        "“The canteen”, “A picnic in the park across the river” and “A restaurant”"
    )


def test_nobody_first_where_all_are_ruled_out() -> None:
    assert compared(answers=NOTHING_LEFT).first_after == "none"


def test_alternative_that_becomes_conditional_is_not_called_ruled_out() -> None:
    questionnaire = heating()
    sides = [{**PELLETS, "street": "pipe"}, PELLETS]
    documents = [
        build_document(
            questionnaire=questionnaire,
            version=1,
            title="Our house",
            context="",
            answers=answers,
            notes={},
            weights={},
        )
        for answers in sides
    ]
    model = compile_model(questionnaire)
    difference = compare(*(evaluate(model, answers, {}) for answers in sides))
    rows = {row.name: row for row in present_comparison(*documents, difference).alternatives}
    district, pump = rows["District heating"], rows["Heat pump"]
    assert (district.rank_after, district.ruled_out_after) == (None, False)
    assert (pump.ruled_out_before, pump.ruled_out_after) == (True, True)
