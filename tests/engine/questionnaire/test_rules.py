"""Layers, candidates and requirements of a file: as values, and what is wrong with them."""

import pytest

from decider.engine.questionnaire.parse import build, parse
from decider.engine.questionnaire.plain import to_dict
from decider.engine.questionnaire.rules import CandidateRule, Compliance
from tests.bicycle import at
from tests.bicycle import bicycle as first_format
from tests.engine.questionnaire.test_validation import errors_of
from tests.heating import data, heating

STREET = ("sections", 0, "questions", 0)
PLANNED = (*STREET, "choices", 1, "evidence")


def test_file_becomes_the_values_that_it_states():
    asked = heating()
    assert asked.weight_origin == "Judged from what owners named first; change them."
    assert [value.key for value in asked.layers[0].values] == ["fire", "outside"]
    assert asked.alternative_by_key["pump"].layers == {"bills": "power", "heat": "outside"}
    assert asked.alternative_by_key["pump"].candidate is None
    assert asked.alternative_by_key["district"].candidate == CandidateRule(
        ({"street": ("pipe",)}, {"street": ("planned",), "wait": ("years",)}),
        "a pipe is laid in the street",
        "No pipe passes the house.",
    )
    assert [asked.questions[key].kind for key in ("street", "wait", "hands")] == [
        "fact", "estimate", "decision",
    ]  # fmt: skip
    assert asked.questions["air"].layer == "heat"


def test_entry_about_several_alternatives_becomes_one_for_each():
    street = heating().questions["street"]
    planned = street.choice("planned").evidence
    assert {key: e.reason for key, e in planned.items()} == {
        "pump": "It can be had now.", "pellets": "It can be had now.",
    }  # fmt: skip
    assert {key: e.value for key, e in street.choice("none").evidence.items()} == {
        "pump": 0, "district": -2, "pellets": 0, "stove": 0,
    }  # fmt: skip


def test_others_are_all_that_no_group_of_a_requirement_names():
    clean_air, quiet = heating().requirements
    assert {key: c.status for key, c in clean_air.compliance.items()} == {
        "pump": "met", "district": "met", "pellets": "on_condition", "stove": "not_met",
    }  # fmt: skip
    assert clean_air.compliance["pellets"] == Compliance(
        "pellets",
        "on_condition",
        "Filters hold the dust back.",
        condition="The boiler has a particle filter.",
        basis="type tests",
    )
    assert quiet.compliance["pump"].quotations == ("flow-cold",)
    assert quiet.when == ({"neighbours": ("close",), "noise": ("strict",)},)


def test_to_dict_is_the_reverse_of_parse():
    plain = to_dict(heating())
    assert plain["format"] == "decider-questionnaire/2"
    assert parse(plain) == build(plain) == heating()
    assert to_dict(parse(plain)) == plain


def test_questionnaire_without_newer_parts_keeps_the_first_format():
    plain = to_dict(first_format())
    assert plain["format"] == "decider-questionnaire/1"
    asked = [question for section in plain["sections"] for question in section["questions"]]
    assert not any("kind" in question or "layer" in question for question in asked)


NEWER = (
    lambda root: at(root, "sources", 0).update(url="https://example.org/lanes"),
    lambda root: at(root, "quotations", 0).update(speaker="A dealer"),
    lambda root: root.update(weight_origin="Judged."),
    lambda root: root.update(requirements=data()["requirements"]),
    lambda root: root.update(layers=data()["layers"]),
    lambda root: at(root, *STREET).update(kind="fact"),
    lambda root: at(root, "alternatives", 0).update(candidate={}),
)


@pytest.mark.parametrize("change", NEWER)
def test_file_of_the_first_format_has_none_of_the_newer_parts(change):
    root = to_dict(first_format())
    change(root)
    assert any("unknown key" in error for error in errors_of(root))


@pytest.mark.parametrize(
    ("where", "change", "error"),
    [
        (
            ("alternatives", 0, "layers"),
            {"heat": "fire"},
            "alternatives[0]: names no value of these layers: bills",
        ),
        (
            ("alternatives", 0, "layers"),
            {},
            "alternatives[0]: names no value of these layers: heat, bills",
        ),
        (
            ("alternatives", 0, "layers"),
            {"heat": "fires", "bills": "power"},
            'alternatives[0].layers.heat: there is no value of "heat" "fires".'
            ' Did you mean "fire"?',
        ),
        (
            ("alternatives", 0, "layers"),
            {"heat": "fire", "bills": "power", "roof": "flat"},
            'alternatives[0].layers.roof: there is no layer "roof".',
        ),
        (
            (*STREET, "layer"),
            "roof",
            'sections[0].questions[0].layer: there is no layer "roof".',
        ),
        (
            (*STREET, "kind"),
            "guess",
            'sections[0].questions[0].kind: should be one of fact, estimate, decision, not "guess"',
        ),
        (
            ("requirements", 1, "key"),
            "clean-air",
            'requirements[1].key: "clean-air" is already the key of requirements[0]',
        ),
        (
            ("requirements", 0, "when", 0),
            {"cellar": ["banned"]},
            'requirements[0].when[0].cellar: there is no question "cellar".',
        ),
        (
            ("alternatives", 1, "candidate", "when", 0),
            {"street": ["pipes"]},
            'alternatives[1].candidate.when[0].street[0]: there is no choice of "street" "pipes".'
            ' Did you mean "pipe"?',
        ),
        (
            ("alternatives", 1, "candidate", "when", 1),
            {"street": ["pipe"], "wait": ["years"]},
            "alternatives[1].candidate.when[1]: no path through the questions leads to all these"
            " answers",
        ),
        (
            ("requirements", 0, "when"),
            [],
            "requirements[0].when: has 0 entries; at least 1",
        ),
        (
            ("requirements", 0, "on_condition", "pellets"),
            {"reason": "Filters do it."},
            "requirements[0].on_condition.pellets: missing: condition",
        ),
        (
            ("requirements", 1, "met"),
            {"district": {"reason": "r"}},
            "requirements[1]: doesn't say whether these alternatives meet it: pellets, stove",
        ),
        (
            ("requirements", 1, "met"),
            {"district, stove, pellets, pump": {"reason": "r"}},
            'requirements[1].not_met.pump: "pump" is already in requirements[1].met.district,'
            " stove, pellets, pump",
        ),
        (
            ("requirements", 1, "met"),
            {"district, other": {"reason": "r"}, "others": {"reason": "r"}},
            'requirements[1].met.district, other: there is no alternative "other".',
        ),
        (
            ("requirements", 1, "not_met", "pump", "quotations"),
            ["flow-hot"],
            'requirements[1].not_met.pump.quotations[0]: there is no quotation "flow-hot".'
            ' Did you mean "flow-cold"?',
        ),
        (
            PLANNED,
            {"pump, others": {"value": 1, "reason": "r"}},
            'sections[0].questions[0].choices[1].evidence.pump, others: "others" stands alone',
        ),
        (
            PLANNED,
            {"pump, stove": {"value": 1, "reason": "r"}, "stove": {"value": 0, "reason": "r"}},
            'sections[0].questions[0].choices[1].evidence.stove: "stove" is already in'
            " sections[0].questions[0].choices[1].evidence.pump, stove",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_hold_together_is_an_error_at_its_path(where, change, error):
    root = data()
    *above, last = where
    at(root, *above)[last] = change
    assert errors_of(root) == [error]


def test_keys_of_layers_and_of_their_values_are_unique():
    root = data()
    root["layers"].append(root["layers"][0])
    root["layers"][1]["values"].append(root["layers"][1]["values"][0])
    assert errors_of(root) == [
        'layers[2].key: "heat" is already the key of layers[0]',
        'layers[1].values[3].key: "power" is already the key of layers[1].values[0]',
    ]


def test_alternative_can_not_be_called_others():
    root = data()
    root["alternatives"][0]["key"] = "others"
    message = (
        'alternatives[0].key: "others" has a meaning of its own beside the keys of alternatives'
    )
    assert message in errors_of(root)


def test_answers_that_exclude_each_other_below_a_question_raise_nothing():
    root = data()
    root["requirements"][0]["when"] = [{"wait": ["years"], "street": ["none"]}]
    assert errors_of(root) == [
        "requirements[0].when[0]: no path through the questions leads to all these answers"
    ]


def test_answers_below_one_another_are_impossible_with_an_answer_that_hides_the_first():
    root = data()
    noise = at(root, "sections", 0, "questions", 3)
    noise["shown_when"] = {"question": "wait", "choices": ["years"]}
    parse(root)
    root["requirements"][1]["when"] = [{"street": ["pipe"], "noise": ["strict"]}]
    assert errors_of(root) == [
        "requirements[1].when[0]: no path through the questions leads to all these answers"
    ]


def test_combination_without_choices_is_only_misshapen():
    root = data()
    root["requirements"][1]["when"] = [{"noise": []}]
    assert errors_of(root) == ["requirements[1].when[0].noise: has 0 entries; at least 1"]
