"""Numbers as a reader sees them."""

from __future__ import annotations

import pytest

from decider.presentation.numbers import percent, points, signed, span, step


@pytest.mark.parametrize(
    ("value", "text"), [(3.2, "+3.2"), (-1.0, "\u22121.0"), (0.0, "0.0"), (-0.0, "0.0")]
)
def test_effect_has_a_true_sign(value, text) -> None:
    assert signed(value) == text


@pytest.mark.parametrize(("value", "text"), [(2, "+2"), (-1, "\u22121"), (0, "0")])
def test_step_has_a_true_sign(value, text) -> None:
    assert step(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (0.001, "1%"),
        (0.5, "50%"),
        (0.999, "99%"),
        (1, "100%"),
    ],
)
def test_only_all_is_a_hundred_and_only_nothing_is_zero(share, text) -> None:
    assert percent(share) == text


def test_range_of_one_point_is_not_a_range() -> None:
    assert (span(55.0, 70.2), span(55.0, 55.0)) == ("55.0\u201370.2", "")


def test_points_have_one_decimal() -> None:
    assert points(63.0) == "63.0"
