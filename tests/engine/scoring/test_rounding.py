from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.engine.scoring.rounding import apportion, tenths


@pytest.mark.parametrize(
    ("number", "rounded"),
    [
        ("0", 0),
        ("1/20", 1),
        ("-1/20", 0),
        ("1/21", 0),
        ("-1/19", -1),
        ("63.449", 634),
        ("100", 1000),
    ],
)
def test_tenths_round_halves_up(number, rounded):
    fraction = Fraction(number)
    assert tenths(fraction.numerator, fraction.denominator) == rounded


def test_largest_remainders_get_the_missing_tenths():
    assert apportion([14, 16, 15], 100, 5) == [1, 2, 2]


def test_earlier_part_goes_first_among_equal_remainders():
    assert apportion([5, 5, 5], 100, 1) == [1, 0, 0]


def test_negative_parts_are_rounded_down_first():
    assert apportion([-14, 14], 100, 0) == [-1, 1]


def test_nothing_to_share_out_gives_nothing():
    assert apportion([], 7, 0) == []


def test_surplus_goes_round_again():
    assert apportion([0, 0], 1, 5) == [3, 2]


@given(st.lists(st.integers(-1000, 1000), min_size=1), st.integers(1, 500))
def test_parts_add_up_and_each_is_off_by_less_than_a_tenth(parts, denominator):
    shown = apportion(parts, denominator, tenths(sum(parts), denominator))
    assert sum(shown) == tenths(sum(parts), denominator)
    for part, tenth in zip(parts, shown, strict=True):
        assert abs(tenth - Fraction(10 * part, denominator)) < 1
