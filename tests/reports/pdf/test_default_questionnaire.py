"""PDFs of the default questionnaire, whose texts and alternatives are many."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

import pytest
import yaml
from django.conf import settings

from decider.engine.questionnaire.parse import parse
from decider.engine.questionnaire.schema import Questionnaire
from decider.engine.report.document import Document, build_document
from decider.presentation.report import present_report
from decider.reports.pdf.order import Order
from decider.reports.pdf.pages import TEXT_LIMIT
from decider.reports.pdf.render import pdf_job
from tests.pdf_text import folded, pdf_pages
from tests.presentation.builders import METADATA
from tests.reports.pdf.pdf_files import opened, printed

NOTE = "Measured in October: 340 starts a day, almost all of them in the morning. "
CITED = re.compile(r'href="#quotation-(\d+)"')
NUMBERED = re.compile(r'id="quotation-(\d+)" href="#citation-\1">\1</a> <i>')
KINDS = ("first choices", "last choices", "unknown", "unanswered")


@cache
def questionnaire() -> Questionnaire:
    path = settings.QUESTIONNAIRE_DIR / f"{settings.DECIDER_QUESTIONNAIRE}.yaml"
    return parse(yaml.safe_load(path.read_text(encoding="utf-8")))


def answers(kind: str) -> dict[str, str]:
    questions = questionnaire().questions.values()
    if kind == "unanswered":
        return {}
    if kind == "unknown":
        return {question.key: "unknown" for question in questions}
    place = 0 if kind == "first choices" else -1
    return {question.key: question.choices[place].key for question in questions}


@cache
def report(kind: str) -> tuple[Document, bytes, list[str]]:
    """The report on these answers, its PDF, and the text of the PDF's pages."""
    given = answers(kind)
    document = build_document(
        questionnaire=questionnaire(),
        version=1,
        title="Policy administration, settlement side",
        context="Thirty years of rules in one program on two machines. " * 3,
        answers=given,
        notes=dict.fromkeys(list(given)[::3], NOTE * 8),
        weights={},
    )
    content = printed(document)
    return document, content, pdf_pages(content)


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_answer_and_note_is_there(kind) -> None:
    document, _, text = report(kind)
    whole = "".join(text)
    for answer in present_report(document).answers:
        assert folded(answer.question) in whole
        assert folded(answer.label) in whole
        assert folded(answer.note[:TEXT_LIMIT])[:80] in whole


@pytest.mark.parametrize("kind", KINDS)
def test_quotations_that_a_reason_cites_stand_once_at_the_end_and_no_others(kind) -> None:
    document, *_ = report(kind)
    markup = pdf_job(Order(document, METADATA)).markup
    body, _, end = markup.partition(">Quotations</h2>")
    cited = {int(number) for number in CITED.findall(body)}
    printed_ones = [int(n) for n in NUMBERED.findall(end)]
    assert printed_ones == sorted(cited) == list(range(1, len(cited) + 1))
    assert "\u201c" not in "".join(re.findall(r"<i>(.*?)</i>", body))
    assert cited


def test_disagreements_are_those_in_which_a_cited_quotation_stands() -> None:
    document, *_ = report("first choices")
    markup = pdf_job(Order(document, METADATA)).markup
    sections = re.findall(r'<section class="question whole">.*?</section>', markup, re.DOTALL)
    assert all(CITED.search(section) for section in sections)
    taken = [row for row in present_report(document).disagreements if row.side != "neither"]
    assert 0 < len(sections) < len(taken)


RANKS = ("h1", "h2", "h3")


class Headings(HTMLParser):
    """The headings of the first three ranks but those of single disagreements."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[tuple[str, str]] = []
        self.feed(markup)

    def handle_starttag(self, tag, attributes) -> None:
        if tag in ("meta", "br", "link"):
            return
        self.tags.append((tag, dict(attributes).get("class") or ""))
        if self._in_heading() and tag in RANKS:
            self.found.append("")

    def handle_endtag(self, _tag) -> None:
        self.tags.pop()

    def handle_data(self, data) -> None:
        if self._in_heading():
            self.found[-1] += data

    def _in_heading(self) -> bool:
        inside = any("question" in name.split() for _, name in self.tags)
        return any(tag in RANKS for tag, _ in self.tags) and not inside


def outline(content: bytes) -> list[str]:
    with opened(content) as pdf, pdf.open_outline() as tree:
        items = list(tree.root)
        found = []
        while items:
            item = items.pop(0)
            found.append(folded(str(item.title)))
            items[:0] = item.children
        return found


@pytest.mark.parametrize("kind", KINDS)
def test_outline_holds_every_heading_in_order(kind) -> None:
    document, content, _ = report(kind)
    markup = pdf_job(Order(document, METADATA)).markup
    headings = [folded(text) for text in Headings(markup).found]
    assert outline(content) == headings
    assert len(headings) > 20


@pytest.mark.parametrize("kind", KINDS)
def test_summary_takes_exactly_one_page(kind) -> None:
    document, _, text = report(kind)
    assert folded("Policy administration, settlement side") in text[0]
    second = "What has to be met" if document.result.requirements else "Appendix"
    assert folded(second) in text[1]
    assert folded(second) not in text[0]
