"""Names of downloaded files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decider.rendering.file_names import file_name, madr_file_name
from tests.rendering.builders import STAMP, document

RECORD = replace(STAMP, reference="DR-2026-0007")


def test_name_holds_day_title_and_reference() -> None:
    assert file_name(document(), RECORD) == (
        "2026-03-07-lunch-of-the-platform-team-dr-2026-0007.pdf"
    )
    assert file_name(document(), STAMP, "-letter.pdf").endswith("-report-2-letter.pdf")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "0007-etcpasswd.md"),
        ("\u4ed8\u6b3e", "0007-decision.md"),
        ("x" * 500, f"0007-{'x' * 60}.md"),
    ],
)
def test_name_is_plain_ascii_of_bounded_length(title, name) -> None:
    assert madr_file_name(title, "DR-2026-0007") == name


def test_reference_without_a_number_counts_as_none() -> None:
    assert madr_file_name("Lunch", "Not saved") == "0000-lunch.md"
