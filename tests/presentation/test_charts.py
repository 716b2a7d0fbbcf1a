"""The charts of a report."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from decider.presentation.analysis import present_analysis
from decider.presentation.charts import (
    acceptability_chart,
    contribution_chart,
    lead_chart,
    ranking_chart,
    stability_chart,
)
from decider.presentation.report import present_report
from decider.presentation.svg import Picture, fold, text_width
from tests.presentation.builders import NOTHING_LEFT, document

SVG = "{http://www.w3.org/2000/svg}"
VIEW = present_report(document())
ANALYSIS = present_analysis(document(), VIEW)


def parts(picture: Picture, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture.markup).iter(SVG + tag))


def texts(picture: Picture) -> list[str]:
    return [part.text for part in parts(picture, "text")]


def test_ranking_labels_each_bar_with_rank_name_points_and_range() -> None:
    assert texts(ranking_chart(VIEW))[:12] == [
        "1", "A picnic in the park across the", "river", "79.2", "72.5\u201385.8",
        "2", "A restaurant", "64.2",
        "3", "The canteen", "45.0", "43.3\u201346.7",
    ]  # fmt: skip


def test_leader_is_set_bold_and_nobody_else() -> None:
    weights = {part.text: part.get("font-weight") for part in parts(ranking_chart(VIEW), "text")}
    assert weights["A picnic in the park across the"] == "600"
    assert weights["A restaurant"] == weights["The canteen"] == "400"


def test_bars_of_the_ranking_are_as_long_as_their_points() -> None:
    widths = [float(bar.get("width")) for bar in parts(ranking_chart(VIEW), "rect")]
    assert widths == [pytest.approx(points * 2.68, abs=0.1) for points in (79.2, 64.2, 45.0)]


def test_ruled_out_has_its_reason_in_place_of_a_bar() -> None:
    markup = ranking_chart(present_report(document(NOTHING_LEFT)))
    assert "The park allows four to a bench." in texts(markup)
    assert texts(markup).count("\u00d7") == 3
    assert parts(markup, "rect") == []


def test_chances_are_bars_with_their_share() -> None:
    markup = acceptability_chart(ANALYSIS.chances)
    assert texts(markup)[1::2] == ["72%", "27%", "1%"]
    widths = [float(bar.get("width")) for bar in parts(markup, "rect")]
    assert widths == [pytest.approx(268 * share, abs=0.1) for share in (0.7187, 0.272, 0.0093)]


def test_weights_have_a_band_a_mark_and_who_takes_over() -> None:
    people, time = ANALYSIS.intervals
    limited = replace(time, high=64.2, above=(VIEW.breakdowns[2].alternative,))
    markup = stability_chart([people, limited])
    assert texts(markup)[:4] == ["People", "any weight", "Time and weather", "> 64.2 The canteen"]
    bars = [(float(bar.get("x")), float(bar.get("width"))) for bar in parts(markup, "rect")]
    assert bars == [(216.0, 208.0), (339.6, 2.4), (216.0, 133.5), (298.0, 2.4)]


def test_long_names_take_two_lines_in_every_chart() -> None:
    chance, interval = ANALYSIS.chances[0], ANALYSIS.intervals[0]
    named = replace(chance.alternative, name="Virtual machines and containers side by side")
    chance = replace(chance, alternative=named)
    chart = acceptability_chart([chance, chance])
    assert texts(chart)[:2] == ["Virtual machines and containers side", "by side"]
    tops = [float(bar.get("y")) for bar in parts(chart, "rect")]
    assert tops == [9.0, 41.0]
    title = "Resources, density and performance"
    assert texts(stability_chart([replace(interval, title=title)]))[:2] == [
        "Resources, density and",
        "performance",
    ]
    breakdown = VIEW.breakdowns[0]
    sections = tuple(replace(part, title=title * 2) for part in breakdown.sections)
    chart = contribution_chart(replace(breakdown, sections=sections), strongest=6)
    assert not any(text.endswith("\u2026") for text in texts(chart))


def test_what_could_still_be_ruled_out_says_so() -> None:
    view = present_report(document({"guests": "never", "minutes": "long"}))
    markup = ranking_chart(view)
    assert texts(markup).count("could still be ruled out") == 1
    assert "), could still be ruled out; " in parts(markup, "title")[0].text


def test_contributions_go_right_of_the_line_for_and_left_against() -> None:
    canteen = VIEW.breakdowns[2]
    markup = contribution_chart(canteen, strongest=6)
    assert texts(markup) == ["0.0", "People", "\u22125.0", "Time and weather"]
    left = [float(bar.get("x")) for bar in parts(markup, "rect")]
    assert left == [320.0, 52.0]


def test_weaker_sections_share_a_bar_and_all_still_add_up() -> None:
    view = present_report(document())
    markup = contribution_chart(view.breakdowns[0], strongest=0)
    assert texts(markup) == ["+29.2", "2 other sections"]


def test_bars_of_a_lead_leave_out_sections_that_add_the_same_to_both() -> None:
    lead = present_analysis(document(), VIEW).leads[0]
    same, other = lead.sections
    sections = (replace(same, points=0.0), replace(other, points=3.0))
    markup = lead_chart(replace(lead, sections=sections), strongest=6)
    assert texts(markup) == ["+3.0", other.title]


def test_charts_use_no_style_attribute() -> None:
    for picture in (ranking_chart(VIEW), contribution_chart(VIEW.breakdowns[0], strongest=6)):
        assert "style=" not in picture.markup


def test_names_are_escaped() -> None:
    view = present_report(document(alternatives=hostile_names()))
    assert "<b>" not in ranking_chart(view).markup
    assert texts(ranking_chart(view))[1].startswith("<b>")


def hostile_names():
    from tests.presentation.builders import QUESTIONNAIRE

    return [{**row, "name": f"<b>{row['key']}</b>"} for row in QUESTIONNAIRE["alternatives"]]


def test_long_name_is_folded_and_cut() -> None:
    rows = fold("Virtual machines " * 9, 200)
    assert len(rows) == 2
    assert rows[1].endswith("\u2026")
    assert all(text_width(row) <= 200 for row in rows)


def test_endless_word_is_cut() -> None:
    (row,) = fold("x" * 1000, 100)
    assert row.endswith("\u2026")
    assert text_width(row) <= 100
