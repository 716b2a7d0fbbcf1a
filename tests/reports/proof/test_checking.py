"""A decision record in a file: every change of it is found and named."""

from __future__ import annotations

import copy
import hashlib
import json

import pytest

from decider.base.digests import sha256
from decider.engine.report.codec import canonical_json
from decider.reports.models import Report
from decider.reports.proof.checking import (
    MOST_ENTRIES,
    NO_ENTRY,
    NOT_WHOLE,
    OTHER_MARKDOWN,
    OTHER_REPORT,
    TOO_MANY,
    Proof,
    check_file,
    check_record,
)
from decider.reports.proof.entries import commitment, record_file
from decider.reports.proof.signing import public_keys, rotate_keys, sign
from decider.reports.services.records import add_entry
from decider.reports.services.reports import export_of
from tests.reports.proof.proof_files import opened, pdf_with, resealed

RISK = {"text": "Two platforms", "severity": "high", "owner": "Bo"}


@pytest.fixture
def record(report):
    """A record with three entries, as a file has it."""
    states = ({"status": "proposed", "deciders": "Ada, Bo"}, {"status": "accepted"})
    for revision, state in enumerate(states, start=1):
        fields = {"alternative": "vm", "by": "Ada", "why": "Board", "risks": [RISK], **state}
        add_entry(record=report.record, revision=revision, **fields)
    return json.loads(record_file(Report.objects.get(pk=report.pk).record))


def problems(record, **options):
    check = check_record(json.loads(resealed(record)), public_keys(), **options)
    assert (check.proof is Proof.ALTERED) is bool(check.problems)
    return list(check.problems)


def signed(body):
    """An entry as a file has it, signed by this server's key."""
    text = canonical_json(body)
    key, value = sign(text)
    signature = {"algorithm": "Ed25519", "key": key, "value": value}
    return {"entry": body, "hash": sha256(text), "personal": {}, "signature": signature}


def test_unchanged_record_is_genuine_and_says_how_the_decision_stands(record, report):
    check = check_record(record, public_keys(), export=json.loads(export_of(report)))
    assert (check.proof, check.problems, check.remarks) == (Proof.GENUINE, (), ())
    assert (check.status, len(check.entries)) == ("accepted", 3)
    assert check.last_at == record["entries"][2]["entry"]["at"]


def test_entries_are_chained_to_the_one_before_and_to_the_report(record, report):
    entries = record["entries"]
    previous = [row["entry"]["previous"] for row in entries]
    assert previous == [report.content_hash, entries[0]["hash"], entries[1]["hash"]]


def test_names_are_signed_as_salted_hashes_only(record):
    entry = record["entries"][1]
    assert set(entry["personal"]) == {"by", "deciders", "risks/0/owner"}
    assert "Ada" not in canonical_json(entry["entry"])
    salts = {name["salt"] for row in record["entries"] for name in row["personal"].values()}
    assert len(salts) == 5
    assert entry["entry"]["personal"]["by"] == commitment(
        path="by", salt=entry["personal"]["by"]["salt"], value="Ada"
    )


NOT_SIGNED = "the signature does not fit: the entry was changed."
OTHER_HASH = "the hash does not fit what it says."
NOT_AFTER = "it does not follow the entry before it: one was removed, added or moved."


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (("entry", "content", "status"), "rejected", {NOT_SIGNED, OTHER_HASH}),
        (("entry", "content", "risks", 0, "text"), "None", {NOT_SIGNED, OTHER_HASH}),
        (("entry", "content", "extra"), "x", {NOT_SIGNED, OTHER_HASH}),
        (("entry", "at"), "2020-01-01T00:00:00.000000Z", {NOT_SIGNED, OTHER_HASH}),
        (("entry", "kind"), "comment", {NOT_SIGNED, OTHER_HASH}),
        (("entry", "number"), 7, {NOT_SIGNED, OTHER_HASH, NOT_AFTER}),
        (("entry", "previous"), "0" * 64, {NOT_SIGNED, OTHER_HASH, NOT_AFTER}),
        (
            ("entry", "record"),
            "DR-1999-0001",
            {NOT_SIGNED, OTHER_HASH, "it belongs to another record, DR-1999-0001."},
        ),
        (("entry", "extra"), "x", {"what was signed isn’t an entry of a decision record."}),
        (("hash",), "0" * 64, {OTHER_HASH}),
        (("signature", "value"), "A" * 88, {NOT_SIGNED}),
        (("signature", "algorithm"), "none", {NOT_SIGNED}),
        (
            ("personal", "by", "value"),
            "Eve",
            {"the name in “by” is not the one that was signed."},
        ),
        (("personal", "by", "salt"), "00", {"the name in “by” is not the one that was signed."}),
        (
            ("personal", "informed"),
            {"salt": "00", "value": "Eve"},
            {"the name in “informed” is not the one that was signed."},
        ),
    ],
    ids=range(15),
)
def test_each_change_of_the_last_entry_is_named(record, path, value, found):
    place = record["entries"][2]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert set(problems(record)) == {f"Entry 3: {what}" for what in found}


def test_removed_moved_and_repeated_entries_are_found(record):
    first, second, third = record["entries"]
    for entries, wrong in (
        ([first, third], [2]),
        ([second, third], [1, 2]),
        ([first, third, second], [2, 3]),
        ([first, second, second, third], [3, 4]),
    ):
        found = problems({**record, "entries": entries})
        assert found == [f"Entry {number}: {NOT_AFTER}" for number in wrong]
    assert problems({**record, "entries": []}) == [NO_ENTRY]


def test_entry_that_is_signed_again_after_a_change_breaks_the_chain(record):
    body = copy.deepcopy(record["entries"][1]["entry"])
    body["content"]["alternative"] = "paas"
    record["entries"][1] = {**signed(body), "personal": record["entries"][1]["personal"]}
    assert problems(record) == [f"Entry 3: {NOT_AFTER}"]


def test_record_of_another_report_is_found(record, report):
    export = json.loads(export_of(report))
    for change in ({"content_hash": "0" * 64}, {"record": "DR-1999-0001"}):
        assert problems(record, export={**export, **change}) == [OTHER_REPORT]
    other = {**record, "report": {**export, "record": "DR-1999-0001"}}
    assert problems(other, export=export) == [
        "The report in the decision record is not the one that was checked."
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.pop("entries"),
        lambda record: record.update(entries={}),
        lambda record: record["entries"].append(None),
        lambda record: record["entries"][0].pop("signature"),
        lambda record: record["entries"][0].update(signature=None),
        lambda record: record["entries"][0].update(extra=1),
        lambda record: record.update(extra=1),
        lambda record: record.update(files=[]),
        lambda record: record.update(format="decider-record/2"),
    ],
    ids=range(9),
)
def test_record_that_is_not_in_its_form_is_altered(record, change):
    change(record)
    (found,) = problems(record)
    assert found.startswith("The decision record can’t be read: ")


def test_name_that_was_erased_is_told_and_changes_nothing_else(record):
    del record["entries"][1]["personal"]["by"]
    check = check_record(json.loads(resealed(record)), public_keys())
    assert (check.proof, check.remarks) == (Proof.GENUINE, ("Entry 2: name erased (by).",))


def test_entries_of_two_keys_are_genuine_and_of_an_unknown_one_not_proven(record, report):
    rotate_keys()
    add_entry(record=report.record, revision=3, status="deprecated", by="Ada")
    later = json.loads(record_file(Report.objects.get(pk=report.pk).record))
    keys = public_keys()
    assert len({row["signature"]["key"] for row in later["entries"]}) == 2
    assert check_record(later, keys).proof is Proof.GENUINE
    last = later["entries"][3]["signature"]["key"]
    check = check_record(later, {last: keys[last]})
    assert later["signature"]["key"] == last
    assert (check.proof, check.problems, check.names_known_key) == (Proof.UNKNOWN_KEY, (), True)
    assert not check_record(record, {}).names_known_key


def test_other_kinds_of_entries_are_checked_the_same_way(record):
    last = record["entries"][2]
    body = {**last["entry"], "number": 4, "previous": last["hash"], "kind": "comment"}
    record["entries"].append(signed({**body, "content": {"text": "Fine."}, "personal": {}}))
    check = check_record(json.loads(resealed(record)), public_keys())
    assert (check.proof, check.status) == (Proof.GENUINE, "accepted")
    record["entries"][3]["entry"]["content"]["text"] = "Bad."
    assert problems(record) == [f"Entry 4: {NOT_SIGNED}", f"Entry 4: {OTHER_HASH}"]


def erase_name(record):
    del record["entries"][1]["personal"]["by"]


def name_another_key(record):
    record["signature"]["key"] = "0" * 16


def add_file(record):
    record["files"] = {"other.md": "0" * 64}


@pytest.mark.parametrize(
    "change",
    [lambda record: record["entries"].pop(), erase_name, add_file, name_another_key],
    ids=range(4),
)
def test_what_is_left_out_or_changed_around_the_entries_is_found(record, change):
    change(record)
    check = check_record(record, public_keys())
    assert (check.proof, check.problems) == (Proof.ALTERED, (NOT_WHOLE,))
    assert check_record(record, {}).proof is Proof.UNKNOWN_KEY


def test_endless_record_is_not_checked_to_its_end(record):
    endless = {**record, "entries": record["entries"][:1] * (MOST_ENTRIES + 1)}
    assert check_record(endless, public_keys()).problems == (TOO_MANY,)


def test_markdown_in_a_pdf_is_the_one_that_was_printed(record, report):
    export, markdown = export_of(report).encode(), b"# Decision"
    files = {"record.md": hashlib.sha256(markdown).hexdigest()}
    sealed = resealed(record, files=files).encode()
    for attached, found in (
        ({"markdown": markdown}, ()),
        ({"markdown": b"# Other"}, (OTHER_MARKDOWN,)),
        ({}, (OTHER_MARKDOWN,)),
    ):
        file = opened(pdf_with(export, record=sealed, **attached))
        assert check_file(file, public_keys()).problems == found
    assert check_record(json.loads(sealed), public_keys()).proof is Proof.GENUINE


def test_pdf_is_worth_as_much_as_the_worse_of_its_parts(record, report):
    export = export_of(report).encode()
    genuine = opened(pdf_with(export, record=canonical_json(record).encode()))
    assert check_file(genuine, public_keys()).proof is Proof.GENUINE
    record["entries"][0]["hash"] = ""
    altered = opened(pdf_with(export, record=canonical_json(record).encode()))
    check = check_file(altered, public_keys())
    assert (check.report, check.proof) == (Proof.GENUINE, Proof.ALTERED)
    bare = check_file(opened(report.content), public_keys())
    assert (bare.proof, bare.record) == (Proof.UNSIGNED, None)
