"""What Decider does with a file before anything of it is kept: refuse it in words, or read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from decider.base.files import FileErrors, read_content, read_yaml
from decider.engine.questionnaire.errors import PathErrors
from decider.engine.questionnaire.parse import parse
from decider.engine.report.document import build_document
from decider.questionnaires.answer_files import parse_answers_file
from decider.reports.proof.pdf_attachment import (
    BROKEN,
    FOUND,
    LOCKED,
    MISSING,
    TOO_LARGE,
    TWICE,
    read_attachments,
)
from tests.bicycle import bicycle

BICYCLE: Final = bicycle()


def questionnaire(content: bytes) -> None:
    """A questionnaire file; one that is right is scored."""
    try:
        read = read_content(content).read_as(parse)
    except PathErrors:
        return
    build_document(
        questionnaire=read, version=1, title="", context="", answers={}, notes={}, weights={}
    )


def answers(content: bytes) -> None:
    """An answers file."""
    try:
        parse_answers_file(BICYCLE, read_yaml(content))
    except FileErrors:
        return


def pdf(content: bytes) -> None:
    """A PDF in which a report might be."""
    status, _ = read_attachments(content)
    assert status in (FOUND, MISSING, LOCKED, BROKEN, TOO_LARGE, TWICE)


READERS: Final[dict[str, Callable[[bytes], None]]] = {
    "questionnaire": questionnaire,
    "answers": answers,
    "pdf": pdf,
}
