"""Data to a questionnaire and back, and every error of shape at its path."""

import contextlib
import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.engine.errors import MAX_ERRORS, MORE_ERRORS
from decider.engine.parse import QuestionnaireErrors, build, parse, to_dict
from decider.engine.schema import Condition, Evidence, Questionnaire, Road
from tests.bicycle import at, bicycle, data


def errors_of(root) -> list[str]:
    with pytest.raises(QuestionnaireErrors) as raised:
        parse(root)
    return [str(error) for error in raised.value.errors]


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


LOAD = ("sections", 0, "questions", 0)
NOTHING = (*LOAD, "choices", 0)
CITY = (*NOTHING, "evidence", "city")
CITY_PATH = "sections[0].questions[0].choices[0].evidence.city"


@pytest.mark.parametrize(
    ("where", "key", "value", "error"),
    [
        ((), "titel", "x", 'titel: unknown key. Did you mean "title"?'),
        ((), "format", "other/2", 'format: should be "decider-questionnaire/1", not "other/2"'),
        (("alternatives", 0), "watch", [], "alternatives[0].watch: has 0 entries; at least 1"),
        ((), "summary", None, "summary: is empty"),
        ((), "summary", "  ", "summary: is empty"),
        ((), "title", 12, "title: should be text: put it in quotes"),
        ((), "title", True, "title: should be text: put it in quotes"),
        ((), "title", ["a"], "title: should be text, not a list"),
        ((), "title", "x" * 201, "title: has 201 characters; at most 200"),
        (LOAD, "factors", "load", 'sections[0].questions[0].factors: should be a list, not "load"'),
        (
            ("sections", 0),
            "key",
            "Use It",
            'sections[0].key: "Use It" doesn\'t fit: Lower-case words joined by hyphens; stable for'
            " ever, because saved answers refer to it.",
        ),
        (("sections", 0), "weight", 101, "sections[0].weight: should be a whole number from 0 to"),
        (LOAD, "weight", "heavy", "sections[0].questions[0].weight: should be a whole number"),
        (CITY, "value", 3, f"{CITY_PATH}.value: should be a whole number from -2 to 2, not 3"),
        (CITY, "value", "2.5", f"{CITY_PATH}.value: should be a whole number from -2 to 2, not"),
        (CITY, "veto", "yes", f'{CITY_PATH}.veto: should be true or false, not "yes"'),
        (CITY, "because", "x", f"{CITY_PATH}.because: unknown key."),
        (
            ("alternatives", 0, "technologies", 0),
            "maturity",
            "old",
            "alternatives[0].technologies[0].maturity: should be one of mature, growing, research",
        ),
        (LOAD, "factors", ["load", "load"], "sections[0].questions[0].factors: names the same"),
    ],
)
def test_departure_from_the_schema_is_told_at_its_path(where, key, value, error):
    root = data()
    at(root, *where)[key] = value
    (found,) = errors_of(root)
    assert found.startswith(error)


def test_missing_keys_are_told_together():
    root = data()
    del at(root, *LOAD)["text"], at(root, *LOAD)["help"]
    assert errors_of(root) == ["sections[0].questions[0]: missing: text, help"]


def test_all_errors_are_told_at_once():
    root = data()
    root["titel"] = root.pop("title")
    at(root, *CITY)["value"] = 7
    at(root, *LOAD)["quotations"] = ["nowhere"]
    assert sorted(errors_of(root)) == [
        "missing: title",
        f"{CITY_PATH}.value: should be a whole number from -2 to 2, not 7",
        'sections[0].questions[0].quotations[0]: there is no quotation "nowhere".'
        ' The nearest is "trailer-does".',
        'titel: unknown key. Did you mean "title"?',
    ]


def test_data_that_is_no_mapping_is_refused():
    assert errors_of(["a"]) == ["should be a mapping with keys and values"]


def test_of_very_many_errors_the_first_are_told():
    root = data()
    root.update({f"key-{number}": number for number in range(MAX_ERRORS + 1)})
    errors = errors_of(root)
    assert (len(errors), errors[-1]) == (MAX_ERRORS + 1, str(MORE_ERRORS))


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
