"""The pages that check a file and read one in, for whoever holds it."""

import hashlib
import io
import json
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from decider.assessments.models import Assessment
from decider.questionnaires.models import QuestionnaireVersion
from decider.reports.exports.answers import render_answers_yaml
from decider.reports.models import Report
from decider.reports.proof.signing import read_keys, rotate_keys
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of, freeze_report
from decider.web.tickets import TICKET, Ticket
from tests.conftest import load_bicycle
from tests.reports.proof.proof_files import changed, saved

CHECK = "/check-record/"
IMPORT = "/import/"


@pytest.fixture
def version(db) -> QuestionnaireVersion:
    return load_bicycle()


@pytest.fixture
def pdf(editor, report):
    return editor.get(reverse("report_pdf", args=[report.pk])).content


def send(client, url, content, name="x"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(url, {"file": file})


def heading(response):
    return re.search(r'id="h-finding">([^<]+)<', response.content.decode())[1]


def test_pdf_is_told_to_be_issued_here_unchanged_whatever_it_is_called(pdf, stranger, report):
    response = send(stranger, CHECK, pdf, "holiday.txt")
    page = response.content.decode()
    assert heading(response) == "Unchanged: this server issued this very file"
    assert str(report.record) in page
    assert "Proposed" in page


def test_pdf_carries_the_very_exports(pdf, editor, report):
    names = {"report.json": "json", "record.md": "madr"}
    exports = {
        name: editor.get(reverse("report_export", args=[report.pk, kind])).content
        for name, kind in names.items()
    }
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        attached = {name: part.get_file().read_bytes() for name, part in opened.attachments.items()}
    record = attached.pop("record.json")
    assert attached == exports
    assert exports["report.json"] == export_of(report).encode()
    whole = json.loads(editor.get(reverse("report_export", args=[report.pk, "record"])).content)
    assert whole["report"] == json.loads(exports["report.json"])
    printed = json.loads(record)
    assert printed["entries"] == whole["entries"]
    assert printed["files"] == {"record.md": hashlib.sha256(exports["record.md"]).hexdigest()}


def test_change_of_the_markdown_in_a_pdf_is_told(pdf, stranger):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.attachments["record.md"] = b"# Accepted"
        content = saved(opened)
    page = send(stranger, CHECK, content)
    assert heading(page) == "Altered: it is not what was saved"
    assert "record.md is not the one that was printed" in page.content.decode()


def test_change_of_the_decision_in_a_pdf_is_told(pdf, stranger, report):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        record = opened.attachments["record.json"].get_file().read_bytes()
        record = record.replace(b'"status":"proposed"', b'"status":"accepted"')
        opened.attachments["record.json"] = record
        content = saved(opened)
    page = send(stranger, CHECK, content)
    assert heading(page) == "Altered: it is not what was saved"
    text = page.content.decode()
    assert "<li>Entry 1: the signature does not fit: the entry was changed.</li>" in text
    assert 'Decision record, entry 1: <span class="muted">status</span>' in text


def test_pdf_without_its_record_says_so(pdf, stranger):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.attachments["record.json"]
        content = saved(opened)
    page = send(stranger, CHECK, content).content.decode()
    assert "No decision record with signatures is in this file" in page


def test_pdf_with_other_pages_is_told_from_its_data(pdf, stranger):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.pages.reverse()
        content = saved(opened)
    response = send(stranger, CHECK, content)
    assert heading(response) == "The data in it is genuine; its pages may have been altered"


def test_pdf_of_before_a_decision_is_known_and_says_how_it_stands_now(pdf, editor, report):
    add_entry(record=report.record, revision=1, status="rejected", by="Ada", why="Board")
    page = send(Client(), CHECK, pdf)
    assert heading(page) == "Unchanged: this server issued this very file"
    assert "This copy is not up to date: it says proposed." in page.content.decode()
    assert "now it says rejected" in page.content.decode()
    later = editor.get(reverse("report_pdf", args=[report.pk])).content
    assert later != pdf
    assert heading(send(Client(), CHECK, later)) == heading(page)


def test_superseded_record_names_its_successor(pdf, report, assessment, browser_key):
    second = freeze_report(assessment=assessment, browser=browser_key)
    add_entry(
        record=second.record,
        revision=1,
        status="accepted",
        alternative="vm",
        supersedes=report.record,
    )
    page = send(Client(), CHECK, pdf).content.decode()
    assert f"{second.record} has replaced it" in page
    assert str(second.pk) not in page


def test_only_readers_get_a_link_and_what_was_saved(report, editor, stranger):
    content = changed(report, lambda data: data["report"].update(title="Other"))
    for client, may in ((editor, True), (stranger, False), (Client(), False)):
        response = send(client, CHECK, content)
        page = response.content.decode()
        assert heading(response) == "Altered: it is not what was saved"
        assert ("Billing" in page) is may
        assert (report.get_absolute_url() in page) is may


def test_markup_in_a_file_stays_text(stranger, report):
    content = changed(report, lambda data: data["report"].update(title="<script>x</script>"))
    assert "<script>x" not in send(stranger, CHECK, content).content.decode()


@pytest.mark.parametrize("url", [CHECK, IMPORT])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "Choose a file."),
        (b"", "This file is empty. Choose another one."),
        (b"%PDF-1.7 hello", "This PDF is damaged and can&#x27;t be read."),
        (b" " * 10_000_001, "This file is larger than 10 MB."),
    ],
    ids=["none", "empty", "broken", "large"],
)
def test_error_is_told_at_the_field(db, url, content, message):
    response = Client().post(url) if content is None else send(Client(), url, content)
    page = response.content.decode()
    assert response.status_code == 422
    assert f'<ul class="errorlist" id="id_file_error"><li>{message}</li></ul>' in page
    assert '<a href="#id_file">' in page


@pytest.mark.parametrize(
    "content", [b"hello", b"- a", b"questionnaire: x", b"a: [", b"questionnaire: 1\nanswers: {}"]
)
def test_file_that_is_none_of_a_report_is_refused(db, content):
    checked, imported = (send(Client(), url, content).content.decode() for url in (CHECK, IMPORT))
    assert "This file is neither a PDF nor the JSON of a report." in checked
    assert "This file is neither the PDF nor the JSON of a report, nor an answers file." in imported


def test_two_files_at_once_are_refused(db):
    files = {name: SimpleUploadedFile("x", b"{}") for name in ("file", "other")}
    assert Client().post(CHECK, files).status_code == 400


def test_report_is_read_into_a_new_assessment_of_this_browser(report):
    client = Client()
    response = send(client, IMPORT, export_of(report))
    made = Assessment.objects.exclude(pk=report.assessment_id).get()
    assert response.url == reverse("check", args=[made.pk])
    assert "Everything in the file carried over" in client.get(response.url).content.decode()


def test_answers_file_is_read_into_a_new_assessment_but_proves_nothing(report):
    content = render_answers_yaml(report.document).encode()
    assert "neither a PDF nor the JSON" in send(Client(), CHECK, content).content.decode()
    response = send(Client(), IMPORT, content)
    made = Assessment.objects.exclude(pk=report.assessment_id).get()
    assert response.url == reverse("check", args=[made.pk])
    assert made.imported_from.genuine is False
    rows = {row.question_key: (row.value, row.note) for row in made.answers.all()}
    answers, notes = report.document.answers, report.document.notes
    assert rows == {key: (value, notes.get(key, "")) for key, value in answers.items()}
    assert made.title == report.title


def test_remarks_stay_to_be_read_by_the_editor_alone(report, stranger):
    client = Client()
    content = changed(report, lambda data: data["report"]["answers"].update(gone="yes"))
    response = send(client, IMPORT, content)
    page = client.get(response.url).content.decode()
    assert "This version of the questionnaire does not ask it." in page
    assert "Not signed by this server" in page
    assert stranger.get(response.url).status_code == 404
    link = reverse("assessment_settings", args=[Assessment.objects.latest("created_at").pk])
    assert response.url in client.get(link).content.decode()


def test_unknown_questionnaire_is_told_at_the_field(report):
    content = changed(
        report, lambda data: data["report"]["questionnaire"].update(key="where-to-eat")
    )
    response = send(Client(), IMPORT, content)
    assert response.status_code == 422
    assert "have the questionnaire “where-to-eat”" in response.content.decode()
    assert Assessment.objects.count() == 1


def test_keys_are_published_with_those_of_before(report):
    new = rotate_keys()
    response = Client().get("/signing-keys/")
    assert list(read_keys(response.content)) == [new, report.signature.key]
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_footer_leads_to_both_pages(db, version):
    page = Client().get("/").content.decode()
    assert f'href="{CHECK}"' in page
    assert f'href="{IMPORT}"' in page
    assert Report.objects.count() == 0


def test_file_is_checked_when_it_is_its_turn(version, client):
    ticket = Ticket()
    url = reverse("verify_record")
    assert client.post(url, {}, **{TICKET: ticket}).status_code == 202
    assert ticket.wanted
    assert client.post(url, {}, **{TICKET: Ticket(admitted=True)}).status_code == 422


def test_who_finds_the_queue_full_is_asked_to_come_again(version, client):
    response = client.post(reverse("verify_record"), {}, **{TICKET: Ticket(full=True)})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "Send the file again" in response.content.decode()
