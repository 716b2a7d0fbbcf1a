from fractions import Fraction

import numpy as np

from decider.engine.analysis.acceptability import OUT, Acceptability


def acceptability(totals, factors=None, whole=200):
    """Alternatives 4, 5, 6 ...; None where a draw rules one out."""
    array = np.array([[OUT if x is None else x for x in row] for row in totals], np.int64)
    size = array.shape[1]
    return Acceptability(
        alternatives=tuple(range(4, 4 + len(totals))),
        totals=array,
        out=array == OUT,
        whole=np.full(size, whole),
        factors=np.array(factors if factors else [[1] * size]),
    )


THREE = acceptability(
    [
        [9, 5, 5, 1],
        [4, 5, 5, None],
        [3, 2, 5, 0],
    ],
    [[10, 20, 30, 40], [4, 3, 2, 1]],
)


def test_ties_share_the_ranks_that_they_take_up():
    half, third, quarter = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)
    assert THREE.ranks == (
        (quarter * (1 + half + third + 1), quarter * (half + third), quarter * third),
        (quarter * (half + third), quarter * (1 + half + third), quarter * third),
        (quarter * third, quarter * (third + 1), quarter * (2 + third)),
    )
    assert THREE.first == tuple(row[0] for row in THREE.ranks)
    assert THREE.size == 4


def test_shares_add_up_to_the_draws_that_leave_somebody():
    nobody = acceptability([[1, None], [0, None]])
    assert nobody.first == (Fraction(1, 2), 0)
    assert nobody.ranks[1] == (0, Fraction(1, 2))


def test_tie_counts_half_for_each_of_a_pair():
    assert THREE.beats(0, 1) == Fraction(3, 4)
    assert THREE.beats(1, 0) == Fraction(1, 4)
    assert THREE.beats(1, 2) == Fraction(1 + 1 + 0, 4) + Fraction(1, 8)
    assert THREE.beats(2, 1) == Fraction(1, 8) + Fraction(1, 4)


def test_draw_that_rules_both_out_counts_for_neither():
    pair = acceptability([[1, None, None], [0, None, 0]])
    assert (pair.beats(0, 1), pair.beats(1, 0)) == (Fraction(1, 3), Fraction(1, 3))


def test_central_factors_are_means_over_first_places():
    assert THREE.central_factors(0) == [25, 2.5]
    assert THREE.central_factors(1) == [25, 2.5]
    assert THREE.central_factors(2) == [30, 2]
    assert acceptability([[1], [0]]).central_factors(1) is None
    assert acceptability([[None, 1], [None, 0]]).central_factors(1) is None


def test_regret_is_the_most_points_behind_in_a_draw_that_keeps_it():
    assert [THREE.regret(i) for i in range(3)] == [0, 50 * 5 / 200, 50 * 6 / 200]


def test_no_regret_without_weight_or_without_any_draw():
    assert acceptability([[1, 0]], whole=0).regret(0) == 0
    assert acceptability([[None], [1]]).regret(0) == 0
