"""Exports of a saved report: from what was saved, for its readers only."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from decider.assessments.services import change_assessment, document_of, questionnaire_for
from decider.base.files import read_yaml
from decider.questionnaires.answer_files import parse_answers_file
from decider.reports.exports.schemas import SCHEMAS
from decider.reports.services.records import add_entry
from decider.reports.services.reports import freeze_report
from decider.reports.services.sharing import share_report
from decider.reports.views.exports import EXPORTS
from tests.conftest import answer_first, reader_of


@pytest.fixture
def report(assessment, browser_key):
    answer_first(assessment, "=1+1")
    saved = freeze_report(assessment=assessment, browser=browser_key)
    change_assessment(assessment=assessment, revision=0, title="Renamed later")
    return saved


def export(client, report, kind):
    return client.get(reverse("report_export", args=[report.pk, kind]))


@pytest.mark.parametrize("kind", EXPORTS)
def test_export_is_a_download_of_the_saved_report_for_its_readers(editor, stranger, report, kind):
    link, token = share_report(report=report, label="", lifetime=timedelta(days=1))
    shared = reader_of(token).get(reverse("shared_report_export", args=[link.public_id, kind]))
    response = export(editor, report, kind)
    assert response.content == shared.content
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert b"Renamed later" not in response.content
    assert export(stranger, report, kind).status_code == 404


def test_unknown_export_is_not_found(editor, report):
    assert export(editor, report, "docx").status_code == 404


def test_answers_file_reads_back_into_the_same_answers(editor, report, assessment):
    content = export(editor, report, "answers").content
    read = parse_answers_file(questionnaire_for(assessment), read_yaml(content))
    document = document_of(assessment=assessment)
    assert (read.title, read.answers, read.notes) == (
        "Billing",
        document.answers,
        document.notes,
    )


def test_table_holds_every_asked_question_and_no_formula(editor, report):
    content = export(editor, report, "csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["question_key"] for row in rows] == list(report.document.result.visible)
    assert rows[0]["note"] == "'=1+1"


def test_madr_files_of_two_records_lead_to_each_other(editor, report, assessment, browser_key):
    later = freeze_report(assessment=assessment, browser=browser_key)
    add_entry(record=later.record, revision=1, status="accepted", supersedes=report.record)
    old, new = (export(editor, each, "madr") for each in (report, later))
    names = [name_of(response).removesuffix(".md") for response in (old, new)]
    assert names == ["0001-billing", "0002-renamed-later"]
    assert f"* Status: superseded by [{names[1]}]({names[1]}.md)" in old.content.decode()
    assert f"* Supersedes [{names[0]}]({names[0]}.md)" in new.content.decode()


def name_of(response):
    return response.headers["Content-Disposition"].split('"')[1]


def test_madr_file_has_the_status_and_number_of_the_record(editor, report):
    response = export(editor, report, "madr")
    assert response.headers["Content-Disposition"] == 'attachment; filename="0001-billing.md"'
    text = response.content.decode()
    assert "status:" in text
    assert str(report.record) in text


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_of_each_format_is_served_to_anybody(name):
    response = Client().get(f"/schemas/{name}.json")
    assert response.json() == SCHEMAS[name]
    assert response.headers["Content-Type"] == "application/schema+json"
    assert Client().get("/schemas/decider-export/2.json").status_code == 404


def test_json_and_its_page_lead_to_the_schema(editor, report):
    link = "/schemas/decider-export/1.json"
    response = export(editor, report, "json")
    assert response.headers["Link"] == f'<{link}>; rel="describedby"'
    assert f'<a href="{link}">' in editor.get(report.get_absolute_url()).content.decode()


def test_name_in_another_script_is_sent_encoded(assessment, browser_key, editor):
    change_assessment(assessment=assessment, revision=0, title="支払い")
    saved = freeze_report(assessment=assessment, browser=browser_key)
    named = export(editor, saved, "madr").headers["Content-Disposition"]
    assert named == "attachment; filename*=utf-8''0001-%E6%94%AF%E6%89%95%E3%81%84.md"
