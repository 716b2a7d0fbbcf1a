"""Where points lie on the line around the neutral 50."""

from __future__ import annotations

from decider.presentation.analysis import present_analysis
from decider.presentation.plot import Line, dot_plot
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
    assert {dot.at for dot in plot.ranked} == {plot.line.neutral}


def test_open_answers_leave_a_range_and_closed_ones_none() -> None:
    picnic, restaurant, _ = dot_plot(present_report(document())).ranked
    assert (picnic.low, picnic.at, picnic.high, picnic.is_open) == (65, 78.4, 91.6, True)
    assert (restaurant.low, restaurant.high, restaurant.is_open) == (48.4, 48.4, False)


def test_what_is_ruled_out_has_no_dot_and_what_is_conditional_has_one() -> None:
    view = present_report(heating.report(**heating.CONDITIONAL))
    plot = dot_plot(view)
    assert [dot.row.alternative.key for dot in plot.ranked] == ["pellets", "pump"]
    assert [dot.row.alternative.key for dot in plot.conditional] == ["district"]
    assert [row.alternative.key for row in view.ruled_out] == ["stove"]
    assert not plot.conditional[0].is_open


def test_shares_of_first_places_come_from_the_analysis() -> None:
    made = document()
    view = present_report(made)
    analysis = present_analysis(made, view)
    shares = [dot.share for dot in dot_plot(view, analysis).ranked]
    assert shares == [chance.first for chance in analysis.chances]
    assert [dot.share for dot in dot_plot(view).ranked] == [None, None, None]
