"""Data to a questionnaire and back."""

import contextlib
import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.engine.questionnaire.errors import PathError
from decider.engine.questionnaire.parse import QuestionnaireErrors, build, parse
from decider.engine.questionnaire.plain import to_dict
from decider.engine.questionnaire.schema import (
    Alternative,
    Choice,
    Condition,
    Evidence,
    Question,
    Questionnaire,
    Road,
    Section,
    Source,
    Technology,
)
from tests.bicycle import at, bicycle, data


def test_file_becomes_the_values_that_it_states():
    questionnaire = bicycle()
    children = questionnaire.questions["children"]
    assert list(questionnaire.questions) == ["load", "children", "hills", "socket"]
    assert children.shown_when == Condition("load", frozenset({"crates"}))
    assert questionnaire.anchors[-2] == "speaks strongly against it"
    assert questionnaire.source_by_key["lanes-2019"].date == "2019"
    assert questionnaire.alternative_by_key["cargo"].road == Road(
        ("Rent one for the big shop",), ("Buy one",), ("Rented more than twice a month",)
    )
    assert questionnaire.questions["load"].choice("crates").evidence["city"] == Evidence(
        "city", -2, -2, 0, "A trailer may do.", quotations=("trailer-does",)
    )
    assert questionnaire.questions["load"].choice("crates").evidence["cargo"].low == 1
    assert questionnaire.questions["hills"].quotations == ("motor-or-legs",)
    assert questionnaire.alternative_by_key["city"].technologies == (
        Technology("Hub gear", "mature", "Three to eight speeds"),
    )


def test_what_is_left_out_gets_its_default():
    questionnaire = bicycle()
    socket = questionnaire.questions["socket"]
    assert (socket.weight, socket.factors, socket.shown_when) == (1, (), None)
    assert socket.choice("no").evidence["electric"] == Evidence(
        "electric", -2, -2, -2, "It can't be charged.", veto=True, basis="physics"
    )
    assert questionnaire.sections[1].worst == ""


def test_to_dict_is_the_reverse_of_parse():
    plain = to_dict(bicycle())
    assert parse(plain) == bicycle()
    assert build(plain) == bicycle()
    assert to_dict(parse(plain)) == plain


def test_what_is_empty_or_false_is_left_out_and_zero_is_not():
    root = data()
    at(root, "sections", 0)["weight"] = 0
    plain = to_dict(parse(root))
    assert plain["sections"][0]["weight"] == 0
    assert "worst" not in plain["sections"][1]
    no_children, one, several = plain["sections"][0]["questions"][1]["choices"]
    assert "evidence" not in no_children
    assert "veto" not in one["evidence"]["cargo"]
    assert several["evidence"]["city"]["veto"] is True


def test_to_dict_is_plain_json():
    plain = to_dict(bicycle())
    assert json.loads(json.dumps(plain)) == plain


def test_white_space_is_dropped_and_folded_in_quotations():
    root = data()
    root["title"] = " Which bicycle?\n"
    root["quotations"][0]["text"] = "Two\n  lines. "
    questionnaire = parse(root)
    assert (questionnaire.title, questionnaire.quotations[0].text) == (
        "Which bicycle?",
        "Two lines.",
    )


def test_order_without_meaning_is_made_one():
    root = data()
    root["anchors"] = dict(reversed(root["anchors"].items()))
    root["conflicts"][0]["when"] = dict(reversed(root["conflicts"][0]["when"].items()))
    questionnaire = parse(root)
    assert list(questionnaire.anchors) == [-2, -1, 0, 1, 2]
    assert list(questionnaire.conflicts[0].when) == ["load", "children", "hills"]


def test_data_that_is_no_mapping_is_refused():
    with pytest.raises(QuestionnaireErrors) as raised:
        parse(["a"])
    assert raised.value.errors == (PathError("", "should be a mapping with keys and values"),)


def smallest():
    """Data with nothing in it that may be left out."""
    alternative = {"name": "A", "summary": "S", "fits": "F", "watch": ["W"], "first_steps": ["G"]}
    choices = [{"key": "x", "label": "X"}, {"key": "y", "label": "Y"}]
    question = {"key": "q", "text": "T?", "help": "H", "example": "E", "choices": choices}
    return {
        "format": "decider-questionnaire/1",
        "key": "small",
        "title": "Small",
        "summary": "S",
        "language": "en",
        "anchors": {str(step): f"step {step}" for step in range(-2, 3)},
        "sources": [{"key": "s", "title": "Source", "author": "A"}],
        "alternatives": [{"key": key, **alternative} for key in ("a", "b")],
        "sections": [{"key": "s", "title": "S", "intro": "I", "questions": [question]}],
    }


def test_file_with_nothing_but_what_is_needed_gets_every_default():
    choices = (Choice("x", "X"), Choice("y", "Y"))
    assert parse(smallest()) == Questionnaire(
        key="small",
        title="Small",
        summary="S",
        language="en",
        anchors={step: f"step {step}" for step in range(-2, 3)},
        sources=(Source("s", "Source", "A", publisher="", date=""),),
        quotations=(),
        alternatives=tuple(
            Alternative(key, "A", "S", "F", ("W",), ("G",), technologies=(), road=None)
            for key in ("a", "b")
        ),
        sections=(Section("s", "S", "I", (Question("q", "T?", "H", "E", choices),), weight=50),),
        disagreements=(),
        conflicts=(),
    )
    bare = smallest()
    del bare["sources"]
    assert parse(bare).sources == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 101) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def places(root, path=()):
    """The path of every value in some data."""
    items = root.items() if isinstance(root, dict) else enumerate(root)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


PLACES = sorted(places(data()), key=str)


@given(path=st.sampled_from(PLACES), value=JSON)
def test_any_change_of_a_file_gives_a_questionnaire_or_errors(path, value):
    root = copy.deepcopy(data())
    at(root, *path[:-1])[path[-1]] = value
    with contextlib.suppress(QuestionnaireErrors):
        assert isinstance(parse(root), Questionnaire)
