"""`verify` and `new_signing_key` on the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from decider.engine.report.codec import canonical_json
from decider.reports.models import Report
from decider.reports.proof.entries import record_file
from decider.reports.proof.signing import published_keys, read_keys, sign
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of
from tests.reports.proof.proof_files import changed, pdf_with, resealed


@pytest.fixture
def keys(report, tmp_path, settings):
    """The published keys in a file, on a machine that has no others."""
    path = tmp_path / "keys.pem"
    path.write_text(published_keys())
    settings.SIGNING_KEY_DIR = tmp_path / "elsewhere"
    return path


@pytest.fixture
def verify(tmp_path, django_assert_num_queries):
    def run(content, *options):
        path = tmp_path / "file"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = StringIO()
        with django_assert_num_queries(0):
            call_command("verify", str(path), *options, stdout=out)
        return out.getvalue()

    return run


def failure(verify, *arguments):
    with pytest.raises(CommandError) as caught:
        verify(*arguments)
    return caught.value.returncode, str(caught.value)


def test_genuine_json_is_told_without_a_database(report, keys, verify):
    export = export_of(report)
    data = json.loads(export)
    assert verify(export, "--key", str(keys)) == (
        f"Genuine: {report.record} “Billing”, saved {data['saved_at']},"
        f" signed by {data['signature']['key']}.\n"
        "No decision record with signatures is in this file: what was decided is not proven by"
        " it.\n"
    )


@pytest.fixture
def record(report):
    """A record of two entries, as a file has it."""
    add_entry(record=report.record, revision=1, status="rejected", by="Ada")
    return json.loads(record_file(Report.objects.get(pk=report.pk).record))


def test_decision_in_a_pdf_is_told_with_its_entry(report, record, keys, verify):
    content = pdf_with(export_of(report).encode(), record=canonical_json(record).encode())
    lines = verify(content, "--key", str(keys)).splitlines()
    at = record["entries"][1]["entry"]["at"]
    assert lines[1] == (
        f"Decision: rejected, as of entry 2, {at}. Whether there are later entries, the server can"
        " tell."
    )
    del record["entries"][1]["personal"]["by"]
    with override_settings(SIGNING_KEY_DIR=keys.parent / "signing-keys"):
        erased = resealed(record)
    alone = verify(erased, "--key", str(keys)).splitlines()
    assert alone[0] == f"Genuine: {report.record}, without its report."
    assert alone[2] == "  Entry 2: name erased (by)."


def test_altered_decision_in_a_pdf_fails_and_other_attachments_are_named(
    report, record, keys, verify
):
    record["entries"][1]["entry"]["content"]["status"] = "accepted"
    content = pdf_with(
        export_of(report).encode(), record=canonical_json(record).encode(), other=b"x"
    )
    code, text = failure(verify, content, "--key", str(keys))
    assert (code, text.splitlines()) == (
        1,
        [
            f"Not genuine: what it says does not fit its signatures. Keys: {keys_in(keys)}.",
            "  Entry 2: the signature does not fit: the entry was changed.",
            "  Entry 2: the hash does not fit what it says.",
            "Also attached to it, by somebody else: other.txt.",
        ],
    )


def keys_in(path):
    return ", ".join(read_keys(path.read_bytes()))


def test_of_a_pdf_only_its_data_is_proven(report, keys, verify):
    text = verify(pdf_with(export_of(report).encode()), "--key", str(keys))
    assert text.startswith("Genuine: ")
    assert "This is proven of the files attached to the PDF." in text


def test_own_keys_are_used_where_none_is_named(report, verify):
    assert verify(export_of(report)).startswith("Genuine: ")


def test_altered_file_fails(report, keys, verify):
    content = changed(report, lambda data: data["report"].update(title="Other"))
    assert failure(verify, content, "--key", str(keys)) == (
        1,
        "Not genuine: what it says does not fit its signatures."
        f" Keys: {report.signature.key}.\n  The report was changed.",
    )


def test_other_key_and_no_key_fail(report, keys, verify, tmp_path):
    export = export_of(report)
    assert failure(verify, export) == (
        1,
        "Not proven: it is signed with a key that is none of these. Keys: none.",
    )
    other, _ = sign("")
    assert failure(verify, export)[1].endswith(f"Keys: {other}.")


def test_unsigned_report_fails(report, keys, verify):
    assert failure(verify, report.content, "--key", str(keys))[0] == 1


def test_unreadable_file_or_key_is_told(report, keys, verify, tmp_path):
    assert failure(verify, "hello", "--key", str(keys))[0] == 2
    (tmp_path / "bad.pem").write_text("hello")
    code, text = failure(verify, export_of(report), "--key", str(tmp_path / "bad.pem"))
    assert code == 2
    assert text.endswith("there is no public key for Ed25519 in it.")
    assert failure(verify, export_of(report), "--key", str(tmp_path / "none.pem"))[0] == 2


def test_new_key_signs_and_old_exports_stay_genuine(report, verify):
    out = StringIO()
    call_command("new_signing_key", stdout=out)
    assert out.getvalue().startswith(f"Key {sign('')[0]} signs from now on.")
    assert sign("")[0] != report.signature.key
    assert verify(export_of(report)).startswith("Genuine: ")


def kept(tmp_path, content):
    """What `verify --kept` prints of a file, and its exit code."""
    path, out = tmp_path / "file", StringIO()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        call_command("verify", str(path), "--kept", stdout=out)
    except CommandError as error:
        return str(error).splitlines(), error.returncode
    return out.getvalue().splitlines(), 0


def test_older_state_is_told_next_to_what_is_kept(report, tmp_path):
    before = record_file(report.record)
    assert kept(tmp_path, before) == (
        ["Unchanged: this server gave out this very file.", f"{report.record} is proposed."],
        0,
    )
    entry = add_entry(record=report.record, revision=1, status="rejected", by="Ada")
    assert kept(tmp_path, before)[0][1:] == [
        f"This copy of {report.record} says proposed, as of entry 1; it is rejected since, by entry"
        f" 2 on {entry.at:%Y-%m-%dT%H:%M:%SZ}.",
        "Entries added to its record since: 1.",
    ]


def test_difference_from_what_is_kept_is_told(report, tmp_path):
    content = changed(report, lambda data: data["report"].update(title="Other"))
    assert kept(tmp_path, content) == (
        [
            "Altered: it comes from a report that is kept here, and differs.",
            f"{report.record} is proposed.",
            "  Title: Other",
        ],
        1,
    )


def test_file_of_another_server_says_nothing_of_what_is_kept(report, tmp_path, settings):
    export = json.loads(export_of(report))
    settings.SIGNING_KEY_DIR = tmp_path / "other-keys"
    export["signature"]["value"] = "A" * 88
    assert kept(tmp_path, canonical_json(export)) == (
        ["Not from this server: it is signed with another key."],
        1,
    )


def test_keys_of_others_and_what_is_kept_are_not_mixed(report, keys, tmp_path):
    with pytest.raises(CommandError, match="Choose --key or --kept"):
        call_command("verify", "x", "--kept", "--key", str(keys))
