"""Where points lie on the line around the neutral 50."""

from __future__ import annotations

from decider.presentation.plot import Dot, Line, dot_plot
from decider.presentation.report import present_report
from tests import heating
from tests.presentation.builders import document


def test_line_goes_on_to_the_next_ten_points_and_shows_the_neutral_ones() -> None:
    plot = dot_plot(present_report(document()))
    assert plot.line == Line(40, 90)
    assert plot.line.neutral == 20
    assert plot.line.ticks == ((40, 0), (50, 20), (60, 40), (70, 60), (80, 80), (90, 100))


def test_points_all_neutral_stand_in_the_middle_of_a_short_line() -> None:
    nothing_applies = dict.fromkeys(["how-many", "minutes", "rain"], "n/a")
    plot = dot_plot(present_report(document(nothing_applies)))
    assert plot.line == Line(40, 60)
    assert {dot.at for dot in plot.dots.values()} == {plot.line.neutral}


def test_open_answers_leave_a_range_and_closed_ones_none() -> None:
    dots = dot_plot(present_report(document())).dots
    assert dots["picnic"].is_open
    assert dots["picnic"].low <= dots["picnic"].at <= dots["picnic"].high
    assert not Dot(at=10, low=10, high=10).is_open


def test_what_is_ruled_out_has_no_dot_and_what_is_conditional_has_one() -> None:
    view = present_report(heating.report(**heating.CONDITIONAL))
    dots = dot_plot(view).dots
    assert dots.keys() == {
        row.alternative.key for rows in (view.ranking, view.conditional) for row in rows
    }
    assert view.conditional
    assert view.ruled_out
