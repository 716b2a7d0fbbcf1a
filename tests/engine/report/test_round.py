"""Rounds of independent answers as parts of a report document."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from msgspec import UNSET, structs

from decider.engine.report.codec import canonical_json, decode, json_schema, plain
from decider.engine.report.round import RoundInputs, Sheet, build_round
from tests.presentation.builders import document

ADA = Sheet(
    "Ada",
    {"how-many": "few", "guests": "never", "minutes": "long", "rain": "dry"},
    {"minutes": "We have an hour.", "rain": ""},
    {"people": 80},
)
BO = Sheet("Bo", {"how-many": "many", "guests": "often", "minutes": "short"}, {}, {})


def made(*sheets: Sheet, **more):
    return build_round(document().questionnaire.content, RoundInputs(sheets, **more))


def test_round_says_who_said_what_and_what_would_lead() -> None:
    found = plain(made(ADA, BO, unfinished=["Cy"], settled={"minutes": ("long", "As Ada says.")}))
    ada, bo = found["participants"]
    assert (ada["name"], ada["notes"]) == ("Ada", {"minutes": "We have an hour."})
    assert ada["weights"]["people"] == 80
    assert ada["leaders"] == ("picnic",)
    assert bo["answers"] == {"how-many": "many", "minutes": "short"}
    assert bo["leaders"] == ("canteen",)
    assert found["unfinished"] == ("Cy",)
    assert found["settled"] == {"minutes": {"answer": "long", "note": "As Ada says."}}
    assert [split["question"] for split in found["splits"]] == ["how-many", "minutes"]


def test_ranking_has_the_mean_of_the_points() -> None:
    alone = [made(sheet).ranking for sheet in (ADA, BO)]
    ada, bo = ({row.alternative: row.points for row in rows} for rows in alone)
    both = {row.alternative: row.points for row in made(ADA, BO).ranking}
    assert both["canteen"] == pytest.approx((ada["canteen"] + bo["canteen"]) / 2, abs=0.051)


def test_alternative_is_contested_by_those_whose_answers_rule_it_out() -> None:
    found = made(ADA, BO, Sheet("Cy", {"how-many": "few", "minutes": "none"}, {}, {}))
    assert {row.alternative: row.by for row in found.contested}["picnic"] == ("Bo",)


def test_answer_to_a_question_that_was_not_asked_is_left_out() -> None:
    assert "guests" not in made(BO).participants[0].answers


def test_document_with_a_round_is_read_back_and_fits_the_schema() -> None:
    whole = structs.replace(document(), round=made(ADA, BO, unfinished=["Cy"]))
    content = canonical_json(whole)
    assert decode(content) == whole
    errors = Draft202012Validator(json_schema()).iter_errors(json.loads(content))
    assert [error.message for error in errors] == []


def test_document_without_a_round_does_not_name_it() -> None:
    assert document().round is UNSET
    assert "round" not in json.loads(canonical_json(document()))
