"""Quotations in print."""

from __future__ import annotations

from decider.presentation.report import present_report
from decider.reports.pdf.quotations import Citation, QuotationNumbers
from tests.presentation.builders import document

VIEW = present_report(document())
QUEUE, BENCH = VIEW.answers[0].quotations
WARM, _ = VIEW.answers[3].quotations


def test_quotations_are_numbered_source_by_source_in_the_order_of_citing() -> None:
    found = QuotationNumbers([BENCH, WARM, QUEUE, BENCH])
    assert [(row.source.key, [q.number for q in row.quotations]) for row in found.passages] == [
        ("picnics", [1]),
        ("lunch-2019", [2, 3]),
    ]
    cited = [found.cite([row]) for row in (BENCH, WARM, QUEUE)]
    assert cited == [(Citation(n, is_first=True),) for n in (1, 2, 3)]


def test_numbers_are_in_order_and_of_what_is_cited_only() -> None:
    found = QuotationNumbers([BENCH, WARM])
    assert [citation.number for citation in found.cite([WARM, QUEUE, BENCH])] == [1, 2]
    assert QuotationNumbers([]).passages == ()


def test_first_citation_of_each_number_is_the_one_asked_for_first() -> None:
    found = QuotationNumbers([BENCH, WARM])
    found.cite([WARM])
    assert found.cite([BENCH, WARM]) == (Citation(1, is_first=True), Citation(2, is_first=False))
