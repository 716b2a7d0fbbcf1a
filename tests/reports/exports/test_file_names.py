"""Names of downloaded files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decider.reports.exports.file_names import file_name, madr_file_name, state_of
from decider.reports.metadata import Decision, Event
from tests.presentation.builders import METADATA, document

RECORD = replace(METADATA, reference="DR-2026-0007")


def test_name_holds_day_title_and_reference() -> None:
    assert file_name(document(), RECORD) == (
        "2026-03-07-lunch-of-the-platform-team-dr-2026-0007.pdf"
    )
    assert file_name(document(), METADATA, "-letter.pdf").endswith("-report-2-letter.pdf")


def test_states_of_a_record_have_names_of_their_own() -> None:
    opened = Event("2026-03-07T14:05:09Z", "proposed", "", "")
    events = (opened, replace(opened, status="accepted"), replace(opened, status="accepted"))
    states = [
        state_of(replace(RECORD, decision=Decision(event.status, "2026-03-07", history=history)))
        for number, event in enumerate(events, 1)
        for history in [events[:number]]
    ]
    assert states == ["", "-entry-2-accepted", "-entry-3-accepted"]
    assert state_of(METADATA) == ""


def test_title_without_a_letter_is_a_decision() -> None:
    name = file_name(document(title="\U0001f680"), RECORD)
    assert name == "2026-03-07-decision-dr-2026-0007.pdf"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "0007-etcpasswd.md"),
        ("Café 支払い", "0007-cafe.md"),
        ("支払い　基盤", "0007-支払い-基盤.md"),
        ("हिन्दी/\u202eفاتورة", "0007-हिन्दी-فاتورة.md"),
        ("\U0001f680", "0007-decision.md"),
        ("x" * 500, f"0007-{'x' * 60}.md"),
    ],
)
def test_name_is_plain_where_it_can_be_and_of_bounded_length(title, name) -> None:
    assert madr_file_name(title, "DR-2026-0007") == name


def test_reference_without_a_number_counts_as_none() -> None:
    assert madr_file_name("Lunch", "Not saved") == "0000-lunch.md"
