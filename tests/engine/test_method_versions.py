"""A method keeps its figures for ever: those of a few hundred seeded assessments, by digest.

Reports saved under a method are computed again by it. Where one of these digests changes although
the method keeps its name, such a report would no longer be what it was.
"""

import json
from hashlib import sha256
from random import Random

from decider.engine.analysis.branches import Branches
from decider.engine.analysis.pairs import pair_flips
from decider.engine.report.codec import plain
from decider.engine.report.document import METHODS
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.corpus import large_cases, small_cases, with_rules

PROSE = ("words", "sentence")
"""How a result is put may change; what it says may not."""

ADDED_LATER = ("at_least", None)
"""A key of the smallest flip that documents saved before do without."""

MAVT_1 = {
    "visible": "e5d916a3c81185c0",
    "counts": "e39068c5c5af671c",
    "answered_weight": "de6914c8f3a08a8a",
    "coverage": "e5fe736f5c3dfcd1",
    "wording": "4290078629a49165",
    "recommendation": "d3ab9c38e053db86",
    "leaders": "e85418be5fb5742d",
    "settled": "4e8dadbb50ec4379",
    "ranking": "f60c6694c3e3ef66",
    "ruled_out": "7f71cbc34cc3b1e3",
    "contributions": "97ec7689394a7235",
    "reasons": "75d0d9bb2f6a56c0",
    "differences": "d04ac24baa73ebcc",
    "flips": "11ccb3129825fcf0",
    "to_win": "24aae0a584a79f91",
    "information": "8d493d74e38d071c",
    "robustness": "295f5aa4f3668d25",
    "weight_tolerance": "33d12a4688b14850",
    "stability": "d70f19d1dde1fa92",
    "disagreements": "0f5d35fde907c987",
    "conflicts": "0f5d35fde907c987",
    "flips.at_least": "b107744611aaa235",
}
MAVT_2 = {
    "visible": "9d71c68ac74fe63d",
    "ranking": "52650553eea11dc4",
    "ruled_out": "45efdba6a6c5f63b",
    "contributions": "f42c1d8f8aaa2ea8",
    "counts": "d5e146f2e0ba2a36",
    "answered_weight": "9d0c5da59fa77ef7",
    "coverage": "94be602d53aa803e",
    "wording": "bb7353acdcec51c5",
    "recommendation": "04e2a0d0725c984b",
    "leaders": "986318ef4fc1dbea",
    "settled": "4087708b550588c6",
    "reasons": "5e55c94eb0bc5063",
    "differences": "41e7f49bab5ddbc6",
    "flips": "16379902cd44dd6a",
    "to_win": "e2cf84eb35ad7c9f",
    "information": "c7dfae3c2b428985",
    "robustness": "85374b07f8d44cb7",
    "weight_tolerance": "c968dd3408c0cbdc",
    "stability": "6fbab1eb76c75a0e",
    "disagreements": "0f5d35fde907c987",
    "conflicts": "0f5d35fde907c987",
    "conditional": "f3a97b71b1a4188f",
    "candidates": "1a1378b4cdcc77f1",
    "requirements": "e6181b7cd3dc67c8",
    "layers": "c9b2043304626e93",
    "swings": "cfa2875b960750ae",
    "conditions": "b8dc9ce1343f81fa",
    "flips.at_least": "d217bad040f8115f",
}
ADDED_BY_MAVT_3 = {"ranking": "03b8037f82852ba1", "conditional": "0a30318e8e0616d9"}
PAIRS = "bcf1086a50a54111"


def ruled_cases(number):
    """Cases with rules, the same ones on every computer."""
    for seed, (asked, answers, weights) in enumerate(small_cases(number)):
        yield with_rules(asked, Random(f"rules {seed}")), answers, weights


def digest(value) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def figures(method, cases):
    """By part of a result, the digest of its values over all cases."""
    parts = {}
    for case in cases:
        result = plain(METHODS[method](*case))
        result["wording"] = {k: v for k, v in result["wording"].items() if k not in PROSE}
        result["flips.at_least"] = (result["flips"]["smallest"] or {}).pop(*ADDED_LATER)
        for part, value in result.items():
            parts.setdefault(part, []).append(value)
    return {part: digest(values) for part, values in parts.items()}


def test_every_method_that_was_ever_used_keeps_its_figures():
    assert list(METHODS) == ["mavt-1", "mavt-2", "mavt-3"]
    assert figures("mavt-1", [*small_cases(240), *large_cases(30)]) == MAVT_1
    assert figures("mavt-2", [*small_cases(60), *large_cases(10), *ruled_cases(200)]) == MAVT_2


def test_current_method_has_the_figures_of_the_one_before():
    before = figures("mavt-2", ruled_cases(40))
    assert figures("mavt-3", ruled_cases(40)) == {**before, **ADDED_BY_MAVT_3}


def test_pairs_of_flips_stay_the_same():
    found = []
    for asked, answers, weights in small_cases(120):
        outcome = evaluate(compile_model(asked), answers, weights)
        pairs = pair_flips(Branches(outcome, answers), answers)
        changes = [[(c.question, c.before, c.after) for c in f.changes] for f in pairs.flips]
        found.append((changes, [f.leaders for f in pairs.flips], pairs.complete))
    assert digest(found) == PAIRS
