"""Reports whose PDFs must conform, and must be fit to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings

from decider.base.files import read_yaml
from decider.engine.questionnaire.parse import parse
from decider.engine.report.document import Document, build_document
from decider.questionnaires.answer_files import parse_answers_file
from decider.reports.metadata import Decision, Event, OtherRecord, ReportMetadata
from decider.reports.pdf.first_page import Paper
from tests import heating
from tests.presentation.builders import METADATA
from tests.reports.pdf.pdf_files import printed

PARAGRAPH = (
    "Measured in October: 340 starts a day, almost all of them before nine. The peak is the end of"
    " the month, when three times as many run for two days; nobody remembers why.\n\n"
)
WORLD = (
    "Ελληνικά, Кириллица, Հայերեն, ქართული; עברית בתוך שורה; نص عربي مع 123 رقم;"
    " 付款平台与结算；決済基盤のメモ；결제 플랫폼; e\u0301 a\u0308\u0323 \U0001f469\u200d\U0001f4bb"
    " \U0001f680 ✓ → ≤ \u0e01\u0e32\u0e23 \u0007\u202e end"
)
RECORDED = replace(
    METADATA,
    reference="DR-2026-0007",
    decision=Decision(
        status="superseded",
        day="2026-04-02",
        alternative="staged",
        reason="The lease ends in spring.\nThe parts can follow one by one.",
        deciders="Ada Lovelace, Grace Hopper",
        consulted="Operations",
        informed="Everybody who prints invoices",
        consequences="Two platforms for a year.",
        confirmation="A load test before the move.",
        review_on="2027-03-31",
        supersedes=OtherRecord("DR-2026-0003", "Order management"),
        superseded_by=OtherRecord("DR-2026-0011", "Order management"),
        history=(
            Event("2026-03-07T09:30:00Z", "proposed", "", ""),
            Event("2026-03-09T09:30:00Z", "accepted", "Ada Lovelace", "Board of 9 March"),
            Event(
                "2026-04-02T09:30:00Z", "superseded", "Ada Lovelace", "Superseded by DR-2026-0011."
            ),
        ),
    ),
)


@cache
def _file(name: str) -> Any:
    return read_yaml((settings.QUESTIONNAIRE_DIR / name).read_bytes())


def questionnaire_file() -> Any:
    """The data of the default questionnaire, new each time."""
    return deepcopy(_file(f"{settings.DECIDER_QUESTIONNAIRE}.yaml"))


def report(data: Mapping[str, Any], **given: Any) -> Document:
    """A report on the questionnaire in this data; what is not given is empty."""
    empty = {"title": "Untitled", "context": "", "answers": {}, "notes": {}, "weights": {}}
    return build_document(questionnaire=parse(data), version=1, **{**empty, **given})


def example() -> Document:
    """The filled-in example that the project brings along."""
    data = questionnaire_file()
    answers = parse_answers_file(
        parse(data), _file(f"{settings.DECIDER_QUESTIONNAIRE}.example.yaml")
    )
    return report(
        data,
        title=answers.title,
        context=answers.context,
        answers=answers.answers,
        notes=answers.notes,
        weights=answers.weights,
    )


def all_unknown() -> Document:
    """Every question answered with "I don't know"."""
    data = questionnaire_file()
    answers = dict.fromkeys(parse(data).questions, "unknown")
    return report(data, title="A system that nobody knows any more", answers=answers)


def rules() -> Document:
    """A recommendation on a condition, with requirements, quotations and what is out."""
    return heating.report(**heating.QUIET)


def everything_ruled_out() -> Document:
    """A choice of the first question speaks against each alternative for good."""
    data = questionnaire_file()
    question = data["sections"][0]["questions"][0]
    choice = question["choices"][0]
    choice["evidence"] = {
        row["key"]: {
            "veto": True,
            "value": -2,
            "reason": f"{row['name']}: forbidden by the owner of the data until the audit is over.",
            "basis": "Contract",
        }
        for row in data["alternatives"]
    }
    return report(
        data,
        title="Case files under seal",
        context="Nothing may be moved before the audit.",
        answers={question["key"]: choice["key"]},
    )


def long_notes() -> Document:
    """Texts as long as the forms let through, at every question."""
    data = questionnaire_file()
    questions = parse(data).questions.values()
    return report(
        data,
        title="Policy administration, settlement side, with all that was bolted on in thirty years",
        context=(PARAGRAPH * 20)[:2000],
        answers={question.key: question.choices[-1].key for question in questions},
        notes={question.key: (PARAGRAPH * 40)[:4000] for question in questions},
    )


def texts_of_the_world() -> Document:
    """Many scripts, emoji, combining marks, control characters, and a script without a font."""
    data = questionnaire_file()
    questions = list(parse(data).questions.values())
    return report(
        data,
        title="付款平台 \U0001f680 نظام الدفع תשלומים",
        context=f"{WORLD}\n{WORLD}",
        answers={question.key: question.choices[0].key for question in questions[:12]},
        notes={question.key: WORLD for question in questions[:12]},
    )


def endless_words() -> Document:
    """Words, marks and mixed directions of a hundred thousand characters."""
    data = questionnaire_file()
    first, second, third, *_ = parse(data).questions
    return report(
        data,
        title="x" * 120,
        context="\u0627\u05d0a1" * 25_000,
        answers=dict.fromkeys((first, second, third), "unknown"),
        notes={first: "x" * 100_000, second: "a" + "\u0301" * 100_000, third: "<b>&" * 25_000},
    )


def printed_files() -> dict[str, bytes]:
    """PDFs of all of them under the names of files; the example also on Letter."""
    files: dict[str, tuple[Document, ReportMetadata, Paper]] = {
        "example.pdf": (example(), RECORDED, "A4"),
        "example-letter.pdf": (example(), RECORDED, "Letter"),
        "all-unknown.pdf": (all_unknown(), METADATA, "A4"),
        "rules.pdf": (rules(), METADATA, "A4"),
        "everything-ruled-out.pdf": (everything_ruled_out(), METADATA, "Letter"),
        "long-notes.pdf": (long_notes(), METADATA, "Letter"),
        "texts-of-the-world.pdf": (texts_of_the_world(), METADATA, "A4"),
        "endless-words.pdf": (endless_words(), METADATA, "A4"),
    }
    return {
        name: printed(document, metadata=metadata, paper=paper, record="{}")
        for name, (document, metadata, paper) in files.items()
    }
