"""What a screen reader gets of the PDF."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pikepdf
import pytest

from tests.presentation.builders import document
from tests.reports.pdf.pdf_files import opened, printed


@cache
def content() -> bytes:
    return printed(document())


def elements(node) -> list:
    """Every structure element below a node, in reading order."""
    found = []
    kids = node.get("/K", [])
    for kid in kids if hasattr(kids, "append") else [kids]:
        if hasattr(kid, "keys") and kid.get("/Type") == "/StructElem":
            found += [kid, *elements(kid)]
    return found


def test_headings_never_skip_a_level() -> None:
    with opened(content()) as pdf:
        levels = [
            int(str(element.S)[2:])
            for element in elements(pdf.Root.StructTreeRoot)
            if str(element.S)[1:] in ("H1", "H2", "H3", "H4")
        ]
    assert levels[0] == 1
    assert all(later - level <= 1 for level, later in pairwise(levels))


def test_charts_have_their_data_as_alternative_text() -> None:
    with opened(content()) as pdf:
        figures = [
            str(element.Alt)
            for element in elements(pdf.Root.StructTreeRoot)
            if element.S == "/Figure"
        ]
    assert figures == [
        "Points of each alternative, from 0 to 100. 1. A picnic in the park across the river: 79.2"
        " (72.5\u201385.8); 2. A restaurant: 64.2; 3. The canteen: 45.0 (43.3\u201346.7).",
        "What each section adds to the points of A picnic in the park across the river. Base 50.0;"
        " People +22.5; Time and weather +6.7; together 79.2.",
        "What each section adds to the lead of A picnic in the park across the river over A"
        " restaurant; People +15.0; together 15.0.",
        "Share of random draws in which an alternative is first. A picnic in the park across the"
        " river 72%; A restaurant 27%; The canteen 1%.",
    ]


def test_boxes_of_figures_are_on_their_pages_in_points() -> None:
    with opened(content()) as pdf:
        figures = [row for row in elements(pdf.Root.StructTreeRoot) if row.S == "/Figure"]
        first = [float(number) for number in figures[0].A.BBox]
        _, _, width, height = (float(number) for number in figures[0].Pg.MediaBox)
    left, bottom, right, top = first
    assert (left, right) == (62.36, pytest.approx(width - 62.36, abs=0.1))
    assert 0 < bottom < top < height / 2, "the ranking is in the lower half"


def test_header_cells_say_what_they_head() -> None:
    with opened(content()) as pdf:
        scopes = [
            str(element.A.Scope)
            for element in elements(pdf.Root.StructTreeRoot)
            if element.S == "/TH"
        ]
    assert scopes == ["/Column"] * 4 + ["/Column"] * 5 + ["/Row"] * 3


def test_all_text_belongs_to_an_element_or_is_an_artifact() -> None:
    with opened(content()) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        for page in pdf.pages:
            parents = numbers[list(numbers).index(page.StructParents) + 1]
            owned = {index for index, parent in enumerate(parents) if parent is not None}
            assert identifiers(page) == owned


def identifiers(page) -> set[int]:
    """The marks around the text of a page; what is drawn outside any mark fails."""
    stack, found = [], set()
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("BDC", "BMC"):
            stack.append(operands)
            if str(operands[0]) != "/Artifact":
                found.add(int(operands[1].MCID))
        elif str(operator) == "EMC":
            stack.pop()
        elif str(operator) in ("Tj", "TJ"):
            assert stack
    return found


def test_running_headers_and_footers_are_artifacts() -> None:
    with opened(content()) as pdf:
        counts = [
            sum(
                str(operands[0]) == "/Artifact"
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "BDC"
            )
            for page in pdf.pages
        ]
    assert counts[0] >= 2
    assert all(count > counts[0] for count in counts[1:])


def test_contents_questions_and_quotations_are_linked_and_every_link_leads_somewhere() -> None:
    with opened(content()) as pdf:
        names = pdf.Root.Names.Dests.Names
        places = {str(name) for name in names[::2]}
        annotations = [link for page in pdf.pages for link in page.get("/Annots", [])]
        links = {str(link.Dest) for link in annotations if "/Dest" in link}
        told = {str(link.Contents) for link in annotations}
    assert links <= places
    assert {"answers", "quotations", "sources", "question-1", "quotation-1"} <= links
    cited = {link for link in links if link.startswith("quotation-")}
    assert {link.replace("quotation", "citation") for link in cited} <= links
    assert links <= told, "a screen reader is told where each leads"
