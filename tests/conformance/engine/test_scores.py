"""The same scores from other people's packages, where their methods overlap with this one."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from pymcdm.methods import SPOTIS, WSM
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel

from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import cases

TOLERANCE = 1e-12

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pymcdm")

GIVEN = given(cases(sections=3, questions=6))


def matrix(case):
    """Values in [-2, 2] by alternative and section, and the normalised weights."""
    asked, answers, weights = case
    outcome = evaluate(compile_model(asked), answers, weights)
    assume(sum(outcome.weights) > 0)
    whole = outcome.model.common * outcome.model.precision
    values = np.array([[x / whole for x in row] for row in outcome.section_rows]).T
    shares = np.array(outcome.weights) / sum(outcome.weights)
    return outcome, values, shares


def points(outcome):
    return np.array([float(outcome.points(a)) for a in range(len(outcome.totals))])


@settings(max_examples=100, deadline=None)
@GIVEN
def test_points_equal_the_weighted_sum_of_pymcdm_on_a_fixed_scale(case):
    outcome, values, shares = matrix(case)

    def on_the_fixed_scale(column, cost):
        return (column + 2) / 4

    wsm = WSM(normalization_function=on_the_fixed_scale)
    found = wsm(values, shares, np.ones(len(shares)))
    assert points(outcome) / 100 == pytest.approx(found, abs=TOLERANCE)


@settings(max_examples=100, deadline=None)
@GIVEN
def test_points_equal_the_weighted_sum_model_of_scikit_criteria(case):
    outcome, values, shares = matrix(case)
    decision = mkdm((values + 2) / 4, [max] * len(shares), weights=shares)
    found = WeightedSumModel().evaluate(decision).e_.score
    assert points(outcome) / 100 == pytest.approx(np.asarray(found), abs=TOLERANCE)


@settings(max_examples=100, deadline=None)
@GIVEN
def test_points_are_the_complement_of_the_spotis_distance(case):
    """SPOTIS measures the weighted distance from the ideal point inside fixed bounds."""
    outcome, values, shares = matrix(case)
    spotis = SPOTIS(bounds=np.array([[-2.0, 2.0]] * len(shares)))
    found = 1 - spotis(values, shares, np.ones(len(shares)))
    assert points(outcome) / 100 == pytest.approx(found, abs=TOLERANCE)
