"""The first page of the PDF: complete, and never longer than a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decider.presentation.analysis import present_analysis
from decider.presentation.brief import BriefLine, present_brief
from decider.presentation.report import present_report
from decider.presentation.requirements import present_requirements
from decider.reports.metadata import Decision, Event, OtherRecord
from decider.reports.pdf.first_page import _height, first_page
from decider.reports.pdf.order import Order
from decider.reports.pdf.render import pdf_job
from tests.pdf_text import folded, pdf_pages
from tests.presentation.builders import METADATA, NOTHING_LEFT, RULED_OUT, document
from tests.reports.pdf.pdf_files import print_job, printed

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
SECOND = {True: "Decision record", False: "Appendix: the full case"}
"""What stands on the second page, by whether there is a decision."""

LONG = "Where the whole of the platform team eats " * 3


def text_of(decision: Decision | None, paper: str = "A4", **options) -> list[str]:
    metadata = replace(METADATA, decision=decision)
    return pdf_pages(print_job(pdf_job(Order(document(**options), metadata, paper=paper))))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("answers", [None, RULED_OUT, NOTHING_LEFT, {}], ids=str)
@pytest.mark.parametrize("title", ["Lunch", LONG[:120]], ids=["short", "long"])
@pytest.mark.parametrize("decision", [None, ACCEPTED], ids=["open", "decided"])
def test_summary_takes_exactly_one_page(paper, answers, title, decision) -> None:
    text = text_of(decision, paper, answers=answers, title=title, context=LONG * 10)
    begins = next(
        place for place, page in enumerate(text) if folded(SECOND[bool(decision)]) in page
    )
    assert begins == 1
    if answers in (None, RULED_OUT) and decision is None:
        assert folded("Points from 0 to 100; 50 is neutral.") in text[0]


def page_of(found, decision=None, **changes):
    view = present_report(found)
    brief = replace(present_brief(view, present_analysis(found, view)), **changes)
    return first_page(view, decision, brief, "A4", present_requirements(found, view))


def test_what_the_page_has_no_room_for_is_left_to_the_next() -> None:
    roomy = page_of(document())
    assert roomy.ranking is not None
    assert roomy.brief.turn is not None
    lines = tuple(BriefLine("What somebody said about it. " * 4) for _ in range(14))
    crowded = page_of(document(), ACCEPTED, reasons_for=lines, reasons_against=lines)
    assert (crowded.ranking, crowded.brief.turn) == (None, None)
    assert crowded.later_ranking is not None


def test_wide_title_is_measured_as_it_is_printed() -> None:
    narrow, wide, unprintable = (
        _height(view, page_of(document(title=title)))
        for title in ("a" * 100, "\u4ed8" * 100, "\U00012000" * 100)
        for view in [present_report(document(title=title))]
    )
    assert narrow < wide
    assert unprintable < narrow, "a remark takes its place"


def test_nothing_is_ranked_before_enough_is_answered() -> None:
    page = page_of(document({}))
    assert (page.brief.headline, page.ranking, page.later_ranking) == (
        "Too early to say",
        None,
        None,
    )
    assert folded("Ranking") not in text_of(None, answers={})[0]


def test_ranking_leaves_out_what_is_ruled_out_unless_it_was_chosen() -> None:
    found = document(RULED_OUT)
    assert "ruled out" not in page_of(found).ranking.markup
    assert "Ruled out, or not a candidate: \u201cA pic" in page_of(found).ranking_caption
    picnic = page_of(found, replace(ACCEPTED, alternative="picnic"))
    assert "(chosen): ruled out" in (picnic.ranking or picnic.later_ranking).markup


def test_long_context_begins_on_the_first_page_and_stands_whole_on_the_next() -> None:
    text = text_of(None, context="word " * 100 + "end")
    assert "word\u2026" in text[0]
    assert "end" in text[1]


def test_lines_of_a_context_stay_lines_and_no_more_of_them_than_have_room() -> None:
    assert page_of(document(context="One.\nTwo.")).standfirst == "One.\nTwo."
    assert page_of(document(context="\n\n".join("abcdef"))).standfirst == "a\n\nb \u2026"
    job = pdf_job(Order(document(context="One.\nTwo."), METADATA))
    assert '<p class="standfirst theirs">One.<br>Two.</p>' in job.markup


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_summary_with_many_lines_and_deciders_takes_one_page(paper) -> None:
    crowd = replace(SUPERSEDED, deciders="Wilhelmina Wagenknecht, " * 8, reason="so it is\n" * 400)
    text = text_of(crowd, paper, title=LONG[:120], context="\n".join([LONG[:45]] * 40))
    assert [folded("Decision record") in page for page in text[:2]] == [False, True]


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
        "2026-03-07 09:30 UTCProposed",
        "2026-03-12 09:30 UTCAccepted by Ada: The rain came.",
    ):
        assert folded(words) in text[1]


def test_long_reason_begins_where_the_record_does_and_goes_on_over_the_page() -> None:
    reason = "It was so that day.\n\n" * 190
    text = text_of(replace(ACCEPTED, reason=reason))
    on_pages = [page.count(folded("It was so that day.")) for page in text[1:4]]
    assert on_pages[0] > 5
    assert on_pages[1] > 5


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
    assert "Status" not in pdf_pages(printed(document()))[0]
