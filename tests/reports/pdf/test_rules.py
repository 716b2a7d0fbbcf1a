"""Requirements, conditions and candidates in the PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decider.engine.report.codec import plain
from decider.reports.metadata import Decision, Event
from decider.reports.pdf.order import Order
from decider.reports.pdf.render import pdf_job
from tests import heating
from tests.pdf_text import folded, pdf_pages
from tests.presentation.builders import METADATA, RULED_OUT, changed, document
from tests.reports.pdf.pdf_files import opened, print_job, printed
from tests.reports.pdf.test_first_page import page_of
from tests.reports.pdf.test_structure import elements


def crowded(number: int):
    """A report with so many requirements that the recommended alternative meets on a condition."""
    found = heating.report(**heating.CONDITIONAL)
    row = plain(found.result.requirements[0])
    text = plain(found.questionnaire)["requirements"][0]
    keys = [f"need-{place}" for place in range(number)]
    long = "A very long condition that somebody has to look into. " * 8
    text = {**text, "on_condition": {"pellets": {"condition": long, "reason": "Filters work."}}}
    figures = {
        "result.requirements": [{**row, "requirement": key} for key in keys],
        "questionnaire.requirements": [{**text, "key": key, "title": key} for key in keys],
        "result.ruled_out.0.requirements": keys,
        "result.conditions": [],
    }
    return changed(found, figures)


def test_first_page_has_the_condition_the_scale_and_what_to_confirm() -> None:
    first = pdf_pages(printed(heating.report(**heating.CONDITIONAL)))[0]
    for words in (
        "RecommendedPellet boiler.",
        "If a pipe is laid in the street, District heating would move ahead.",
        "No clear winner22 of 41Leaning60 of 82Favoured21 of 21Strong11 of 11",
        "To confirm for Pellet boiler",
        "No smoke: The boiler has a particle filter.",
        "Not ranked while something is open: District heating.",
    ):
        assert folded(words) in first


def test_pages_say_who_meets_what_and_who_is_out() -> None:
    text = "".join(pdf_pages(printed(heating.report(**heating.OPEN))))
    for words in (
        "No smoke Q2, Q4MetOn a conditionMetNot met",
        "Nothing to hear outsideopen: Q3OpenMetMetMet",
        "On a condition: Pellet boiler To confirm: The boiler has a particle filter."
        " Filters hold the dust back. (type tests)",
        "Nothing to hear outside (open answers decide whether it has to be met)",
        "Open: Heat pump The fan is heard.",
        "Points that each section still decides between the remaining alternatives: The place 5.6;"
        " The house 10.0.",
        "Not candidates hereDistrict heating No candidate No pipe passes the house.",
        "Ruled outWood stove Not met: No smoke Logs smoke.",
        "\u201cIt is strict\u201d would rule out Heat pump.",
        "Where the heat comes from: A fire in the house 60%; From outside the house 40%.",
    ):
        assert folded(words) in text


def test_conditional_alternative_has_its_points_and_its_question() -> None:
    text = "".join(pdf_pages(printed(heating.report(**heating.CONDITIONAL))))
    words = (
        "District heating, if a pipe is laid in the street: 57.3 points."
        " To find out: Q1, Is there a heating network in the street?"
    )
    assert folded(words) in text


def test_quotation_about_what_is_not_met_is_cited_there_and_stands_at_the_end() -> None:
    markup = pdf_job(Order(heating.report(**heating.QUIET), METADATA)).markup
    assert markup.count("A pump likes its water lukewarm.") == 1
    assert markup.index("A pump likes its water lukewarm.") > markup.index(">Quotations</h2>")
    ruled_out = markup.partition(">Ruled out</h2>")[2].partition("</section>")[0]
    assert '<b>\u202f<a href="#quotation-1">1</a></b>' in ruled_out


def test_quotation_at_the_end_names_whom_its_source_quotes() -> None:
    spoken = {"questionnaire.quotations.0.speaker": "A dealer"}
    report = changed(heating.report(**heating.QUIET), spoken)
    markup = pdf_job(Order(report, METADATA)).markup
    assert "A pump likes its water lukewarm.\u201d</i> (said by A dealer)</p>" in markup


def test_header_cells_of_the_requirements_say_what_they_head() -> None:
    with opened(printed(heating.report(**heating.QUIET))) as pdf:
        found = elements(pdf.Root.StructTreeRoot)
        _facts, requirements, _points = (row for row in found if row.S == "/Table")
        scopes = [str(row.A.Scope) for row in elements(requirements) if row.S == "/TH"]
    assert scopes == ["/Column"] * 5 + ["/Row"] * 2


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("number", [1, 3, 12])
def test_summary_with_many_long_conditions_takes_one_page(number, paper) -> None:
    found = changed(crowded(number), {"title": "Where to go " * 9, "context": "x y " * 100})
    decided = Decision(
        status="accepted",
        day="2026-03-12",
        alternative="pellets",
        reason="so it is " * 40,
        deciders="Wilhelmina Wagenknecht, " * 8,
        history=(Event("2026-03-12T09:30:00Z", "accepted", "Ada", ""),),
    )
    metadata = replace(METADATA, decision=decided)
    text = pdf_pages(print_job(pdf_job(Order(found, metadata, paper=paper))))
    assert folded("What has to be met") not in text[0].replace(
        folded("under \u201cWhat has to be met\u201d."), ""
    )
    assert folded("What has to be met") in text[1]
    assert folded("need-0") in text[1] + text[2]


def shown(found, decision=None) -> tuple[str, list[str]]:
    page = page_of(found, decision)
    return page.subject.name, list(page.to_confirm)


def test_conditions_beyond_the_first_page_are_counted_there() -> None:
    name, lines = shown(crowded(5))
    assert name == "Pellet boiler"
    assert [line[:6] for line in lines[:-1]] == ["need-0", "need-1", "need-2"]
    assert lines[-1] == "2 more, under \u201cWhat has to be met\u201d."


def test_what_was_decided_is_what_has_to_be_confirmed() -> None:
    accepted = Decision("accepted", "2026-03-12", alternative="pump")
    found = heating.report(**heating.CONDITIONAL)
    assert shown(found, accepted) == ("Heat pump", [])
    assert shown(found, replace(accepted, status="proposed")) == ("Heat pump", [])
    assert shown(found, replace(accepted, status="rejected"))[0] == "Pellet boiler"


def test_report_of_mavt_1_has_none_of_this() -> None:
    found = document(answers=RULED_OUT, method="mavt-1")
    markup = pdf_job(Order(found, METADATA)).markup
    for words in ("four steps", "To confirm", "What has to be met", "Not candidates", "on a condi"):
        assert words not in markup
