"""The worked example of docs/method.md, read from the page and computed."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from decider.engine.analysis.analyse import analyse
from decider.engine.analysis.robustness import Doubts, Simulator
from decider.engine.scoring.completions import spans
from decider.engine.scoring.score import compile_model
from tests.engine.builders import choice, question, questionnaire, section

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")
TEXT = " ".join(PAGE.split())
VMS, CONTAINERS = 0, 1


def example():
    """The questionnaire of the table in the section "The example"."""
    rows = re.findall(r"^\| (operations|security) \| (.*) \|$", PAGE, re.MULTILINE)
    weights = dict(re.findall(r"section \*(\w+)\*(?: has)? the weight (\d+)", TEXT))
    weights["security"] = re.search(r"section \*security\* (\d+)", TEXT)[1]
    sections = {}
    for name, rest in rows:
        key, weight, option, *ratings = rest.split(" | ")
        vm, containers = (int(r.removesuffix(" veto")) for r in ratings)
        rating = f"veto{containers}" if ratings[1].endswith("veto") else containers
        offered = choice(option, {"vm": vm, "containers": rating})
        sections.setdefault(name, {}).setdefault((key, int(weight)), []).append(offered)
    return questionnaire(
        [
            section(
                name, [question(k, c, w) for (k, w), c in questions.items()], int(weights[name])
            )
            for name, questions in sections.items()
        ],
        ["vm", "containers"],
    )


ASKED = example()
ANSWERS = {"starts": "hourly", "patching": "unknown", "neighbours": "partners"}


@pytest.fixture(scope="module")
def analysis():
    return analyse(ASKED, ANSWERS, {})


def points(analysis, total):
    return 50 + Fraction(50 * total, analysis.outcome.unit)


def test_example_is_read_from_the_page():
    assert [s.weight for s in ASKED.sections] == [60, 40]
    assert {q: len(x.choices) for q, x in ASKED.questions.items()} == {
        "starts": 2,
        "patching": 2,
        "neighbours": 3,
    }
    assert compile_model(ASKED).heaviest == (3, 1)


def test_points_and_contributions(analysis):
    outcome = analysis.outcome
    assert [outcome.points(VMS), outcome.points(CONTAINERS)] == [50, 60]
    assert [outcome.contribution(q, CONTAINERS) for q in range(3)] == [20, 0, -10]
    assert "| value | 0 | 40 |" in PAGE
    assert "| points | 50 | 60 |" in PAGE
    assert "50 + 20 - 10 are the 60 points shown" in TEXT


def test_ranges(analysis):
    least, most = spans(analysis.outcome)
    assert [points(analysis, x) for x in (least[CONTAINERS], most[CONTAINERS])] == [55, 65]
    assert [points(analysis, x) for x in (least[VMS], most[VMS])] == [40, 60]
    (difference,) = analysis.differences
    lead = [points(analysis, x) - 50 for x in (difference.least, difference.lead, difference.most)]
    assert lead == [-5, 10, 25]
    assert "can become 55 to 65, those of virtual machines 40 to 60" in TEXT
    assert "the lead of containers, 10 now, can become -5 to 25" in TEXT
    assert not analysis.necessary


def test_value_of_information(analysis):
    (item,) = analysis.information
    assert item.value == Fraction(65 + 60, 2) - 60 == Fraction(5, 2)
    assert item.leaders == ((CONTAINERS,), (VMS,))
    assert "Knowing is worth 2.5 points" in TEXT


def test_weights(analysis):
    assert analysis.tolerance.part == Fraction(120 - 80, 120 + 80) == Fraction(1, 5)
    operations, security = analysis.intervals
    assert (operations.low, operations.high, operations.below) == (40, 100, (VMS,))
    assert (security.low, security.high, security.above) == (0, 60, (VMS,))
    assert "containers win from 40 to 100" in TEXT
    assert "they win from 0 to 60" in TEXT


def test_flips(analysis):
    nodes = analysis.outcome.model.nodes
    found = {
        (nodes[c.question].key, nodes[c.question].choice_keys[c.after]): flip.leaders
        for flip in analysis.single_flips
        for c in flip.changes
    }
    assert found == {
        ("starts", "weekly"): (VMS,),
        ("patching", "separately"): (VMS,),
        ("neighbours", "strangers"): (VMS,),
    }
    weekly = analyse(ASKED, {**ANSWERS, "starts": "weekly"}, {}).outcome
    assert [weekly.points(CONTAINERS), weekly.points(VMS)] == [40, 70]
    assert "*starts* weekly (containers 40, virtual machines 70)" in TEXT


def test_wrong_ratings_and_decisive_reasons(analysis):
    assert (analysis.wrong_steps.count, analysis.wrong_steps.rival) == (1, VMS)
    (difference,) = analysis.differences
    assert difference.decisive == (0,)
    assert difference.counter == (2,)
    parts = [points(analysis, difference.parts[q]) - 50 for q in (0, 2)]
    assert parts == [30, -20]
    assert "*starts* (30 points of lead) outweighs *neighbours* (-20)" in TEXT


def test_share_of_first_places(analysis):
    share = analysis.chances.first[CONTAINERS]
    stated = re.search(r"containers are first in ([\d.]+)% of the draws", TEXT)[1]
    assert f"{float(100 * share):.3f}" == stated
    alone = Simulator(analysis.outcome).simulate(Doubts()).first[CONTAINERS]
    assert f"in {float(100 * alone):.3f}% without a shared error" in TEXT
