"""The PDF of a report: what stands in it."""

from __future__ import annotations

import re
from functools import cache

import pytest

from decider.engine.report.codec import canonical_json
from decider.reports.exports.madr import render_madr
from decider.reports.proof.entries import sealed_with_files
from tests.pdf_text import folded, pdf_pages
from tests.presentation.builders import METADATA, NOTHING_LEFT, document
from tests.reports.pdf.pdf_files import opened, printed

DOCUMENT = document(notes={"minutes": "Fifty, with the walk & back.\nOn Fridays an hour."})
RECORD = '{"format":"decider-record/1"}'
OUTLINE = [
    "Lunch of the platform team",
    "Recommended",
    "Why A picnic in the park across the river",
    "What would overturn it",
    "Find out next",
    "Ranking",
    "A picnic in the park across the river: how to get there",
    "First steps",
    "Now",
    "Later",
    "Move on when",
    "What to watch",
    "What drives it",
    "Why A picnic in the park across the river rather than A restaurant",
    "How the points add up",
    "How sure it is",
    "Changes that would matter",
    "Other answers that change the first place",
    "What would have to be true for the closest rivals to win",
    "Questions and answers",
    "People",
    "Time and weather",
    "Quotations",
    "Bo Basket, Against kitchens",
    "Sources, method and files",
    "Sources",
    "Method",
    "Files in this document",
]


@cache
def content() -> bytes:
    return printed(DOCUMENT)


def titles(items) -> list[str]:
    found = []
    for item in items:
        found += [str(item.title), *titles(item.children)]
    return found


def test_first_page_is_a_summary_on_its_own() -> None:
    first = pdf_pages(content())[0]
    for words in (
        "Report 2",
        "Lunch of the platform team",
        "Six people, one kitchen, no budget.",
        "2026-03-07",
        "Where should the team eat?, version 3",
        "3 of 4, 1 unknown",
        "A picnic in the park across the river",
        "What would overturn it",
        "Points from 0 to 100",
    ):
        assert folded(words) in first


def test_every_asked_question_is_there_with_answer_note_and_quotations() -> None:
    text = "".join(pdf_pages(content()))
    for words in (
        "How many people eat together?",
        "Up to four",
        "Do guests come along?",
        "Nobody from outside comes",
        "How long is the break?",
        "An hour or more",
        "Fifty, with the walk & back.",
        "On Fridays an hour.",
        "What is the weather like on a usual day?",
        "I don\u2019t know",
        "\u201cNobody ever regretted a sandwich on a bench in the sun.\u201d",
        "Ada Ladle, Lunch, considered, The Weekly Plate, 2019",
    ):
        assert folded(words) in text


def test_every_page_has_its_number_check_code_and_address() -> None:
    texts = pdf_pages(content())
    for number, text in enumerate(texts, 1):
        assert folded(f"{METADATA.check_code} \u00b7 {METADATA.address}") in text
        assert f"{number}/{len(texts)}" in text
    assert all(folded("Lunch of the platform team") in text for text in texts)


def test_outline_holds_the_headings() -> None:
    with opened(content()) as pdf, pdf.open_outline() as outline:
        assert titles(outline.root) == OUTLINE


def test_metadata_name_title_language_and_moment() -> None:
    with opened(content()) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == "Lunch of the platform team"
        assert METADATA.reference.encode() in content(), "kept PDFs are found by it"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260307140509Z"
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
            assert metadata["pdfuaid:part"] == "1"


def test_language_is_that_of_the_questionnaire() -> None:
    with opened(printed(document(language="de"))) as pdf:
        assert str(pdf.Root.Lang) == "de"


def test_exports_are_attached_byte_for_byte_with_their_relationship() -> None:
    markdown = render_madr(DOCUMENT, metadata=METADATA).encode()
    with opened(printed(DOCUMENT, record=RECORD)) as pdf:
        files = {name: spec.get_file() for name, spec in pdf.attachments.items()}
        assert {name: file.read_bytes() for name, file in files.items()} == {
            "record.json": sealed_with_files(RECORD, {"record.md": markdown}).encode(),
            "record.md": markdown,
            "report.json": canonical_json(DOCUMENT).encode(),
        }
        kinds = ["application/json", "text/markdown", "application/json"]
        assert [file.mime_type for file in files.values()] == kinds
        related = {str(entry.UF): str(entry.AFRelationship) for entry in pdf.Root.AF}
        assert related == {
            "report.json": "/Source",
            "record.md": "/Alternative",
            "record.json": "/Data",
        }
        assert len(pdf.Root.AF) == 3


def test_nothing_runs_when_it_is_opened() -> None:
    with opened(content()) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/AA" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.Names


def test_only_bundled_fonts_are_used_and_all_are_embedded_subsets() -> None:
    names = set()
    with opened(content()) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                descendant = font.DescendantFonts[0]
                assert "/FontFile2" in descendant.FontDescriptor
                names.add(str(font.BaseFont).split("+")[1])
    assert names == {"Inter", "Inter-Semi-Bold", "Source-Serif-4", "Source-Serif-4-Italic"}


def test_all_ruled_out_says_so_and_gives_each_reason() -> None:
    first = pdf_pages(printed(document(NOTHING_LEFT)))[0]
    for words in (
        "No alternative is left: every one of them is ruled out.",
        "The park allows four to a bench.",
        "The canteen lets nobody eat standing.",
        "A restaurant without time is a kiosk.",
    ):
        assert folded(words) in first
    assert folded("What drives it") not in first


def test_unanswered_questions_are_marked() -> None:
    text = "".join(pdf_pages(printed(document({"minutes": "unknown"}))))
    assert re.findall(r"\?(Notanswered|Idon\u2019tknow)", text) == [
        "Notanswered",
        "Idon\u2019tknow",
        "Notanswered",
    ]


def test_letter_paper_has_its_own_size() -> None:
    with opened(printed(DOCUMENT, paper="Letter")) as pdf:
        assert [float(side) for side in pdf.pages[0].MediaBox] == pytest.approx([0, 0, 612, 792])
