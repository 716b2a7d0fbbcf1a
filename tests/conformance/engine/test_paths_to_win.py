"""What would have to be true for an alternative to win, against an integer program."""

from dataclasses import replace
from pathlib import Path

import pytest

from decider.base.files import read_yaml
from decider.engine.analysis.flips import single_flips
from decider.engine.analysis.paths_to_win import MOST, find_paths_to_win
from decider.engine.questionnaire.parse import parse
from tests.conformance.engine.fewest import Program
from tests.engine.analysis.test_flips import analysed
from tests.engine.corpus import large_cases, small_cases
from tests.fixtures.judgement import READERS, readings

DEFAULT = Path(__file__).parents[3] / "fixtures" / "where-should-this-run.yaml"


def published():
    """Published decisions on the questionnaire that comes with the project.

    Without its candidates and requirements, which the integer program knows nothing of.
    """
    whole = parse(read_yaml(DEFAULT.read_text(encoding="utf-8")))
    always = tuple(replace(alternative, candidate=None) for alternative in whole.alternatives)
    asked = replace(whole, alternatives=always, requirements=())
    for answers in list(readings()[READERS[0]].values())[:25]:
        yield asked, answers, {}


@pytest.mark.parametrize(
    "found",
    [published, lambda: small_cases(80), lambda: large_cases(8)],
    ids=["published", "small", "large"],
)
def test_sets_are_as_small_as_those_of_an_integer_program(found):
    compared = 0
    for case in found():
        _, branches = analysed(case)
        program = Program(branches)
        for path in find_paths_to_win(branches, case[1], single_flips(branches)):
            fewest = program.solve(path.alternative)
            if path.changes is None:
                assert fewest is None or fewest > MOST
            else:
                assert path.at_least <= len(path.changes) == fewest
                compared += 1
    assert compared > 15
