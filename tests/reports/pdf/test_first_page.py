"""The first page of the PDF: complete, and never longer than a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decider.presentation.report import present_report
from decider.presentation.requirements import PresentedRequirements
from decider.reports.metadata import Decision, Event, OtherRecord
from decider.reports.pdf.first_page import first_page
from decider.reports.pdf.render import pdf_job
from tests.pdf_text import folded
from tests.presentation.builders import METADATA, NOTHING_LEFT, RULED_OUT, document
from tests.reports.pdf.pdf_files import pages, print_job, printed

ACCEPTED = Decision(
    status="accepted",
    day="2026-03-12",
    alternative="canteen",
    reason="It rains.\nAlways.",
    deciders="Ada, Bo",
    consulted="The cook",
    informed="Everybody",
    consequences="A queue.",
    confirmation="Count the trays.",
    review_on="2027-01-31",
    supersedes=OtherRecord("DR-2025-0031", "Lunch"),
    history=(
        Event("2026-03-07T09:30:00Z", "proposed", "", ""),
        Event("2026-03-12T09:30:00Z", "accepted", "Ada", "The rain came."),
    ),
)
SUPERSEDED = replace(
    ACCEPTED,
    status="superseded",
    day="2027-02-01",
    superseded_by=OtherRecord("DR-2027-0052", "Dinner"),
    history=(*ACCEPTED.history, Event("2027-02-01T09:30:00Z", "superseded", "Bo", "Superseded.")),
)
NO_RULES = PresentedRequirements((), (), (), (), "")
LONG = "Where the whole of the platform team eats " * 3


def text_of(decision: Decision | None, paper: str = "A4", **options) -> list[str]:
    metadata = replace(METADATA, decision=decision)
    return pages(print_job(pdf_job(document(**options), metadata=metadata, paper=paper)))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("answers", [None, RULED_OUT, NOTHING_LEFT, {}], ids=str)
@pytest.mark.parametrize("title", ["Lunch", LONG[:120]], ids=["short", "long"])
@pytest.mark.parametrize("decision", [None, ACCEPTED], ids=["open", "decided"])
def test_summary_takes_exactly_one_page(paper, answers, title, decision) -> None:
    text = text_of(decision, paper, answers=answers, title=title, context=LONG * 10)
    assert folded("Points from 0 to 100; 50 is neutral.") in text[0]
    assert text[1].startswith("Context") or folded("Context") in text[1]
    assert folded("How the points add up") not in text[0]


def test_chart_has_as_many_sections_as_there_is_room_for() -> None:
    view = present_report(document())
    crowded = first_page(view, ACCEPTED, ["x" * 2000], "A4", NO_RULES)
    assert crowded["drivers"] is None
    assert crowded["later_drivers"] is not None
    roomy = first_page(view, None, [], "A4", NO_RULES)
    assert roomy["drivers"] is not None
    assert roomy["later_drivers"] is None


@pytest.mark.parametrize("value", [None, "unknown", "n/a"])
def test_nothing_drives_a_result_without_a_known_answer(value) -> None:
    answers = dict.fromkeys(["how-many", "minutes", "rain"], value) if value else {}
    page = first_page(present_report(document(answers)), None, [], "A4", NO_RULES)
    assert (page["drivers"], page["later_drivers"]) == (None, None)


def test_long_context_begins_on_the_first_page_and_stands_whole_on_the_next() -> None:
    text = text_of(None, context="word " * 100 + "end")
    assert "word\u2026" in text[0]
    assert "end" in text[1]


def test_lines_of_a_context_stay_lines_and_no_more_of_them_than_have_room() -> None:
    two = first_page(present_report(document(context="One.\nTwo.")), None, [], "A4", NO_RULES)
    assert two["standfirst"] == "One.\nTwo."
    many = first_page(
        present_report(document(context="\n\n".join("abcdef"))), None, [], "A4", NO_RULES
    )
    assert many["standfirst"] == "a\n\nb \u2026"
    job = pdf_job(document(context="One.\nTwo."), metadata=METADATA)
    assert '<p class="standfirst">One.<br>Two.</p>' in job.markup


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_summary_with_many_lines_and_deciders_takes_one_page(paper) -> None:
    crowd = replace(SUPERSEDED, deciders="Wilhelmina Wagenknecht, " * 8, reason="so it is\n" * 400)
    text = text_of(crowd, paper, title=LONG[:120], context="\n".join([LONG[:45]] * 40))
    assert folded("Points from 0 to 100; 50 is neutral.") in text[0]
    assert folded("How the points add up") not in text[0]


def test_decision_stands_first_and_its_record_on_the_next_page() -> None:
    head = (
        "DecisionThe canteen.Accepted on 2026-03-12. Deciders: Ada, Bo."
        "It departs from the recommendation, which was: A picnic in the park across the river."
        "Reason: It rains. Always."
    )
    assert folded(head) in text_of(ACCEPTED)[0]
    text = text_of(SUPERSEDED)
    assert folded("Superseded on 2027-02-01 by DR-2027-0052. Deciders: Ada, Bo.") in text[0]
    for words in (
        "It rains. Always.",
        "The cook",
        "Everybody",
        "A queue.",
        "Count the trays.",
        "2027-01-31",
        "DR-2025-0031",
        "2026-03-07Proposed",
        "2026-03-12Accepted by Ada: The rain came.",
    ):
        assert folded(words) in text[1]


@pytest.mark.parametrize(
    ("status", "heading", "supersedes"),
    [
        ("proposed", "Proposal", "Would supersedeDR-2025-0031"),
        ("rejected", "Rejected proposal", ""),
        ("superseded", "Superseded proposal", ""),
    ],
)
def test_what_was_never_accepted_does_not_read_as_a_decision(status, heading, supersedes) -> None:
    history = (
        Event("2026-03-07T09:30:00Z", "proposed", "", ""),
        Event("2026-03-12T09:30:00Z", status, "Ada", "So."),
    )
    text = text_of(replace(ACCEPTED, status=status, deciders="", history=history))
    by = "" if status == "proposed" else " by Ada"
    day = "2026-03-07" if status == "proposed" else "2026-03-12"
    assert folded(f"{heading}The canteen.{status.capitalize()} on {day}{by}.") in text[0]
    assert folded("DecisionThe canteen") not in text[0]
    assert folded("ProposedThe canteen") in text[1]
    assert (folded(supersedes) in text[1]) is True
    assert ("DR-2025-0031" in text[1]) is bool(supersedes)


def test_proposal_without_a_choice_says_only_its_status() -> None:
    proposed = Decision(
        "proposed", "2026-03-07", history=(Event("2026-03-07T09:30:00Z", "proposed", "", ""),)
    )
    text = text_of(proposed)
    assert "Proposed" in text[0]
    assert folded("Decision record") not in "".join(text)


def test_report_that_was_never_saved_has_no_status() -> None:
    assert "Status" not in pages(printed(document()))[0]
