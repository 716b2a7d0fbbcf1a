"""What people send is looked into within limits, whatever it is called."""

import json
import zlib

import pikepdf
import pytest

from decider.base.files import FileErrors
from decider.reports.proof import pdf_attachment
from decider.reports.proof.report_files import MAX_BYTES, open_report_file
from tests.reports.proof.proof_files import pdf_with, saved

BARE = b'{"format":"decider-report/1","title":"Lunch"}'


def refusal(content):
    with pytest.raises(FileErrors) as caught:
        open_report_file(content)
    return str(caught.value)


def pdf_with_stream(data, filters):
    """A PDF whose attachment is this raw stream."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["report.json"] = BARE
        pdf.attachments["report.json"].get_file().obj.write(data, filter=pikepdf.Array(filters))
        return saved(pdf)


@pytest.mark.parametrize("content", [BARE, b"\xef\xbb\xbf \n" + BARE])
def test_json_is_known_by_its_content(content):
    file = open_report_file(content)
    assert (file.kind, file.title, file.reference, file.saved_at) == ("JSON", "Lunch", "", "")


def test_what_a_file_says_is_read_without_invisible_characters():
    file = open_report_file(b'{"format":"decider-report/1","title":"a\\u0000\\u202eb"}')
    assert file.title == "ab"


def test_pdf_gives_its_attachment():
    file = open_report_file(pdf_with(BARE + b"\n"))
    assert (file.kind, file.data, file.record) == ("PDF", json.loads(BARE), None)


def with_attachments(add):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["report.json"] = BARE
        add(pdf)
        return saved(pdf)


def two_records(pdf):
    pdf.attachments["record.json"] = b"{}"
    pdf.attachments["zz"] = pikepdf.AttachedFileSpec(pdf, b"{}", filename="record.json")


def other_key(pdf):
    pdf.attachments["zz"] = pikepdf.AttachedFileSpec(pdf, b"{}", filename="report.json")


def on_a_page(pdf):
    spec = pikepdf.AttachedFileSpec(pdf, b"{}", filename="report.json")
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment)
    note.FS, note.Rect = spec.obj, pikepdf.Array([0, 0, 9, 9])
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])


@pytest.mark.parametrize("add", [other_key, on_a_page, two_records])
def test_second_file_of_ours_in_a_pdf_is_refused_wherever_it_is_attached(add):
    assert refusal(with_attachments(add)).startswith("More than one file report.json, ")


def test_attachments_that_are_none_of_ours_are_named():
    def add(pdf):
        for name in ("record.md", "price\u202e list.xlsx"):
            pdf.attachments[name] = b"x"

    assert open_report_file(with_attachments(add)).others == ("price list.xlsx",)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"[]", b"null", b"{}", b'{"format":[]}', b'{"format":"decider-report/2"}'],
)
def test_other_files_are_told_apart(content):
    assert refusal(content) == "This file is neither a PDF nor the JSON of a report."


@pytest.mark.parametrize(
    "member",
    [
        b'"title":"a","title":"b"',
        b'"a":NaN',
        b'"a":1e999',
        b'"a":"\\ud800"',
        b'"a":"\xff"',
        b'"a":' + b"9" * 5000,
        b'"a":' + b"[" * 100_000 + b"]" * 100_000,
        b'"a":',
    ],
    ids=["twice", "nan", "infinite", "surrogate", "not-utf-8", "huge", "deepest", "cut"],
)
def test_json_that_two_readers_could_read_differently_is_damaged(member):
    content = b'{"format":"decider-report/1",' + member + b"}"
    assert refusal(content) == "The JSON in this file is damaged."


def test_json_of_many_levels_is_refused():
    content = b'{"format":"decider-report/1","a":' + b"[" * 60 + b"]" * 60 + b"}"
    assert refusal(content) == "The JSON in this file is nested too deeply."


@pytest.mark.parametrize("item", [b"[],", b'{"":0},', b"0,"])
def test_json_of_nothing_but_values_is_refused_before_it_is_read(item):
    items = item * (4_900_000 // len(item))
    content = b'{"format":"decider-report/1","a":[' + items + b"0]}"
    assert refusal(content) == "The JSON in this file holds too many values."


def test_large_files_are_refused_before_they_are_read():
    assert refusal(b" " * (MAX_BYTES + 1)) == "The file is larger than 10 MB."
    assert refusal(b"{" + b" " * 5_000_000) == "The JSON is larger than 5 MB."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lambda: pdf_with(BARE, name="other.json"), pdf_attachment.MISSING),
        (
            lambda: pdf_with(BARE, encryption=pikepdf.Encryption(owner="a", user="b")),
            pdf_attachment.LOCKED,
        ),
        (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20, pdf_attachment.BROKEN),
        (lambda: pdf_with(b" " * 5_000_001), pdf_attachment.TOO_LARGE),
    ],
    ids=["none", "locked", "broken", "large"],
)
def test_pdf_without_a_readable_report_says_why(content, message):
    assert refusal(content()) == pdf_attachment.MESSAGES[message]


def test_damaged_json_in_a_pdf_is_told():
    assert refusal(pdf_with(b"{")) == "The JSON in this file is damaged."


@pytest.mark.parametrize("layers", [1, 2, 6])
def test_stream_that_unfolds_into_too_much_is_refused(layers):
    data = b" " * 200_000_000
    for _ in range(layers):
        data = zlib.compress(data, 9)
    content = pdf_with_stream(data, [pikepdf.Name.FlateDecode] * layers)
    assert len(content) < 1_000_000
    assert refusal(content) == pdf_attachment.MESSAGES[pdf_attachment.BROKEN]


def test_reader_that_needs_too_much_is_stopped(monkeypatch):
    monkeypatch.setattr(pdf_attachment, "WALL_SECONDS", 0)
    assert refusal(pdf_with(BARE)) == pdf_attachment.TOO_MUCH


def test_reader_sees_no_secret(monkeypatch):
    seen = {}

    def run(*args, env, **options):
        seen.update(env)
        raise pdf_attachment.subprocess.TimeoutExpired(args, 0)

    monkeypatch.setenv("DECIDER_SECRET_KEY", "secret")
    monkeypatch.setattr(pdf_attachment.subprocess, "run", run)
    refusal(pdf_with(BARE))
    assert "PATH" in seen
    assert not [name for name in seen if name.startswith("DECIDER")]


def test_hostile_title_is_read_as_text():
    assert (
        open_report_file(json.dumps({"format": "decider-report/1", "title": []}).encode()).title
        == ""
    )
