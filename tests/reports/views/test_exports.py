"""Exports of a saved report: from what was saved, for its readers only."""

import csv
import io
import json
import uuid
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from decider.assessments.services import change_assessment, document_of, questionnaire_for
from decider.base.access import Role
from decider.base.files import read_yaml
from decider.presentation.report import present_report
from decider.questionnaires.answer_files import parse_answers_file
from decider.reports.exports.schemas import SCHEMAS
from decider.reports.models import Comment, Flag
from decider.reports.pdf.order import order_of
from decider.reports.proof.checking import NOT_WHOLE, Proof, check_record
from decider.reports.proof.signing import public_keys
from decider.reports.services.comments import Author, add_comment, remove_comment, set_resolved
from decider.reports.services.records import add_entry
from decider.reports.services.reports import freeze_report
from decider.reports.services.sharing import share_report
from decider.reports.views.exports import EXPORTS
from decider.reports.views.place import Place
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
    opened = reverse("open_share_link", args=[token]).encode()
    own = report.get_absolute_url().encode()
    assert shared.content.replace(opened, own) == response.content
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


@pytest.fixture
def discussed(report, browser_key):
    """The report with a thread on its first question, which is marked, and a resolved one."""
    question = report.document.result.visible[0]
    grace, linus = Author(browser_key, "Grace"), Author(uuid.uuid4(), "Linus *L*")
    add = partial(add_comment, report=report)
    first = add(author=grace, text="Why?", question=question, look_again=True)
    add(author=linus, text="# Because", thread=first)
    whole = add(author=linus, text="All\ngood")
    set_resolved(thread=whole, by="Grace", resolved=True)
    Comment.objects.update(at=AT, resolved_at=None)
    Comment.objects.filter(pk=whole.pk).update(resolved_at=AT)
    Flag.objects.update(at=AT)
    return question


AT = datetime(2026, 3, 7, 14, 5, 9, tzinfo=UTC)


def remark(by, text):
    return {
        **{"by": by, "by_link": False, "at": "2026-03-07T14:05:09Z", "text": text},
        **{"edited_at": "", "removed_at": "", "removed_by": ""},
    }


def test_comments_stand_beside_the_report_in_markdown_and_json(editor, report, discussed):
    markdown = export(editor, report, "madr").content.decode()
    chapter = markdown.partition("### Comments\n\n")[2].partition("\n\n### Answers")[0]
    first = present_report(report.document).answers[0]
    assert chapter.split("\n") == [
        "#### The report as a whole",
        "",
        "* 2026-03-07 14:05 UTC, Linus \\*L\\*: All good",
        "  * Resolved by Grace on 2026-03-07",
        "",
        f"#### Q1 {first.question}",
        "",
        "Marked for another look by Grace (2026-03-07).",
        "",
        "* 2026-03-07 14:05 UTC, Grace: Why?",
        "  * 2026-03-07 14:05 UTC, Linus \\*L\\*: \\# Because",
    ]
    sent = json.loads(export(editor, report, "record").content)
    resolved = {"resolved_by": "Grace", "resolved_at": "2026-03-07T14:05:09Z"}
    assert sent["comments"] == [
        {
            **{"question": "", "flagged_by": "", "flagged_at": ""},
            "threads": [{"comments": [remark("Linus *L*", "All\ngood")], **resolved}],
        },
        {
            "question": discussed,
            **{"flagged_by": "Grace", "flagged_at": "2026-03-07T14:05:09Z"},
            "threads": [
                {
                    "comments": [remark("Grace", "Why?"), remark("Linus *L*", "# Because")],
                    **{"resolved_by": "", "resolved_at": ""},
                }
            ],
        },
    ]
    assert Draft202012Validator(SCHEMAS["decider-record/1"]).is_valid(sent)
    assert check_record(sent, public_keys(), export=sent["report"]).proof is Proof.GENUINE
    sent["comments"][0]["threads"] = []
    assert check_record(sent, public_keys(), export=sent["report"]).problems == (NOT_WHOLE,)


@pytest.mark.parametrize("may_comment", [True, False])
def test_reader_by_link_finds_in_files_the_comments_that_the_page_shows(
    report, discussed, may_comment
):
    link, token = share_report(report=report, label="", lifetime=None, may_comment=may_comment)
    reader = reader_of(token)
    for kind in ("madr", "record"):
        address = reverse("shared_report_export", args=[link.public_id, kind])
        assert (b"Linus" in reader.get(address).content) is may_comment


def test_pdf_with_comments_is_another_than_that_of_who_may_only_read(report, discussed):
    commenter, reader = (
        order_of(report, Place(report, role.may).metadata) for role in (Role.COMMENTER, Role.VIEWER)
    )
    assert commenter.key != reader.key
    assert "Linus" in commenter.record
    assert "Linus" not in reader.record


def test_removed_comment_has_no_text_in_files_and_says_who_removed_it(editor, report, discussed):
    remove_comment(comment=Comment.objects.get(text="Why?"), by="Ada")
    markdown = export(editor, report, "madr").content.decode()
    assert "* 2026-03-07 14:05 UTC, Grace: Removed by Ada.\n" in markdown
    assert "Why?" not in markdown


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
