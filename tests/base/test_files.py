"""What files may hold, and how what they may not hold is reported."""

import io
import json

import pytest

from decider.base.files import (
    MAX_BYTES,
    FileErrors,
    read_content,
    read_limited,
    read_path,
    read_yaml,
)
from decider.engine.questionnaire.errors import PathError, PathErrors


def error_of(text) -> str:
    with pytest.raises(FileErrors) as raised:
        read_yaml(text)
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("1.0", "1.0"),
        ("1e3", "1e3"),
        ("2019-03-04", "2019-03-04"),
        ("12:30:00", "12:30:00"),
        ("0x10", "0x10"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("12", 12),
        ("-2", -2),
        ("+2", 2),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_words_stay_words(text, value):
    read = read_yaml(f"key: {text}")
    assert (read, type(read["key"])) == ({"key": value}, type(value))


def test_keys_are_text():
    assert read_yaml("{-2: a, true: b, no: c}") == {"-2": "a", "true": "b", "no": "c"}


def test_merge_key_is_a_key_like_others():
    assert read_yaml("<<: {a: b}") == {"<<": {"a": "b"}}


DATA = {"text": "\N{OK HAND SIGN} \\ud83d a/b\ttab", "list": [1, [True, None], {"empty": {}}]}


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_reads_as_json(ascii_only, indent):
    assert read_yaml(json.dumps(DATA, ensure_ascii=ascii_only, indent=indent)) == DATA


def test_line_ends_of_any_kind_become_one():
    assert read_yaml(b'\xef\xbb\xbf{"a": "x\\r\\ny\\rz"}') == {"a": "x\ny\nz"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a: b: c", "not YAML: mapping values are not allowed in this context (line 1, column 5)"),
        ("a: [1,\nb", "not YAML: while parsing a flow sequence: did not find expected ',' or ']'"),
        ("a: &x 1", "a: anchors (&) and aliases (*) are not understood: write it out (line 1)"),
        ("a:\n  b: !!str 1", "a.b: tags (!) are not understood: leave it out (line 2)"),
        ("!!python/name:os.system x", "tags (!) are not understood: leave it out (line 1)"),
        ("? [a]\n: b", "a key that isn't text (line 1)"),
        ("a: 1\n---\nb: 2", "holds a second document after a line of ---"),
        ('a: "\\0"', "a: holds a control character (line 1)"),
        ('a: "\\uD800"', "not YAML: while parsing a quoted scalar: found invalid Unicode"),
        ("a: \x00", "not plain text: it holds control characters"),
        (b"a\nb: \xff", "not UTF-8 text (line 2)"),
        ("a: 1".encode("utf-16"), "not UTF-8 text (line 1)"),
        (b"\x7fELF" + bytes(range(256)), "not UTF-8 text (line 2)"),
        ("[" * 30, "[0]" * 20 + ": nested more than 20 levels deep"),
        ("[" * 100_000, "[0]" * 20 + ": nested more than 20 levels deep"),
        ("- " * 30, "[0]" * 20 + ": nested more than 20 levels deep"),
        ("a: 1\n" * 60_000, "more than 100,000 keys and values"),
        (b"x" * (MAX_BYTES + 1), "larger than 2 MB"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_not_understood_is_told(text, error):
    assert error_of(text).startswith(error)


def test_aliases_do_not_unfold():
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"
    reported = "anchors (&) and aliases (*) are not understood: write it out"
    assert error_of(bomb).splitlines() == [
        f"{path}: {reported} (line {line})"
        for path, line in [("a", 1), ("b", 2), ("b[0]", 2), ("b[1]", 2), ("c[0]", 3), ("c[1]", 3)]
    ]


def test_key_that_is_there_twice_is_told_with_both_lines():
    text = "a:\n  - x: 1\n    x: 2\nb: 1\nb: 2\n"
    assert error_of(text).splitlines() == [
        "a[0].x: the key is there twice, first on line 2 (line 3)",
        "b: the key is there twice, first on line 4 (line 5)",
    ]


def test_errors_of_text_and_content_stand_together_by_line():
    def refuse(_data):
        raise PathErrors([PathError("b.c[4]", "late"), PathError("a", "early")])

    with pytest.raises(FileErrors) as raised:
        read_content("a: 1\na: 2\nb:\n  c: [1]\n").read_as(refuse)
    assert str(raised.value).splitlines() == [
        "a: the key is there twice, first on line 1 (line 2)",
        "a: early (line 2)",
        "b.c[4]: late (line 4)",
    ]


def test_no_more_of_a_large_file_is_read_than_shows_that_it_is_too_large():
    file = io.BytesIO(b"x" * (MAX_BYTES + 1000))
    assert len(read_limited(file)) == MAX_BYTES + 1


def test_file_that_can_not_be_read_is_told_by_name(tmp_path):
    with pytest.raises(FileErrors, match=r"none\.yaml: No such file or directory"):
        read_path(tmp_path / "none.yaml")
    with pytest.raises(FileErrors, match="Is a directory"):
        read_path(tmp_path)
