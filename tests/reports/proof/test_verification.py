"""What a file is: issued, genuine, altered, forged, foreign or unsigned."""

import base64
import json
import shutil
import string
import uuid

import pytest
from django.conf import settings
from django.db import connection

from decider.assessments.services import questionnaire_for
from decider.base.frozen import Frozen
from decider.engine.report.codec import canonical_json
from decider.reports.models import IssuedFile, Report, Signature
from decider.reports.proof.checking import Proof, verify_signature
from decider.reports.proof.issued import remember_issued
from decider.reports.proof.signing import public_keys, rotate_keys, sign
from decider.reports.proof.verification import Verdict, verify_file
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of
from tests.reports.proof.proof_files import changed, opened, pdf_with


def verdict(content, browser=None):
    return verify_file(file=opened(content), browser=browser).verdict


def reported(content, browser=None):
    finding = verify_file(file=opened(content), browser=browser)
    return [(a.part, a.name, a.sent, a.saved) for a in finding.alterations]


def test_export_is_canonical_and_holds_the_report_as_saved(report):
    text = export_of(report)
    data = json.loads(text)
    assert canonical_json(data) == text
    assert canonical_json(data["report"]) == canonical_json(report.document)
    assert (data["record"], data["content_hash"]) == (str(report.record), report.content_hash)
    assert data["saved_at"] == f"{report.saved_at:%Y-%m-%dT%H:%M:%SZ}"


def test_export_is_the_same_after_the_key_has_changed(report):
    before = export_of(report)
    rotate_keys()
    assert export_of(Report.objects.get()) == before
    assert verdict(before) is Verdict.ISSUED


def test_signature_never_changes(report):
    with pytest.raises(Frozen):
        Signature.objects.update(value="")
    with pytest.raises(Frozen):
        Signature.objects.get().delete()


def test_json_in_another_layout_is_genuine(report):
    text = json.dumps(json.loads(export_of(report)), indent=2)
    assert verdict(text) is Verdict.GENUINE


def test_pdf_is_issued_if_it_was_given_out_and_genuine_if_only_its_report_was(report):
    content = pdf_with(export_of(report).encode())
    assert verdict(content) is Verdict.GENUINE
    remember_issued(report=report, content=content)
    remember_issued(report=report, content=content)
    assert verdict(content) is Verdict.ISSUED
    assert IssuedFile.objects.count() == 1


def test_record_of_another_server_with_our_number_and_content_is_foreign(report, browser_key):
    content = changed(report, lambda data: data.update(saved_at="1999-01-01T00:00:00Z"))
    data = {key: part for key, part in json.loads(content).items() if key != "signature"}
    shutil.rmtree(settings.SIGNING_KEY_DIR)
    key, value = sign(canonical_json(data))
    theirs = {**data, "signature": {"algorithm": "Ed25519", "key": key, "value": value}}
    shutil.rmtree(settings.SIGNING_KEY_DIR)
    sign("another key of ours")
    for browser in (None, browser_key):
        finding = verify_file(file=opened(json.dumps(theirs)), browser=browser)
        assert (finding.verdict, finding.report) == (Verdict.FOREIGN, None)
    theirs["report"]["title"] = "Other"
    assert verdict(json.dumps(theirs)) is Verdict.ALTERED


def test_issued_pdf_shows_the_entry_that_was_the_newest_then(report):
    early, late = (pdf_with(export_of(report).encode() + end) for end in (b"\n", b"\n\n"))
    remember_issued(report=report, content=early)
    assert not verify_file(file=opened(early), browser=None).is_outdated
    add_entry(record=report.record, revision=1, status="rejected", by="Ada", why="Board")
    remember_issued(report=report, content=late)
    findings = [verify_file(file=opened(content), browser=None) for content in (early, late)]
    assert [(row.shown.status, row.is_outdated) for row in findings] == [
        ("proposed", True),
        ("rejected", False),
    ]


@pytest.mark.parametrize(
    ("path", "value", "part"),
    [
        (("report", "title"), "Other", "Title"),
        (("report", "context"), "Other", "Context"),
        (("report", "result", "leaders"), ["paas"], "Result"),
        (("report", "method"), "mavt-0", "Method"),
        (("report", "extra"), "Other", "Something else"),
        (("record",), "DR-1999-0001", "Number of the record"),
        (("saved_at",), "1999-01-01T00:00:00Z", "Moment of saving"),
        (("content_hash",), "0" * 64, "Check code"),
        (("signature", "value"), "A" * 88, "Signature"),
        (("signature", "algorithm"), "none", "Signature"),
        (("signature", "key"), ["no", "text"], "Signature"),
        (("signature",), None, "Signature"),
    ],
)
def test_each_alteration_is_found_and_named(report, path, value, part):
    def change(data):
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    content = changed(report, change)
    assert verdict(content) is Verdict.ALTERED
    assert {row[0] for row in reported(content)} == {part}


def other_digits(value: str) -> str:
    """The same bytes in base64 whose last digit holds other unread bits."""
    digits = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    last = digits[digits.index(value[-3]) ^ 1]
    changed_value = f"{value[:-3]}{last}=="
    assert base64.b64decode(changed_value) == base64.b64decode(value)
    return changed_value


def test_signature_in_other_digits_is_an_alteration(report):
    def change(data):
        data["signature"]["value"] = other_digits(data["signature"]["value"])

    content = changed(report, change)
    assert verdict(content) is Verdict.ALTERED
    assert [row[0] for row in reported(content)] == ["Signature"]
    assert verify_signature(opened(content).data, public_keys()) is Proof.ALTERED


def test_altered_answer_note_and_weight_are_listed_in_words(report, browser_key, assessment):
    section = questionnaire_for(assessment).sections[0]
    question = section.questions[0]
    first, second = question.choices[:2]

    def change(data):
        data["report"]["answers"][question.key] = second.key
        data["report"]["notes"].clear()
        data["report"]["weights"][section.key] = 1

    assert reported(changed(report, change), browser_key) == [
        ("Answer", question.text, second.label, first.label),
        ("Note", question.text, "", "As in the audit"),
        ("Weight", section.title, "1", str(section.weight)),
    ]


def test_holder_of_an_altered_file_is_not_told_what_was_saved(report):
    content = changed(report, lambda data: data["report"].update(title="Other"))
    assert reported(content, uuid.uuid4()) == [("Title", "", "Other", None)]


def test_invisible_alteration_is_spelt_out(report, browser_key):
    content = changed(report, lambda data: data["report"].update(title="Billing\0\u202e"))
    assert reported(content, browser_key) == [("Title", "", "Billing[U+0000][U+202E]", "Billing")]


def test_number_of_a_record_alone_tells_a_stranger_nothing(report, browser_key):
    def guess(data):
        data["content_hash"] = "0" * 64
        data["signature"]["value"] = "A" * 88

    finding = verify_file(file=opened(changed(report, guess)), browser=uuid.uuid4())
    assert (finding.verdict, finding.report, finding.alterations) == (Verdict.FORGED, None, ())
    assert verdict(changed(report, guess), browser_key) is Verdict.ALTERED


def test_report_of_another_server_is_foreign(report, settings, tmp_path):
    export = json.loads(export_of(report))
    settings.SIGNING_KEY_DIR = tmp_path / "other-keys"
    export["content_hash"], export["signature"]["value"] = "0" * 64, "A" * 88
    assert verdict(canonical_json(export)) is Verdict.FOREIGN


def test_report_signed_here_and_no_longer_kept_is_genuine(report, settings, assessment):
    data = json.loads(export_of(report))
    del data["signature"]
    data["record"] = "DR-1999-0001"
    data["content_hash"] = "0" * 64
    key, value = sign(canonical_json(data))
    data["signature"] = {"algorithm": "Ed25519", "key": key, "value": value}
    assert verdict(canonical_json(data)) is Verdict.NOT_KEPT


def test_number_with_another_year_names_no_report_of_ours(report, browser_key):
    def renumber(data):
        data["record"] = data["record"].replace(str(report.record.year), "1999")
        data["content_hash"] = "0" * 64
        del data["signature"]

    assert verdict(changed(report, renumber), browser_key) is Verdict.UNSIGNED


def test_change_behind_the_server_s_back_is_found(report):
    export = export_of(report)
    content = report.content.replace("Billing", "Shipping")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE decider_report SET content = %s", [content])
    assert verdict(export) is Verdict.CONTRADICTED
    assert reported(export) == [("Title", "", "Billing", None)]


def test_lost_keys_leave_the_saved_reports_known(report, settings):
    shutil.rmtree(settings.SIGNING_KEY_DIR)
    assert verdict(export_of(report)) is Verdict.ISSUED


def test_bare_document_and_removed_signature_prove_nothing(report):
    def strip(data):
        del data["signature"], data["content_hash"]

    assert verdict(report.content) is Verdict.UNSIGNED
    assert verdict(changed(report, strip)) is Verdict.UNSIGNED


def test_thousands_of_differences_are_told_in_part(report):
    def change(data):
        data["report"]["answers"] = {f"key-{n}": "x" for n in range(5000)}

    assert len(reported(changed(report, change))) == 100
