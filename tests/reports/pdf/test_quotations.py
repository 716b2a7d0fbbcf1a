"""Quotations in print."""

from __future__ import annotations

from decider.presentation.report import present_report
from decider.reports.pdf.quotations import QuotationNumbers
from tests.presentation.builders import document

VIEW = present_report(document())
QUEUE, BENCH = VIEW.answers[0].quotations
WARM, _ = VIEW.answers[3].quotations


def numbers(quoted) -> list[tuple[str, list[int]]]:
    return [(p.source.key, [q.number for q in p.quotations]) for p in quoted.passages]


def test_quotations_are_grouped_by_source_and_numbered_as_printed() -> None:
    quoted = QuotationNumbers().place([QUEUE, BENCH, WARM])
    assert numbers(quoted) == [("lunch-2019", [1, 2]), ("picnics", [3])]
    assert quoted.earlier == ()


def test_quotation_printed_before_is_named_by_its_number() -> None:
    register = QuotationNumbers()
    register.place([QUEUE, BENCH])
    quoted = register.place([BENCH, WARM, QUEUE])
    assert quoted.earlier == (1, 2)
    assert numbers(quoted) == [("lunch-2019", [3])]


def test_reminder_names_what_was_printed_and_prints_nothing_more() -> None:
    register = QuotationNumbers()
    register.place([QUEUE])
    quoted = register.remind([QUEUE, BENCH])
    assert (quoted.earlier, quoted.passages) == ((1,), ())


def test_reminder_of_nothing_known_prints_the_first() -> None:
    quoted = QuotationNumbers().remind([BENCH, WARM])
    assert numbers(quoted) == [("picnics", [1])]
