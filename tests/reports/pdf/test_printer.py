"""Orders for PDFs: one print an order, in turn, and no more than there are places."""

from __future__ import annotations

import threading

import pytest

from decider.reports.pdf import printer as module
from decider.reports.pdf.order import Order
from decider.reports.pdf.printer import Printer
from decider.reports.pdf.worker.job import Interrupted, WorkerFailed
from decider.reports.queue import MOST_OF_ONE, WorkQueue
from tests.presentation.builders import METADATA, document


def order(title):
    """An order for a report with this title."""
    return Order(document(title=title), METADATA, export=title)


@pytest.fixture
def prints(monkeypatch):
    """The titles printed, by a printer that waits for `go`; those in `errors` fail once."""
    titles, go, errors = [], threading.Event(), {}

    def cached_pdf(order):
        assert go.wait(10)
        title = order.document.title
        titles.append(title)
        if error := errors.pop(title, None):
            raise error
        return title.encode()

    monkeypatch.setattr(module, "cached_pdf", cached_pdf)
    yield titles, go, errors
    go.set()


def test_worker_is_started_in_its_turn_before_the_first_order(prints, monkeypatch):
    titles, go, _ = prints
    monkeypatch.setattr(module.worker, "prepare", lambda: titles.append("worker"))
    printer = Printer(WorkQueue())
    printer.get_ready()
    go.set()
    printer.ask(order("A"), "ada").result(10)
    assert titles == ["worker", "A"]


def test_twenty_who_wait_for_one_pdf_take_one_place_and_get_one_print(prints):
    titles, go, _ = prints
    printer = Printer(WorkQueue(), places=1)
    asked = [printer.ask(order("A"), "ada") for _ in range(20)]
    go.set()
    assert {future.result(10) for future in asked} == {b"A"}
    assert titles == ["A"]


def test_orders_are_printed_as_they_came(prints):
    titles, go, _ = prints
    printer = Printer(WorkQueue())
    asked = [printer.ask(order(title), "ada") for title in "CAB"]
    go.set()
    assert [future.result(10) for future in asked] == [b"C", b"A", b"B"]
    assert titles == ["C", "A", "B"]


def test_who_orders_one_pdf_waits_for_one_of_each_other_person(prints):
    titles, go, _ = prints
    printer = Printer(WorkQueue())
    for title in ("A1", "A2", "A3", "A4"):
        printer.ask(order(title), "ada")
    printer.ask(order("B1"), "bob")
    last = printer.ask(order("G1"), "grace")
    go.set()
    assert last.result(10) == b"G1"
    printer.ask(order("A4"), "ada").result(10)
    assert titles in (["A1", "A2", "B1", "G1", "A3", "A4"], ["A1", "B1", "G1", "A2", "A3", "A4"])


def test_fifty_orders_of_one_person_leave_places_for_others(prints):
    _, go, _ = prints
    printer = Printer(WorkQueue())
    asked = [printer.ask(order(f"A{number}"), "ada") for number in range(50)]
    assert sum(future is not None for future in asked) in (MOST_OF_ONE, MOST_OF_ONE + 1)
    assert printer.ask(order("B"), "bob") is not None
    go.set()
    asked[0].result(10)


def test_order_beyond_the_places_is_taken_once_another_is_done(prints):
    _, go, _ = prints
    printer = Printer(WorkQueue(), places=2)
    first, second = printer.ask(order("A"), "ada"), printer.ask(order("B"), "ada")
    assert printer.ask(order("C"), "ada") is None
    go.set()
    second.result(10)
    assert printer.ask(order("C"), "ada").result(10) == b"C"
    assert printer.ask(order("B"), "ada") is second
    assert printer.ask(order("A"), "ada") is not first


def test_order_that_failed_is_tried_again_once_it_is_forgotten(prints, caplog):
    _, go, errors = prints
    errors |= {"A": Interrupted(), "B": WorkerFailed()}
    go.set()
    printer = Printer(WorkQueue())
    for title, error in (("A", Interrupted), ("B", WorkerFailed)):
        for _ in range(2):
            with pytest.raises(error):
                printer.ask(order(title), "ada").result(10)
        printer.forget(order(title).key)
        assert printer.ask(order(title), "ada").result(10) == title.encode()
    assert [line.message for line in caplog.records] == ["The PDF of Report 2 could not be printed"]
