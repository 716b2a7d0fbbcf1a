"""Named sign-offs: given by editors and readers, chained like every entry, shown everywhere."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from decider.assessments.models import Assessment
from decider.reports.exports.schemas import SCHEMAS
from decider.reports.models import ChainEntry, Report, SignOff
from decider.reports.pdf.pages import report_markup
from decider.reports.proof.audit import audit
from decider.reports.proof.checking import Proof, check_record
from decider.reports.proof.entries import RECORD_FORMAT, record_file
from decider.reports.proof.signing import public_keys
from decider.reports.services import comments, sign_offs
from decider.reports.services.comments import Author
from decider.reports.services.erasure import erase_name
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of
from decider.reports.services.sharing import revoke_share_link, share_report
from decider.reports.services.sign_offs import sign_off
from tests.conftest import client_of, reader_of
from tests.reports.pdf.pdf_files import order_for
from tests.stress.race import race

WEEK = timedelta(days=7)
FORM = {"position": "agree", "reason": "", "name": "Grace", "revision": 1}


def sign(client: Client, report: Report, **sent: object):
    """What the form of a sign-off gets."""
    return client.post(reverse("sign_off", args=[report.pk]), FORM | sent)


def text_of(client: Client, name: str, report: Report, *more: str) -> str:
    return client.get(reverse(name, args=[report.pk, *more])).content.decode()


def given(report: Report, key: uuid.UUID, position: str, reason: str = "", by: str = "Grace"):
    """A sign-off of the report as it was opened."""
    author = Author(key, by)
    said = {"position": position, "reason": reason, "revision": 1}
    return sign_off(record=Report.objects.get(pk=report.pk).record, author=author, **said)


def checked(report: Report):
    return check_record(json.loads(record_file(report.record)), public_keys())


def test_sign_off_is_in_the_history_of_the_assessment(editor, report, assessment, browser_key):
    sign(editor, report, position="objection", reason="Too early")
    newest = assessment.changes.first()
    assert (newest.kind, newest.actor) == ("sign-off", browser_key)
    page = editor.get(reverse("history", args=[assessment.pk])).content.decode()
    assert f"</a>: {newest.details['position']}" in page
    Assessment.objects.get().delete()
    given(report, uuid.uuid4(), "agree")


def test_sign_off_stands_in_the_record_and_in_what_is_made_of_it(editor, report):
    content, export = report.content, export_of(report)
    sent = sign(editor, report, position="reservations", reason="Only with backups")
    assert sent.url == reverse("sign_off", args=[report.pk])
    for name, more in (("sign_off", ()), ("report", ())):
        page = text_of(editor, name, report, *more)
        assert "<strong>Grace</strong>: Agree with reservations" in page
        assert "Only with backups" in page
    madr = text_of(editor, "report_export", report, "madr")
    assert "### Sign-off" in madr
    assert "Grace: Agree with reservations: Only with backups" in madr
    record = json.loads(text_of(editor, "report_export", report, "record"))
    assert [entry["entry"]["kind"] for entry in record["entries"]] == ["decision", "sign-off"]
    assert record["entries"][1]["entry"]["content"] == {
        "by_link": False,
        "position": "reservations",
        "reason": "Only with backups",
        "revision": 1,
    }
    assert record["entries"][1]["personal"]["by"]["value"] == "Grace"
    saved = Report.objects.get()
    assert (saved.content, export_of(saved)) == (content, export)


def test_sign_off_stands_in_the_pdf(report, browser_key):
    before = order_for(Report.objects.get())
    given(report, browser_key, "objection", "Too dear")
    order = order_for(Report.objects.get())
    assert order.key != before.key
    markup = report_markup(order.document, metadata=order.metadata, paper="A4", files=())
    assert "Grace: Object: Too dear" in markup


def test_record_with_sign_offs_fits_its_schema(report, browser_key):
    given(report, browser_key, "reservations", "Only with backups")
    schema = Draft202012Validator(SCHEMAS[RECORD_FORMAT])
    data = json.loads(record_file(report.record))
    assert list(schema.iter_errors(data)) == []
    data["entries"][1]["entry"]["content"]["position"] = "perhaps"
    assert len(list(schema.iter_errors(data))) == 1


def test_chain_with_sign_offs_is_proven_and_goes_on(report, browser_key):
    given(report, browser_key, "agree")
    add_entry(record=report.record, revision=1, status="rejected", by="Ada")
    check = checked(report)
    assert (check.proof, check.problems, check.status) == (Proof.GENUINE, (), "rejected")
    assert [entry.entry["kind"] for entry in check.entries] == ["decision", "sign-off", "decision"]
    assert list(audit(public_keys())) == []


def test_row_that_was_changed_behind_the_servers_back_is_found(report, browser_key):
    given(report, browser_key, "objection", "No")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE decider_signoff SET position = 'agree'")
    found = [problem.what for problem in audit(public_keys())]
    assert found == ["Entry 2: the row in the history does not say what was signed."]


def test_later_word_of_the_same_person_counts_and_both_are_kept(editor, report, browser_key):
    sign(editor, report, position="objection", reason="Too dear")
    sign(editor, report)
    given(report, uuid.uuid4(), "agree", by="Alan")
    page = text_of(editor, "sign_off", report)
    assert "<s>Object</s>" in page
    assert page.count("replaced by a later sign-off") == 1
    assert "Too dear" in page
    assert SignOff.objects.count() == 3


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"position": ""}, "Choose one of these."),
        ({"position": "reservations"}, "Say what your reservations are."),
        ({"position": "objection", "reason": "  "}, "Say why you object."),
        ({"name": ""}, "Give your name"),
        ({"revision": "x"}, "This page is damaged"),
    ],
)
def test_bad_sign_off_is_explained_and_not_kept(editor, report, sent, error):
    page = sign(editor, report, **sent)
    assert page.status_code == 422
    assert error in page.content.decode()
    assert SignOff.objects.count() == 0


def test_label_and_hint_of_the_reason_are_true_for_each_position(editor, report):
    page = editor.get(reverse("sign_off", args=[report.pk])).content.decode()
    assert ">Reservations or objection</label>" in page
    assert "Needed if you have reservations or object." in page


def test_nobody_signs_a_decision_that_they_did_not_see(editor, report):
    add_entry(record=report.record, revision=1, status="accepted", alternative="vm", by="Ada")
    page = sign(editor, report, reason="As I said")
    assert page.status_code == 422
    text = page.content.decode()
    assert "The decision was changed in the meantime" in text
    assert "As I said" in text
    assert 'name="revision" value="2"' in text
    assert SignOff.objects.count() == 0
    assert sign(editor, report, revision=2).status_code == 302


def test_reader_by_link_signs_with_a_name_that_nobody_vouches_for(report, editor):
    link, token = share_report(
        report=report, label="", lifetime=timedelta(days=1), may_comment=True
    )
    reader = reader_of(token)
    address = reverse("shared_sign_off", args=[link.public_id])
    assert reader.post(address, FORM | {"name": "Alan"}).status_code == 302
    assert "Alan (by share link)" in text_of(editor, "report", report)
    assert SignOff.objects.get().by_link is True


def test_reader_of_a_link_that_only_reads_sees_sign_offs_and_gives_none(report, browser_key):
    given(report, browser_key, "agree")
    link, token = share_report(report=report, label="", lifetime=timedelta(days=1))
    reader = reader_of(token)
    page = reader.get(reverse("shared_report", args=[link.public_id])).content.decode()
    assert "<strong>Grace</strong>: Agree" in page
    address = reverse("shared_sign_off", args=[link.public_id])
    assert address not in page
    assert reader.post(address, FORM).status_code == 403


def test_sign_off_through_a_link_that_was_just_revoked_is_shown_to_its_writer(report):
    link, token = share_report(report=report, label="", lifetime=WEEK, may_comment=True)
    reader = reader_of(token)
    revoke_share_link(link=link)
    address = reverse("shared_sign_off", args=[link.public_id])
    page = reader.post(address, FORM | {"position": "objection", "reason": "<b>Too</b> early"})
    assert page.status_code == 410
    assert "&lt;b&gt;Too&lt;/b&gt; early" in page.content.decode()
    assert SignOff.objects.count() == 0


def test_sign_offs_are_limited_with_comments(editor, report, monkeypatch):
    monkeypatch.setattr(comments, "OF_AUTHOR", replace(comments.OF_AUTHOR, times=1))
    assert sign(editor, report).status_code == 302
    assert sign(editor, report).status_code == 422


def test_full_record_takes_decisions_and_no_more_sign_offs(editor, report, monkeypatch):
    monkeypatch.setattr(sign_offs, "MOST_WITH_SIGN_OFFS", 2)
    assert sign(editor, report).status_code == 302
    refused = sign(editor, report)
    assert refused.status_code == 422
    assert "no sign-off can be added" in refused.content.decode()
    add_entry(record=report.record, revision=1, status="rejected")
    assert checked(report).proof is Proof.GENUINE


def test_erased_name_leaves_the_sign_off_proven(report, browser_key):
    given(report, browser_key, "agree", by="Grace Hopper")
    assert erase_name("Grace Hopper") == 1
    assert "Grace" not in record_file(Report.objects.get().record)
    assert checked(report).proof is Proof.GENUINE
    assert list(audit(public_keys())) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", range(3, 16, 3))
def test_sign_offs_at_once_follow_each_other_in_the_chain(report, statement):
    one, two = (client_of(uuid.uuid4()) for _ in range(2))
    link, token = share_report(
        report=report, label="", lifetime=timedelta(days=1), may_comment=True
    )
    address = reverse("shared_sign_off", args=[link.public_id])
    for client in (one, two):
        client.get(reverse("open_share_link", args=[token]))
    assert race(*(partial(c.post, address, FORM) for c in (one, two)), statement=statement) == (
        302,
        302,
    )
    assert list(ChainEntry.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert checked(Report.objects.get()).proof is Proof.GENUINE
