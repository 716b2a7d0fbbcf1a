"""Text escaped for Markdown."""

from __future__ import annotations

import pytest

from decider.reports.exports.markdown import block, inline


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain, it's 3 > 2", "plain, it's 3 \\> 2"),
        ("a*b_c`d\\", "a\\*b\\_c\\`d\\\\"),
        ("[x](y) <b> &amp;", "\\[x\\](y) \\<b\\> &amp;amp;"),
        ("two\n lines\t", "two lines"),
        ("# heading", "\\# heading"),
        ("- item", "\\- item"),
        ("+ item", "\\+ item"),
        ("-5 degrees", "-5 degrees"),
        ("7. item", "7\\. item"),
        ("2019 was", "2019 was"),
        ("bell\x07", "bell"),
        ("(see https://w.example/a_b?c=1&d.)", "(see <https://w.example/a_b?c=1&d>.)"),
        (
            "https://a.example/ [x](https://b.example)",
            "<https://a.example/> \\[x\\](<https://b.example>)",
        ),
        ("<https://a.example>", "\\<<https://a.example>\\>"),
        ("javascript://a_b", "javascript://a\\_b"),
    ],
)
def test_inline_text_shows_as_written(text, escaped) -> None:
    assert inline(text) == escaped


def test_block_keeps_lines_and_paragraphs() -> None:
    assert block("one\r\ntwo\n\n\nthree\n") == "one  \ntwo\n\nthree"


def test_rule_under_a_line_does_not_make_it_a_heading() -> None:
    assert block("text\n---\n===") == "text  \n\\---  \n\\==="


def test_indented_line_does_not_become_code() -> None:
    assert block("text\n\n        indented") == "text\n\nindented"
