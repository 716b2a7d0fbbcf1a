"""What stands on the pages of a PDF beside its figures: evidence, roads and the record."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pytest

from decider.reports.metadata import Decision
from decider.reports.pdf.pages import report_markup
from tests.presentation.builders import METADATA, changed, document
from tests.reports.pdf.pdf_files import printed

LONG = "The lease of the kitchen ends in spring, and nobody wants to cook before noon. " * 6


def markup(changes=None) -> str:
    return report_markup(
        changed(document(), changes or {}), metadata=METADATA, paper="A4", files=()
    )


def test_reason_names_the_quotations_that_support_it() -> None:
    first = markup().partition("<h4>")[2].partition("</section>")[0]
    assert re.findall(r'class="reason".*?<b>(.*?)</b></p>', first) == ["2"]
    assert "see quotation" not in first


def test_weight_effect_and_rating_are_explained_where_they_stand() -> None:
    head = markup().partition("Questions, answers and sources")[2].partition("</p>")[0]
    for word in ("Weight:", "Effect:", "rating", "quotation"):
        assert word in head


def test_no_clear_winner_gives_the_way_to_each_on_the_shortlist() -> None:
    both = {
        "result.wording.level": "no-clear-winner",
        "result.leaders": ["picnic", "canteen"],
        "result.recommendation": None,
    }
    assert re.findall("<h2>(.*): the way there", markup(both)) == [
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
    for label in ("Chosen", "Consulted", "Consequences", "Confirmed by", "To be looked at again"):
        assert label in page
