"""Saved reports, their PDFs and their decision records."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from decider.reports.limits import TICKET, Ticket
from decider.reports.models import Report
from decider.reports.pdf.worker.client import WorkerProcess
from decider.reports.pdf.worker.job import Busy, Interrupted, TooMuch
from decider.reports.services.reports import freeze_report
from decider.reports.services.sharing import share_report
from tests.conftest import answer_first


@pytest.fixture
def second(assessment, report, browser_key):
    answer_first(assessment, "new")
    return freeze_report(assessment=assessment, browser=browser_key)


def test_saving_leads_to_the_report(editor, assessment):
    response = editor.post(reverse("save_report", args=[assessment.pk]))
    assert response.url == Report.objects.get().get_absolute_url()


def test_saving_twice_leads_to_the_one_report(editor, assessment):
    url = reverse("save_report", args=[assessment.pk])
    addresses = {editor.post(url).url for _ in range(2)}
    assert addresses == {Report.objects.get().get_absolute_url()}
    assert "Already saved" in editor.get(addresses.pop()).content.decode()


def test_report_shows_the_saved_title_after_a_change(editor, report, assessment):
    assessment.title = "Renamed"
    assessment.save()
    text = editor.get(report.get_absolute_url()).content.decode()
    assert re.search(r"<h1[^>]*>Billing</h1>", text)


def test_list_takes_as_many_queries_for_three_reports_as_for_one(
    editor, assessment, browser_key, django_assert_max_num_queries
):
    url = reverse("reports", args=[assessment.pk])
    for _ in range(3):
        freeze_report(assessment=assessment, browser=browser_key)
        with django_assert_max_num_queries(4):
            editor.get(url)


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


def test_shelf_that_can_t_be_used_keeps_nobody_from_a_pdf(editor, report, settings, tmp_path):
    (tmp_path / "file").touch()
    cache = {**settings.CACHES["pdf"], "LOCATION": tmp_path / "file"}
    settings.CACHES = {**settings.CACHES, "pdf": cache}
    response = editor.get(reverse("report_pdf", args=[report.pk]))
    assert response.content.startswith(b"%PDF")


def test_reader_of_a_busy_worker_is_asked_to_wait(editor, report, monkeypatch):
    def refuse(*_):
        raise Busy

    monkeypatch.setattr(WorkerProcess, "typeset", refuse)
    response = editor.get(reverse("report_pdf", args=[report.pk]))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "Try again in a few seconds" in response.content.decode()


def test_pdf_is_printed_in_the_queue_and_a_kept_one_is_given_out_at_once(editor, report):
    url, ticket = reverse("report_pdf", args=[report.pk]), Ticket()
    assert (editor.get(url, **{TICKET: ticket}).status_code, ticket.wanted) == (503, True)
    assert editor.get(url, **{TICKET: Ticket(full=True)}).status_code == 503
    assert editor.get(url, **{TICKET: Ticket(admitted=True)}).status_code == 200
    assert editor.get(url, **{TICKET: Ticket()}).status_code == 200


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
    assert response.status_code == 503
    assert "Nothing is lost" in response.content.decode()


def test_holder_of_a_share_link_sees_the_record_and_cannot_change_it(report):
    _, token = share_report(report=report, label="", lifetime=timedelta(days=1))
    opened = Client().get(reverse("open_share_link", args=[token]), follow=True)
    page = opened.content.decode()
    assert str(report.record) in page
    assert reverse("record", args=[report.pk]) not in page


def test_comparison_says_what_differs_and_what_it_did(editor, report, second):
    response = editor.get(reverse("compare"), {"before": report.pk, "after": second.pk})
    comparison = response.context["comparison"]
    noted = [row for row in comparison.questions if row.after.note]
    assert [(row.before.answer, row.after.note) for row in noted] == [("Not answered", "new")]
    assert comparison.weights == []


def test_report_is_not_compared_with_itself(editor, report):
    response = editor.get(reverse("compare"), {"before": report.pk, "after": report.pk})
    assert response.context["form"].errors == {
        "after": ["That is the first report. Choose another one."]
    }
    assert "---" not in response.content.decode()


def test_comparison_with_a_stranger_s_report_or_with_none_is_refused(stranger, report):
    response = stranger.get(reverse("compare"), {"before": report.pk, "after": "nonsense"})
    assert response.status_code == 422
    errors = response.context["form"].errors
    message = ["That is not a report that you can read here."]
    assert errors == {"before": message, "after": message}
