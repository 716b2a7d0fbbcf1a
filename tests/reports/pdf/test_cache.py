"""Printed PDFs: each is printed once, and one that is too much is not tried again."""

from __future__ import annotations

import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from decider.reports.pdf import cache
from decider.reports.pdf.cache import cached_pdf, found_pdf
from decider.reports.pdf.order import Order
from decider.reports.pdf.worker.job import Interrupted, TooMuch
from tests.presentation.builders import METADATA, document


@pytest.fixture
def prints(monkeypatch):
    """The titles printed, by a worker that waits for `go`."""
    titles, go = [], threading.Event()

    def render(order):
        titles.append(order.document.title)
        assert go.wait(10)
        return order.document.title.encode()

    monkeypatch.setattr(cache, "render_pdf", render)
    yield titles, go
    go.set()


@pytest.fixture
def failing(monkeypatch):
    """Printing that raises what `errors` holds, and then works."""
    errors = []

    def render(order):
        if errors:
            raise errors.pop(0)
        return order.document.title.encode()

    monkeypatch.setattr(cache, "render_pdf", render)
    return errors


def test_two_who_ask_for_one_report_at_once_get_one_print(prints):
    titles, go = prints
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(cached_pdf, Order(document(), METADATA)) for _ in range(2)]
        while not titles:
            sleep(0.001)
        go.set()
        first, second = (answer.result() for answer in both)
    assert first == second
    assert len(titles) == 1


def test_report_that_is_too_much_is_not_printed_again(failing):
    failing += [TooMuch(), RuntimeError("printed again")]
    for _ in range(2):
        with pytest.raises(TooMuch):
            cached_pdf(Order(document(), METADATA))
    with pytest.raises(TooMuch):
        found_pdf(Order(document(), METADATA))
    assert len(failing) == 1


def test_pdf_with_a_secret_address_is_kept_only_for_whoever_has_the_secret(failing, tmp_path):
    order = Order(document(), METADATA, secret="of-the-link")
    content = cached_pdf(order)
    assert content == document().title.encode()
    failing.append(RuntimeError("printed again"))
    assert found_pdf(order) == content
    kept = [path.read_bytes() for path in (tmp_path / "pdf").rglob("*.djcache")]
    assert [content in zlib.decompress(file[file.index(b"x\x9c") :]) for file in kept] == [False]


def test_other_paper_of_a_report_that_is_too_much_is_tried(failing):
    failing.append(TooMuch())
    with pytest.raises(TooMuch):
        cached_pdf(Order(document(), METADATA))
    assert cached_pdf(Order(document(), METADATA, paper="Letter")) == document().title.encode()


def test_report_whose_printing_was_interrupted_is_printed_again(failing):
    failing.append(Interrupted())
    with pytest.raises(Interrupted):
        cached_pdf(Order(document(), METADATA))
    assert cached_pdf(Order(document(), METADATA)) == document().title.encode()


def test_disk_that_can_t_be_written_to_keeps_nobody_from_a_pdf(prints, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file"
    prints[1].set()
    assert cached_pdf(Order(document(), METADATA)) == document().title.encode()
