"""A click on a PDF that is still being printed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from decider.reports.views import pdf

pytestmark = pytest.mark.browser


@pytest.fixture
def printed(monkeypatch) -> list[bytes]:
    """The PDF, once a test puts it here."""
    contents: list[bytes] = []
    monkeypatch.setattr(pdf, "_printed", lambda *_: contents[0] if contents else None)
    return contents


def test_page_says_that_the_pdf_is_printed_and_fetches_it(open_window, site, printed, javascript):
    page = open_window(java_script_enabled=javascript)
    page.goto(site.addresses["report"])
    page.get_by_role("link", name="PDF").first.click()
    waiting = page.get_by_text("It is being printed")
    expect(waiting).to_be_visible()
    with page.expect_download() as download:
        printed.append(b"%PDF-1.7")
    assert download.value.path().read_bytes() == b"%PDF-1.7"
    assert download.value.suggested_filename.endswith(".pdf")
    if javascript:
        expect(page.get_by_text("It is ready")).to_be_visible()
        expect(waiting).to_have_count(0)
    assert page.url.endswith(reverse("report_pdf", args=[site.report.pk]))
