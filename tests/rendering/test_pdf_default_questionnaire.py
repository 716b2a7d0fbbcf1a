"""PDFs of the default questionnaire, whose texts and alternatives are many."""

from __future__ import annotations

from functools import cache

import pytest
import yaml
from django.conf import settings

from decider.engine.document import build_document
from decider.engine.parse import parse
from decider.engine.schema import Questionnaire
from decider.rendering.pdf_page import TEXT_LIMIT
from decider.rendering.report_view import view_report
from tests.pdf_text import folded
from tests.rendering.pdf_files import pages, printed

NOTE = "Measured in October: 340 starts a day, almost all of them in the morning. "
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
def report(kind: str) -> tuple[dict, list[str]]:
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
    return document, pages(printed(document))


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_answer_note_and_quotation_is_there(kind) -> None:
    document, text = report(kind)
    whole = "".join(text)
    for answer in view_report(document).answers:
        assert folded(answer.question) in whole
        assert folded(answer.label) in whole
        assert folded(answer.note[:TEXT_LIMIT])[:80] in whole
        for quotation in answer.quotations:
            assert folded(f"\u201c{quotation.text}\u201d") in whole


@pytest.mark.parametrize("kind", KINDS)
def test_summary_takes_exactly_one_page(kind) -> None:
    _, text = report(kind)
    assert folded("Points from 0 to 100; 50 is neutral.") in text[0]
    assert folded("How the points add up") not in text[0]
    assert folded("How the points add up") in text[1]
