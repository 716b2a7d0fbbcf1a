"""The tolerance of weights and the share that is sure, by the programs and statistics of scipy."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.stats import binomtest

from decider.engine.analysis.acceptability import wilson_lower
from decider.engine.analysis.sensitivity import weight_tolerance
from tests.engine.analysis.test_sensitivity import winners
from tests.engine.builders import cases


@settings(max_examples=100, deadline=None)
@given(cases(sections=3, vetoes=True))
def test_tolerance_agrees_with_a_linear_program(case):
    outcome = winners(case)
    winner = outcome.leaders[0]
    best = 1.0
    for rival in outcome.eligible:
        if rival != winner:
            gaps = [
                float(w * (row[winner] - row[rival]) / outcome.unit)
                for w, row in zip(outcome.weights, outcome.section_rows, strict=True)
            ]
            best = min(best, smallest_error(gaps))
    assert float(weight_tolerance(outcome).part) == pytest.approx(best, abs=1e-9)


def smallest_error(gaps):
    """min r, so that some t with |t_s| <= r makes sum(gap_s * (1 + t_s)) at most 0."""
    n = len(gaps)
    bounds = [[s * (i == j) for j in range(n)] + [-1] for i in range(n) for s in (1, -1)]
    result = linprog(
        c=[0] * n + [1],
        A_ub=[[*gaps, 0], *bounds],
        b_ub=[-sum(gaps)] + [0] * (2 * n),
        bounds=[(None, None)] * n + [(0, None)],
    )
    return result.fun


@settings(deadline=None)
@given(st.integers(1, 20_000), st.data())
def test_wilson_lower_end_equals_that_of_scipy(size, data):
    count = data.draw(st.integers(0, size))
    expected = binomtest(count, size).proportion_ci(method="wilson").low
    found = wilson_lower(Fraction(count, size), size)
    assert found == pytest.approx(expected, abs=1e-12)
