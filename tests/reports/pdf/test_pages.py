"""What stands on the pages of a PDF beside its figures: evidence, roads and the record."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pytest

from decider.presentation.numbers import signed
from decider.presentation.report import present_report
from decider.reports.discussion import Remark, Topic, TopicThread
from decider.reports.metadata import Confirmation, Decision, Event, Risk
from decider.reports.pdf.pages import report_markup
from tests.presentation.builders import METADATA, changed, document
from tests.presentation.test_round import ADA, MANY, with_round
from tests.reports.pdf.pdf_files import printed

LONG = "The lease of the kitchen ends in spring, and nobody wants to cook before noon. " * 6


def markup(changes=None) -> str:
    return report_markup(
        changed(document(), changes or {}), metadata=METADATA, paper="A4", files=()
    )


def test_reason_names_the_quotations_that_support_it() -> None:
    first = markup().partition("<h4>")[2].partition("</section>")[0]
    cited = re.findall(r'class="reason".*?<b>\u202f<a href="#quotation-(.*?)".*</b>\s*</p>', first)
    assert cited == ["1"]


CHOSEN = Decision(
    status="accepted",
    day="2026-03-12",
    alternative="canteen",
    reason="It rains.",
    deciders="Ada, Bo",
    review_on="2027-01-31",
    risks=(Risk("The queue grows", "high", "Bo"), Risk("Soup runs out")),
    costs="Four euros a head",
    confirmations=(Confirmation("Room", "A table is free.", "Bo", "2026-04-01"),),
    history=(
        Event("2026-03-07T14:05:09Z", "proposed", "", ""),
        Event("2026-03-12T08:15:00Z", "accepted", "Ada", "The rain.", "canteen", "", ("choice",)),
    ),
)


def decided(**changes) -> str:
    metadata = replace(METADATA, decision=replace(CHOSEN, **changes))
    return report_markup(document(), metadata=metadata, paper="A4", files=())


def test_plan_drivers_and_effects_are_those_of_what_was_chosen() -> None:
    text = decided()
    assert re.findall("<h2 .*>(.*): how to get there", text) == ["The canteen"]
    assert "to the neutral 50 points of The canteen, or" in text
    assert "Effect: the points that the answer adds to The canteen or" in text
    assert "The canteen (chosen)</th>" in text
    view = present_report(document())
    effect = next(row for row in view.answers[0].effects if row.alternative.key == "canteen")
    assert f"effect {signed(effect.points)}</span>" in text
    rejected = decided(status="rejected", history=())
    assert "points of A picnic in the park across the river, or" in rejected


def test_board_finds_risks_costs_conditions_and_history_on_the_pages_of_the_decision() -> None:
    text = decided().partition("Appendix: the full case")[0]
    for words in (
        "<td>The queue grows</td><td>High</td><td>Bo</td>",
        "<td>Soup runs out</td><td>Not rated</td><td>Nobody yet</td>",
        "<td>Room: A table is free.</td><td>2026-04-01</td><td>Bo</td>",
        "Four euros a head",
        "2026-03-12 08:15 UTC</span> Accepted by Ada: The rain.",
        "Choice: The canteen.</span>",
        "Changed: choice.</span>",
        "<td>Accepted, 2026-03-12, by Ada</td>",
    ):
        assert words in text


def test_running_lines_and_metadata_name_status_entry_and_the_last_change() -> None:
    text = decided()
    assert 'data-reference="Report 2 \u00b7 Accepted"' in text
    assert f'data-imprint="{METADATA.check_code} \u00b7 as of entry 2 \u00b7 https' in text
    assert '<meta name="dcterms.modified" content="2026-03-12T08:15:00Z">' in text
    assert '<meta name="author" content="Ada, Bo">' in text


def test_weight_effect_and_rating_are_explained_where_they_stand() -> None:
    head = markup().partition(">Questions and answers</h2>")[2].partition("</p>")[0]
    for word in ("Weight:", "Effect:", "rating", "quotation"):
        assert word in head


def test_no_clear_winner_gives_the_way_to_each_on_the_shortlist() -> None:
    both = {
        "result.wording.level": "no-clear-winner",
        "result.leaders": ["picnic", "canteen"],
        "result.recommendation": None,
    }
    assert re.findall("<h2 .*>(.*): how to get there", markup(both)) == [
        "A picnic in the park across the river",
        "The canteen",
    ]


@pytest.mark.parametrize("text", ["Soup.", LONG])
def test_labels_of_the_record_are_whole_words(text) -> None:
    decision = Decision(
        status="accepted",
        day="2026-03-08",
        alternative="picnic",
        reason=text,
        deciders=text,
        consulted=text,
        informed=text,
        consequences=text,
        confirmation=text,
        review_on="2027-03-08",
    )
    content = printed(document(), metadata=replace(METADATA, decision=decision))
    run = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    page = run.stdout.decode()
    for label in ("Chosen", "Consulted", "Consequences", "How it will be", "Review date"):
        assert label in page


def remark(by: str, text: str, **more: str) -> Remark:
    moments = {"edited_at": "", "removed_at": "", "removed_by": "", **more}
    return Remark(by=by, by_link=False, at="2026-03-07T14:05:09Z", text=text, **moments)


def said(*remarks: Remark, resolved_by: str = "", question: str = "") -> Topic:
    at = "2026-03-08T10:00:00Z"
    thread = TopicThread(remarks, resolved_by, at if resolved_by else "")
    return Topic(question, "Bo" if question else "", at if question else "", (thread,))


def test_code_of_the_address_has_it_as_text_too() -> None:
    metadata = replace(METADATA, address="https://decider.example.org/shared/x")
    text, plain = (
        report_markup(document(), metadata=metadata, paper="A4", files=(), with_code=with_code)
        for with_code in (True, False)
    )
    figure = text.partition("Where to read it")[2]
    caption = figure.partition("</figure>")[0].replace("\u200b", "")
    assert "<title>QR code of https://decider.example.org/shared/x</title>" in caption
    assert "<figcaption>https://decider.example.org/shared/x</figcaption>" in caption
    assert "QR code" not in plain


def test_comments_are_a_chapter_of_the_appendix_by_question() -> None:
    removed = remark("Eve", "", removed_at="2026-03-08T09:00:00Z", removed_by="Ada")
    about = said(remark("Ada", "<Why>?"), removed, question="minutes", resolved_by="Cy")
    metadata = replace(METADATA, discussion=(said(remark("Bo", "x" * 1001)), about))
    text = report_markup(document(), metadata=metadata, paper="A4", files=())
    chapter = text.partition('<h2 id="comments"')[2].partition("<h2 ")[0].replace("\u200b", "")
    plain = re.sub(r"\s+", " ", re.sub("<.*?>", "", chapter))
    minutes = next(a for a in present_report(document()).answers if a.key == "minutes")
    assert "The report as a whole 2026-03-07 14:05 UTC Bo: x" in plain
    assert "x … [cut; the whole text is in the attached record.json]" in plain
    assert f"Q{minutes.number} {minutes.question} Needs another look marked by Bo" in plain
    assert "Ada: &lt;Why&gt;?" in plain
    assert "Eve: Removed by Ada." in plain
    assert "2026-03-08 Resolved by Cy" in plain
    assert 'href="#comments"' in text


def test_of_many_comments_the_first_are_printed_in_whole_threads() -> None:
    long = said(*(remark("Bo", f"Reply {number}.") for number in range(98)))
    short, last = said(remark("Bo", "A."), remark("Bo", "B.")), said(remark("Bo", "C."))
    metadata = replace(METADATA, discussion=(long, short, last))
    text = report_markup(document(), metadata=metadata, paper="A4", files=())
    assert ("Reply 97." in text, "B." in text, "C." in text) == (True, True, False)
    assert "1 more comment: see the attached record.json." in text


def test_round_of_independent_answers_is_a_chapter_of_the_appendix() -> None:
    made = with_round(ADA, MANY, settled={"how-many": ("few", "We <counted>.")})
    text = report_markup(made, metadata=METADATA, paper="A4", files=())
    chapter = text.partition('<h2 id="independent-answers"')[2].partition("<h2 ")[0]
    assert "An hour." in chapter
    assert "We &lt;counted&gt;." in chapter
    assert 'href="#independent-answers"' in text


def test_long_note_of_a_round_is_cut_in_print() -> None:
    ada = replace(ADA, notes={"minutes": "an hour " * 100})
    text = report_markup(with_round(ada, MANY), metadata=METADATA, paper="A4", files=())
    assert f"{'an hour ' * 62}an h … [cut; the whole text is in the attached report.json]" in text
