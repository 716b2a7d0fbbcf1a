"""What the linter finds in layers, candidates and requirements."""

from decider.engine.analysis.lint import lint
from decider.engine.questionnaire.parse import parse
from tests.bicycle import at
from tests.heating import data

AIR = ("sections", 1, "questions", 0)


def found(root, *codes):
    return [(f.path, f.message) for f in lint(parse(root)) if f.code in codes]


def test_requirement_that_everybody_meets_is_found():
    root = data()
    assert found(root, "requirement-without-effect") == []
    root["requirements"][1] |= {"met": {"others": {"reason": "r", "basis": "b"}}, "not_met": {}}
    assert found(root, "requirement-without-effect") == [
        ("requirements[1]", "every alternative meets it, so that it changes nothing")
    ]


def test_alternatives_alike_in_a_layer_are_rated_alike_or_with_reasons_of_their_own():
    root = data()
    assert found(root, "layer-differs") == []
    entry = {"value": 1, "reason": "Wood is cheap.", "basis": "practice"}
    choice = at(root, *AIR, "choices", 0)
    choice["evidence"] = {"pellets": entry, "stove": {**entry, "value": 2}}
    message = 'rates "pellets" and "stove" differently, though they have the same "heat", without'
    place = "sections[1].questions[0].choices[0]"
    assert found(root, "layer-differs") == [(place, f"{message} a reason for each")]
    choice["evidence"] = {"pellets": entry}
    assert found(root, "layer-differs") == [(place, f"{message} a reason for each")]
    choice["evidence"] = {"pellets": entry, "stove": {**entry, "value": 2, "reason": "Cheapest."}}
    assert found(root, "layer-differs") == []


def test_decisive_argument_that_nothing_rules_out_is_noted():
    notes = [f for f in lint(parse(data())) if f.code == "decisive-against-not-required"]
    assert [f.path for f in notes] == [
        "sections[1].questions[1].choices[1].evidence.pump",
        "sections[1].questions[2].choices[1].evidence.stove",
    ]
    assert {f.message for f in notes} == {
        "speaks decisively against it, and no requirement says so: it could still come first"
    }
    assert all(f.is_note for f in notes)


def test_decisive_argument_is_covered_by_a_veto_a_requirement_or_a_candidate():
    root = data()
    at(root, "alternatives", 1, "candidate")["when"] = [{"walls": ["good"]}]
    at(root, "sections", 1, "questions", 1, "choices", 1, "evidence", "pump")["veto"] = True
    assert [path for path, _ in found(root, "decisive-against-not-required")] == [
        "sections[0].questions[0].choices[2].evidence.district",
        "sections[1].questions[2].choices[1].evidence.stove",
    ]


def test_choices_that_only_a_requirement_tells_apart_are_not_alike():
    root = data()
    for choice in at(root, "sections", 0, "questions", 2, "choices"):
        choice["evidence"] = {}
    assert found(root, "choices-alike") == []
    root["requirements"] = []
    assert found(root, "choices-alike") == [
        ("sections[0].questions[2].choices[1]", 'has the same effect as "close"')
    ]


def test_quotation_of_a_requirement_is_used_and_its_entries_are_founded():
    root = data()
    asked = at(root, "sections", 1, "questions", 1)
    asked["quotations"] = []
    for choice in asked["choices"]:
        choice["evidence"]["pump"] = {"value": 0, "reason": "r", "basis": "b"}
    root["disagreements"] = []
    assert found(root, "unused-quotation") == []
    root["requirements"][1]["not_met"]["pump"]["quotations"] = []
    assert found(root, "unused-quotation", "unfounded-evidence") == [
        ("quotations[0]", "nothing refers to it"),
        ("requirements[1].not_met.pump", "has neither a quotation nor a stated basis"),
    ]


def test_alternative_that_a_rule_lets_in_can_win():
    root = data()
    assert found(root, "never-wins", "no-win-found") == []


def test_rival_that_rules_may_take_out_proves_nothing():
    """The pump is behind wherever it is compared, but the stove may be forbidden."""
    root = data()
    for section in root["sections"]:
        for asked in section["questions"]:
            for choice in asked["choices"]:
                choice["evidence"] = {
                    "stove": {"value": 1, "reason": "r", "basis": "b"},
                    "others": {"value": 0, "reason": "r", "basis": "b"},
                }
    codes = {f.path: f.code for f in lint(parse(root)) if f.path.startswith("alternatives")}
    assert "never-wins" not in codes.values()
