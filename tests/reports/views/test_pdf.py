"""The PDF of a report as somebody gets it who clicks on it."""

import io
from concurrent.futures import Future
from datetime import timedelta

import pikepdf
import pytest
from django.core.signing import get_cookie_signer
from django.test import Client
from django.urls import reverse

from decider.questionnaires.models import QuestionnaireVersion
from decider.reports.pdf.worker.client import WorkerProcess
from decider.reports.pdf.worker.job import Interrupted, TooMuch, WorkerFailed
from decider.reports.services.sharing import share_report
from decider.reports.views import pdf
from decider.reports.views.share_links import SHARED
from decider.web.tickets import TICKET, Ticket
from tests.conftest import answer_enough, load_bicycle, reader_of
from tests.reports.pdf.pdf_files import order_for


@pytest.fixture
def version(db) -> QuestionnaireVersion:
    return load_bicycle()


def test_pdf_is_a_download_whose_name_says_what_it_is(editor, report):
    response = editor.get(reverse("report_pdf", args=[report.pk]))
    year = report.saved_at.year
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="{report.saved_at:%Y-%m-%d}-billing-dr-{year}-0001.pdf"'
    )
    assert response.content.startswith(b"%PDF-1.7")


def test_pdf_is_printed_once_and_not_sent_again(editor, report, monkeypatch):
    url = reverse("report_pdf", args=[report.pk])
    first = editor.get(url)
    monkeypatch.setattr(WorkerProcess, "typeset", lambda *_: pytest.fail("printed again"))
    assert editor.get(url).content == first.content
    unchanged = editor.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize("shared", [False, True], ids=["editor", "shared"])
def test_letter_paper_is_offered_printed_once_and_kept_beside_a4(
    editor, report, shared, monkeypatch
):
    url = report.get_absolute_url()
    if shared:
        _, token = share_report(report=report, label="", lifetime=timedelta(days=1))
        url = editor.get(reverse("open_share_link", args=[token])).url
    assert f'<a href="{url}pdf/letter/">' in editor.get(url).content.decode()
    a4, letter = editor.get(f"{url}pdf/"), editor.get(f"{url}pdf/letter/")
    assert [sides(response) for response in (a4, letter)] == [(595, 842), (612, 792)]
    assert letter.headers["Content-Disposition"].endswith('-0001-letter.pdf"')
    monkeypatch.setattr(WorkerProcess, "typeset", lambda *_: pytest.fail("printed again"))
    for response, path in ((a4, "pdf/"), (letter, "pdf/letter/")):
        assert editor.get(f"{url}{path}").content == response.content
        etag = {"If-None-Match": response.headers["ETag"]}
        assert editor.get(f"{url}{path}", headers=etag).status_code == 304
    assert a4.headers["ETag"] != letter.headers["ETag"]


def sides(response):
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        return tuple(round(float(side)) for side in pdf.pages[0].MediaBox[2:])


def test_cache_that_can_t_be_used_keeps_nobody_from_a_pdf(editor, report, settings, tmp_path):
    (tmp_path / "file").touch()
    cache = {**settings.CACHES["pdf"], "LOCATION": tmp_path / "file"}
    settings.CACHES = {**settings.CACHES, "pdf": cache}
    response = editor.get(reverse("report_pdf", args=[report.pk]))
    assert response.content.startswith(b"%PDF")


def test_interrupted_printing_is_told_as_such(editor, report, monkeypatch):
    def interrupt(*_):
        raise Interrupted

    monkeypatch.setattr(WorkerProcess, "typeset", interrupt)
    response = editor.get(reverse("report_pdf", args=[report.pk]))
    assert response.status_code == 503
    assert "Printing was interrupted" in response.content.decode()


def test_document_that_is_too_much_gets_a_clear_page(editor, report, monkeypatch):
    def refuse(*_):
        raise TooMuch

    monkeypatch.setattr(WorkerProcess, "typeset", refuse)
    response = editor.get(reverse("report_pdf", args=[report.pk]))
    assert response.status_code == 422
    assert "Nothing is lost" in response.content.decode()


class Waiting:
    """A printer whose orders stay undone until a test finishes them."""

    def __init__(self):
        self.asked, self.future = [], Future()

    def ask(self, order, _whose):
        self.asked.append(order.key)
        return self.future

    def has(self, order):
        return order.key in self.asked

    def forget(self, _):
        self.future = Future()

    def get_ready(self):
        self.asked.append("ready")


@pytest.fixture
def waiting(monkeypatch):
    waiting = Waiting()
    monkeypatch.setattr(pdf, "printer", waiting)
    return waiting


def asked(editor, report, ticket, **headers):
    """The answer to whoever asks for the PDF of a report with this ticket."""
    return editor.get(reverse("report_pdf", args=[report.pk]), headers=headers, **{TICKET: ticket})


def test_click_on_a_pdf_that_is_being_printed_waits_and_then_gets_a_page(editor, report, waiting):
    ticket = Ticket()
    asked(editor, report, ticket)
    assert (ticket.printing, ticket.wanted) == (waiting.future, False)
    answer = asked(editor, report, Ticket(waited=True))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (202, "no-store")
    text = answer.content.decode()
    assert "It is being printed" in text
    assert f'hx-get="{reverse("report_pdf", args=[report.pk])}" hx-trigger="every 1s"' in text
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in text


def test_click_that_waited_gets_the_pdf_though_nothing_can_be_kept(editor, report, waiting):
    waiting.future.set_result(b"%PDF-1.7")
    answer = asked(editor, report, Ticket(waited=True))
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")


def test_click_for_which_there_is_no_place_gets_the_page_at_once(editor, report, waiting):
    waiting.future, ticket = None, Ticket()
    assert asked(editor, report, ticket).status_code == 202
    assert ticket.printing is None


def test_page_that_waits_is_told_nothing_and_then_that_the_pdf_is_ready(editor, report, waiting):
    htmx = {"HX-Request": "true"}
    assert asked(editor, report, Ticket(waited=True), **htmx).status_code == 204
    waiting.future.set_result(b"%PDF-1.7")
    answer = asked(editor, report, Ticket(), **htmx)
    url = reverse("report_pdf", args=[report.pk])
    assert f'<a href="{url}" data-fetch>' in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status"), [(TooMuch, 422), (Interrupted, 503), (WorkerFailed, 500)]
)
def test_page_that_waits_is_loaded_again_to_say_what_went_wrong(
    editor, report, waiting, error, status
):
    editor.raise_request_exception = False
    waiting.future.set_exception(error())
    told = asked(editor, report, Ticket(waited=True), **{"HX-Request": "true"})
    assert told.headers["HX-Refresh"] == "true"
    assert asked(editor, report, Ticket()).status_code == status
    ticket = Ticket()
    asked(editor, report, ticket)
    assert ticket.printing is waiting.future, "it is tried again"


def test_pdf_is_printed_when_its_report_is_saved_and_when_its_record_changes(
    editor, assessment, waiting
):
    answer_enough(assessment)
    saved = editor.post(reverse("save_report", args=[assessment.pk]), **{TICKET: Ticket()})
    report = assessment.reports.get()
    first = order_for(report).key
    entry = {"status": "proposed", "by": "Ada", "why": "Board", "alternative": "", "revision": "1"}
    editor.post(f"{saved.url}record/", entry, **{TICKET: Ticket()})
    second = order_for(assessment.reports.get()).key
    assert waiting.asked == [first, second]
    assert first != second


def test_worker_is_started_when_a_result_is_opened_that_may_soon_be_saved(
    editor, assessment, waiting
):
    editor.get(reverse("result", args=[assessment.pk]), **{TICKET: Ticket()})
    assert waiting.asked == ["ready"]


def test_nothing_is_printed_ahead_where_there_is_no_queue(editor, assessment, waiting):
    answer_enough(assessment)
    editor.get(reverse("result", args=[assessment.pk]))
    editor.post(reverse("save_report", args=[assessment.pk]))
    assert waiting.asked == []


@pytest.fixture
def ordered(monkeypatch):
    """Every PDF that was asked for, in place of printing it."""
    orders = []
    monkeypatch.setattr(pdf, "cached_pdf", lambda order: orders.append(order) or b"%PDF-1.7")
    return orders


@pytest.mark.parametrize("passphrase", ["", "correct horse"])
def test_pdf_of_a_shared_report_names_an_address_that_opens_it_elsewhere(
    report, ordered, settings, passphrase
):
    link, token = share_report(report=report, label="", lifetime=None, passphrase=passphrase)
    reader = reader_of(token)
    reader.post(
        reverse("shared_passphrase", args=[link.public_id]), {"passphrase": "correct horse"}
    )
    reader.get(reverse("shared_report_pdf", args=[link.public_id]))
    order = ordered[0]
    path = order.metadata.address.removeprefix(settings.ADDRESS)
    assert path == reverse("open_share_link", args=[token])
    assert order.secret == token
    elsewhere = Client().get(path, follow=True)
    assert elsewhere.status_code == 200
    asked_first = "This report needs a passphrase" in elsewhere.content.decode()
    assert asked_first is bool(passphrase)
    markdown = reader.get(reverse("shared_report_export", args=[link.public_id, "madr"]))
    assert order.metadata.address in markdown.content.decode()


def test_pdfs_of_two_links_and_of_the_owner_name_each_their_own_address(editor, report, ordered):
    made = [share_report(report=report, label="", lifetime=None) for _ in range(2)]
    for link, token in made:
        reader_of(token).get(reverse("shared_report_pdf", args=[link.public_id]))
    editor.get(reverse("report_pdf", args=[report.pk]))
    assert len({order.key for order in ordered}) == 3
    for _, token in made:
        named = [order for order in ordered if token in order.metadata.address]
        assert [order.secret for order in named] == [token]


def test_browser_that_opened_a_link_before_secrets_were_kept_finds_its_own_address(
    report, ordered, settings
):
    link, _ = share_report(report=report, label="", lifetime=None)
    reader = Client()
    reader.cookies[SHARED] = get_cookie_signer(salt=SHARED).sign(str(link.public_id))
    reader.get(reverse("shared_report_pdf", args=[link.public_id]))
    page = reverse("shared_report", args=[link.public_id])
    assert (ordered[0].metadata.address, ordered[0].secret) == (f"{settings.ADDRESS}{page}", "")


def test_code_is_printed_where_it_is_asked_for(editor, report, ordered, waiting):
    address = reverse("report_pdf", args=[report.pk])
    assert f'<a href="{address}?code">' in editor.get(report.get_absolute_url()).content.decode()
    named = editor.get(f"{address}?code").headers["Content-Disposition"]
    assert named.endswith('-0001-code.pdf"')
    editor.get(address)
    assert [order.with_code for order in ordered] == [True, False]
    assert ordered[0].key != ordered[1].key
    page = editor.get(f"{address}?code", **{TICKET: Ticket(waited=True)})
    assert f'hx-get="{address}?code"' in page.content.decode()
