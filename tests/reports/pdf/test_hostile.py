"""Names and notes that want to harm the PDF, or are only unusual."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
from django.conf import settings

from decider.reports.pdf.order import Order
from decider.reports.pdf.render import pdf_job
from decider.reports.pdf.worker.typeset import BundledOnly
from tests.pdf_text import folded, pdf_pages
from tests.presentation.builders import METADATA, document
from tests.reports.pdf.pdf_files import opened, printed, typesetter

MARKUP = [
    '<img src="file:///etc/passwd">',
    '<img src="http://127.0.0.1:1/x.png">',
    '<link rel="stylesheet" href="http://127.0.0.1:1/x.css">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a href="javascript:alert(1)">click</a>',
    '<iframe src="http://169.254.169.254/latest/meta-data/"></iframe>',
    "<style>@import url(http://127.0.0.1:1/x.css);</style>",
    '<object data="file:///etc/hostname"></object>',
    '<svg><image href="file:///etc/passwd"/></svg>',
    "]]></script><script>alert(1)</script>",
    "{{ metadata.content_hash }}{% debug %}",
]
WATCHED = """
import pickle, sys
from decider.reports.pdf.worker.typeset import Typesetter
typesetter, job, events = Typesetter(), pickle.load(sys.stdin.buffer), []
def watch(name, values):
    if name == "open" and not isinstance(values[0], int) or name.startswith(("socket.", "urllib.")):
        events.append(f"{name} {values[0]}")
sys.addaudithook(watch)
content = typesetter.print(job)
print(*events, f"printed {content[:5]}", sep="\\n")
del typesetter  # its fonts have to go before the libraries that hold them
"""
SCRIPTS = {
    "hebrew": "\u05e9\u05dc\u05d5\u05dd",
    "chinese": "\u4ed8\u6b3e\u5e73\u53f0",
    "japanese": "\u6c7a\u6e08\u57fa\u76e4\u306e\u30e1\u30e2",
    "korean": "\uacb0\uc81c",
    "greek": "\u03a0\u03bb\u03b7\u03c1\u03c9\u03bc\u03ad\u03c2",
    "cyrillic": "\u041f\u043b\u0430\u0442\u0435\u0436\u0438",
    "emoji": "\U0001f680",
    "symbols": "\u2192\u2264\u2713",
}


@pytest.fixture
def fetched(monkeypatch) -> list[str]:
    """The addresses that a rendering asks for beyond the fonts, which are loaded once."""
    typesetter()
    addresses: list[str] = []
    monkeypatch.setattr(BundledOnly, "fetch", lambda _, url: addresses.append(url))
    return addresses


def test_markup_is_printed_and_fetches_nothing(fetched) -> None:
    text = "\n".join(MARKUP)
    content = printed(document(title=text, context=text, notes={"minutes": text}))
    assert fetched == []
    whole = "".join(pdf_pages(content))
    for markup in MARKUP:
        assert folded(markup) in whole
    with opened(content) as pdf:
        assert list(pdf.attachments) == ["record.md", "report.json"]
        links = [link for page in pdf.pages for link in page.get("/Annots", ())]
        assert all("/Dest" in link and "/A" not in link for link in links)


def test_process_opens_no_connection_and_no_file_but_code_and_assets() -> None:
    """The typesetter is watched by Python's own audit events while it prints every attack."""
    text = "\n".join(MARKUP)
    job = pdf_job(Order(document(title=text, context=text, notes={"minutes": text}), METADATA))
    done = subprocess.run(
        [sys.executable, "-c", WATCHED],
        input=pickle.dumps(job),
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    allowed = (sys.prefix, sys.base_prefix, str(settings.BASE_DIR / "decider"))
    *events, last = done.stdout.decode().splitlines()
    assert last == "printed b'%PDF-'"
    known = tuple(f"open {folder}/" for folder in allowed)
    assert [event for event in events if not event.startswith(known)] == []


def test_fetcher_refuses_whatever_is_not_a_bundled_font() -> None:
    for url in ("file:///etc/passwd", "http://127.0.0.1/", "data:text/plain,x"):
        with pytest.raises(ValueError, match="Not a bundled font"):
            BundledOnly().fetch(url)


def test_scripts_of_the_world_are_set_in_bundled_fonts() -> None:
    lines = "\n".join(f"Fifty {text} minutes" for text in SCRIPTS.values())
    content = printed(document(title=" ".join(SCRIPTS.values()), notes={"minutes": lines}))
    text_found = "".join(pdf_pages(content))
    for script, text in SCRIPTS.items():
        assert f"Fifty{text}minutes" in text_found, script
    assert "[U+" not in text_found


def test_arabic_is_shaped_from_right_to_left() -> None:
    content = printed(document(notes={"minutes": "\u0645\u0631\u062d\u0628\u0627"}))
    assert "[U+" not in "".join(pdf_pages(content))
    with opened(content) as pdf:
        fonts = {str(f.BaseFont) for page in pdf.pages for f in page.Resources.Font.values()}
    assert any(name.endswith("+Symbols") for name in fonts)


def test_script_without_a_font_is_printed_as_code_points() -> None:
    content = printed(document(notes={"minutes": "\u0e01\u0e32"}))
    assert "[U+0E01][U+0E32]" in "".join(pdf_pages(content))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "\u0627\u05d0a1" * 25_000,
        "a" + "\u0301" * 50_000,
        "\u202e" * 50_000 + "end",
        "long-" * 20_000,
        "word " * 50_000,
        "\n" * 50_000 + "end",
        "\U0001f469\u200d\U0001f4bb" * 10_000,
    ],
    ids=["word", "mixed", "marks", "bidi", "hyphens", "words", "lines", "emoji"],
)
def test_endless_and_broken_texts_are_printed_nevertheless(text) -> None:
    content = printed(document(title=text, context=text, notes={"minutes": text, "rain": text}))
    assert len(pdf_pages(content)) < 30


def test_text_beyond_its_limit_is_cut_and_says_so() -> None:
    content = printed(document(notes={"minutes": "word " * 5_000}))
    assert folded("[cut; the whole text is in the attached report.json]") in "".join(
        pdf_pages(content)
    )
