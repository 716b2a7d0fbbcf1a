"""Saved reports, their PDFs and their decision records."""

import io
import re
from datetime import date, timedelta
from unittest import mock

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decider.models import Report
from decider.rendering.press.client import PressProcess
from decider.rendering.press.job import Busy, TooMuch
from decider.services.reports import freeze_report
from decider.services.sharing import share_report
from tests.conftest import answer_first


@pytest.fixture
def second(assessment, report, browser_key):
    answer_first(assessment, "new")
    return freeze_report(assessment=assessment, browser=browser_key)


def entry(**changes):
    return {
        "status": "accepted",
        "alternative": "vm",
        "reason": "The team knows them.",
        "by": "Ada",
        "why": "Board of 3 March",
        "revision": 1,
        **changes,
    }


def test_saving_leads_to_the_report(editor, assessment):
    response = editor.post(reverse("save_report", args=[assessment.pk]))
    assert response.url == Report.objects.get().get_absolute_url()


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
    monkeypatch.setattr(PressProcess, "typeset", lambda *_: pytest.fail("printed again"))
    assert editor.get(url).content == first.content
    unchanged = editor.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize("shared", [False, True], ids=["editor", "shared"])
def test_letter_paper_is_offered_printed_once_and_kept_beside_a4(
    editor, report, shared, monkeypatch
):
    _, token = share_report(report=report, label="", lifetime=timedelta(days=1))
    url = reverse("shared_report", args=[token]) if shared else report.get_absolute_url()
    assert f'<a href="{url}pdf/letter/">' in editor.get(url).content.decode()
    a4, letter = editor.get(f"{url}pdf/"), editor.get(f"{url}pdf/letter/")
    assert [sides(response) for response in (a4, letter)] == [(595, 842), (612, 792)]
    assert letter.headers["Content-Disposition"].endswith('-0001-letter.pdf"')
    monkeypatch.setattr(PressProcess, "typeset", lambda *_: pytest.fail("printed again"))
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
    shelf = {**settings.CACHES["pdf"], "LOCATION": tmp_path / "file"}
    settings.CACHES = {**settings.CACHES, "pdf": shelf}
    response = editor.get(reverse("report_pdf", args=[report.pk]))
    assert response.content.startswith(b"%PDF")


def test_reader_of_a_busy_press_is_asked_to_wait(editor, report, monkeypatch):
    def refuse(*_):
        raise Busy

    monkeypatch.setattr(PressProcess, "typeset", refuse)
    response = editor.get(reverse("report_pdf", args=[report.pk]))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "Try again in a few seconds" in response.content.decode()


def test_document_that_is_too_much_gets_a_clear_page(editor, report, monkeypatch):
    def refuse(*_):
        raise TooMuch

    monkeypatch.setattr(PressProcess, "typeset", refuse)
    response = editor.get(reverse("report_pdf", args=[report.pk]))
    assert response.status_code == 503
    assert "Nothing is lost" in response.content.decode()


def test_record_numbers_run_on_through_the_years(report, second, assessment, browser_key):
    year = timezone.localdate().year
    assert [str(r.record) for r in (report, second)] == [f"DR-{year}-0001", f"DR-{year}-0002"]
    with mock.patch.object(timezone, "localdate", return_value=date(2999, 1, 1)):
        third = freeze_report(assessment=assessment, browser=browser_key)
    assert str(third.record) == "DR-2999-0003"


def test_entry_is_added_and_nothing_before_it_changes(editor, report):
    url = reverse("record", args=[report.pk])
    assert editor.post(url, entry()).status_code == 302
    history = Report.objects.get(pk=report.pk).record.history
    assert [(e.number, e.status, e.by) for e in history] == [
        (1, "proposed", ""),
        (2, "accepted", "Ada"),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"alternative": ""}, "alternative"),
        ({"by": ""}, "by"),
        ({"why": ""}, "why"),
        ({"review_on": "31.3."}, "review_on"),
        ({"review_on": "2001-01-01"}, "review_on"),
        ({"alternative": "mainframe"}, "alternative"),
        ({"status": "superseded"}, "status"),
    ],
)
def test_incomplete_entry_is_told_at_its_field(editor, report, changes, field):
    response = editor.post(reverse("record", args=[report.pk]), entry(**changes))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert len(report.record.history) == 1


def test_stale_entry_is_kept_in_the_form_and_not_added(editor, report):
    url = reverse("record", args=[report.pk])
    editor.post(url, entry(why="first"))
    response = editor.post(url, entry(why="second"))
    assert response.status_code == 422
    assert response.context["form"]["why"].value() == "second"
    assert response.context["form"]["revision"].value() == "2"
    assert [e.why for e in Report.objects.get().record.history] == ["", "first"]


def test_later_record_supersedes_an_earlier_one_and_both_say_so(editor, report, second):
    url = reverse("record", args=[second.pk])
    editor.post(url, entry(supersedes=report.record.pk, status="proposed"))
    assert Report.objects.get(pk=report.pk).record.state.status == "proposed"
    offered = editor.get(url).context["form"]
    assert offered["supersedes"].value() == report.record.pk
    editor.post(url, entry(supersedes=report.record.pk, revision=2))
    old, new = (Report.objects.get(pk=r.pk).record for r in (report, second))
    assert (old.state.status, old.superseded_by, new.state.supersedes) == ("superseded", new, old)
    page = editor.get(report.get_absolute_url()).content.decode()
    assert f'<a href="{second.get_absolute_url()}">{new}</a>' in page


def test_superseded_record_stays_superseded(editor, report, second):
    editor.post(reverse("record", args=[second.pk]), entry(supersedes=report.record.pk))
    url = reverse("record", args=[report.pk])
    assert editor.post(url, entry(status="accepted", revision=2)).status_code == 422
    assert editor.post(url, entry(status="superseded", revision=2)).status_code == 302


def test_record_that_is_due_says_so(editor, report):
    editor.post(reverse("record", args=[report.pk]), entry(review_on=timezone.localdate()))
    assert "due for another look" in editor.get(report.get_absolute_url()).content.decode()
    listed = editor.get(reverse("reports", args=[report.assessment_id])).content.decode()
    assert "due for another look" in listed
    later = date(2999, 1, 1)
    editor.post(reverse("record", args=[report.pk]), entry(review_on=later, revision=2))
    assert "due for another look" not in editor.get(report.get_absolute_url()).content.decode()


def test_holder_of_a_share_link_sees_the_record_and_cannot_change_it(report):
    _, token = share_report(report=report, label="", lifetime=timedelta(days=1))
    page = Client().get(reverse("shared_report", args=[token])).content.decode()
    assert str(report.record) in page
    assert reverse("record", args=[report.pk]) not in page


def test_comparison_says_what_differs_and_what_it_did(editor, report, second):
    response = editor.get(reverse("compare"), {"before": report.pk, "after": second.pk})
    comparison = response.context["comparison"]
    noted = [row for row in comparison.questions if row.after.note]
    assert [(row.before.answer, row.after.note) for row in noted] == [("Not answered", "new")]
    assert comparison.weights == []


def test_comparison_with_a_stranger_s_report_or_with_none_is_refused(stranger, report):
    response = stranger.get(reverse("compare"), {"before": report.pk, "after": "nonsense"})
    assert response.status_code == 422
    errors = response.context["form"].errors
    message = ["That is not a report that you can read here."]
    assert errors == {"before": message, "after": message}
