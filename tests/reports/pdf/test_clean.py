"""Text made fit to print."""

from __future__ import annotations

import pytest

from decider.reports.pdf.clean import LINE_LIMIT, clean_markup
from decider.reports.pdf.worker.fonts import covered


def clean(markup: str) -> str:
    return clean_markup(markup, covered())


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, 1 &lt; 2 &amp; \u201cquotes\u201d \u2014 caf\u00e9.",
        "\u0394\u03bf\u03ba\u03b9\u03bc\u03ae, \u041f\u0440\u043e\u0432\u0435\u0440\u043a\u0430",
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
        "\u4e2d\u6587 \u65e5\u672c\u8a9e \ud55c\uad6d\uc5b4 \U0001f680 \u2713 \u2192",
        "Two\n\tlines",
    ],
)
def test_text_with_glyphs_stays_as_it_is(text) -> None:
    assert clean(f"<p>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f", "\u202e", "\u200f", "\ufeff", "\ud800"])
def test_controls_vanish_from_text_and_attributes(char) -> None:
    assert clean(f'<p title="a{char}b">c{char}d</p>') == '<p title="ab">cd</p>'


def test_character_without_a_glyph_becomes_its_code_point() -> None:
    assert clean("<p>\u0e01</p>") == "<p>[U+0E01]</p>"


def test_text_in_a_script_without_glyphs_becomes_one_remark() -> None:
    thai = "\u0e01\u0e32\u0e23 \u0e15\u0e31\u0e14\u0e2a\u0e34\u0e19"
    assert clean(f"<p>Before {thai} after caf\u00e9</p>") == (
        "<p>Before [text in Thai script, 10 characters: see report.json] after caf\u00e9</p>"
    )


def test_compatibility_form_with_a_glyph_is_taken_instead() -> None:
    assert clean("<p>\U0001d400</p>") == "<p>A</p>"


def test_combining_marks_end_after_three() -> None:
    assert clean("<p>q" + "\u0301" * 40_000 + "</p>") == "<p>q" + "\u0301" * 3 + "</p>"


def test_long_token_may_break_every_thirty_characters() -> None:
    assert clean("<p>" + "x" * 65 + "</p>") == (
        "<p>" + "x" * 30 + "\u200b" + "x" * 30 + "\u200b" + "x" * 5 + "</p>"
    )


def test_escapes_are_never_torn_apart() -> None:
    assert clean("<p>" + "&lt;" * 40 + "</p>") == (
        "<p>" + "&lt;" * 30 + "\u200b" + "&lt;" * 10 + "</p>"
    )


def test_long_attribute_stays_whole() -> None:
    markup = f'<a href="https://example.org/{"x" * 90}">here</a>'
    assert clean(markup) == markup


def test_lines_beyond_the_limit_are_run_on():
    lines = "<br>".join(str(number) for number in range(LINE_LIMIT + 2))
    cleaned = clean_markup(f"<p>{lines}</p>", range(128))
    assert cleaned.count("<br>") == LINE_LIMIT - 1
    assert cleaned.endswith("<br>39 / 40 / 41</p>")


def test_text_within_the_limit_keeps_its_lines():
    lines = "<br>".join(str(number) for number in range(LINE_LIMIT))
    assert clean_markup(f"<p>{lines}</p>", range(128)) == f"<p>{lines}</p>"


def test_of_many_blank_lines_one_is_kept():
    assert clean_markup("<p>a<br><br>\n<br><br>b</p>", range(128)) == "<p>a<br><br>b</p>"
