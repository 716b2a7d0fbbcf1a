"""Printed PDFs: each is printed once, and never by all threads of a server."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from decider.rendering import pdf_shelf
from decider.rendering.pdf_shelf import PLACES, kept_pdf
from decider.rendering.press.job import Busy
from tests.rendering.builders import STAMP, document


@pytest.fixture
def prints(monkeypatch):
    """The titles printed, by a press that waits for `go`."""
    titles, go = [], threading.Event()

    def render(document, **_):
        titles.append(document["title"])
        assert go.wait(10)
        return document["title"].encode()

    monkeypatch.setattr(pdf_shelf, "render_pdf", render)
    yield titles, go
    go.set()


def test_two_who_ask_for_one_report_at_once_get_one_print(prints):
    titles, go = prints
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(kept_pdf, document(), stamp=STAMP) for _ in range(2)]
        while pdf_shelf._places._value > PLACES - 2:
            pass
        go.set()
        first, second = (answer.result() for answer in both)
    assert first == second
    assert len(titles) == 1


def test_one_too_many_at_once_is_told_that_the_press_is_busy(prints):
    for _ in range(PLACES):
        pdf_shelf._places.acquire()
    try:
        with pytest.raises(Busy):
            kept_pdf(document(), stamp=STAMP)
    finally:
        for _ in range(PLACES):
            pdf_shelf._places.release()
    assert prints[0] == []


def test_disk_that_can_t_be_written_to_keeps_nobody_from_a_pdf(prints, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file"
    prints[1].set()
    assert kept_pdf(document(), stamp=STAMP) == document()["title"].encode()
