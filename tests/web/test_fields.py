"""Text fields keep what people see and drop what nobody does."""

import pytest
from django.core.exceptions import ValidationError

from decider.web.fields import LineField, RevisionField, TextField


def test_line_ends_count_once():
    assert TextField(max_length=3).clean("a\r\nb") == "a\nb"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x01\x0c\x0bb\0", "ab"),
        ("right\u202eleft\u200b", "rightleft"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("na\u0308h\u200cwa", "na\u0308h\u200cwa"),
    ],
)
def test_invisible_characters_are_dropped_and_joiners_kept(typed, kept):
    assert TextField().clean(typed) == kept


def test_text_that_is_too_long_is_told_how_long():
    with pytest.raises(ValidationError, match="This has 5 characters; at most 3 fit"):
        TextField(max_length=3).clean("abcde")


def test_browser_is_told_the_limit_but_not_to_cut_at_it():
    assert LineField(max_length=3).widget.attrs == {"data-limit": "3"}
    assert LineField().widget.attrs == {}
    limited = TextField(max_length=3, rows=5).widget.attrs
    assert (limited["data-limit"], limited["rows"], "maxlength" in limited) == ("3", 5, False)


def test_line_has_no_line_ends():
    assert LineField().clean(" a\r\n b ") == "a b"


@pytest.mark.parametrize("blank", ["\u200b", "\u3164\u2800", " \u202e "])
def test_name_that_prints_as_nothing_is_missing(blank):
    with pytest.raises(ValidationError):
        LineField().clean(blank)


@pytest.mark.parametrize("damaged", ["", "x", "-1", "2147483647", "9223372036854775807", "9" * 23])
def test_damaged_revision_asks_for_a_new_page(damaged):
    with pytest.raises(ValidationError, match="open the page again"):
        RevisionField().clean(damaged)
