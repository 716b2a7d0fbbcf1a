"""The filled-in example of the default questionnaire, for the home page."""

from __future__ import annotations

import logging
from functools import lru_cache

from django.conf import settings

from decider.base.files import FileErrors, read_yaml
from decider.engine.report.document import Document, build_document
from decider.questionnaires.answer_files import AnswersFile, parse_answers_file
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import questionnaire_of

logger = logging.getLogger(__name__)


def example_answers(version: QuestionnaireVersion) -> AnswersFile | None:
    """The example of this version's questionnaire, or None where there is none that fits."""
    try:
        return read_example(version)
    except FileErrors as errors:
        logger.warning("The example doesn't fit %s, so there is none: %s", version, errors)
        return None


def read_example(version: QuestionnaireVersion) -> AnswersFile | None:
    """The example, or None where there is none; raises FileErrors where it doesn't fit."""
    path = settings.QUESTIONNAIRE_DIR / f"{version.key}.example.yaml"
    if not path.exists():
        return None
    questionnaire = questionnaire_of(version_id=version.pk)
    return parse_answers_file(questionnaire, read_yaml(path.read_bytes()))


def document_from(version: QuestionnaireVersion, answers: AnswersFile) -> Document:
    """The report document of an answers file; nothing is saved."""
    return build_document(
        questionnaire=questionnaire_of(version_id=version.pk),
        version=version.number,
        title=answers.title,
        context=answers.context,
        answers=answers.answers,
        notes=answers.notes,
        weights=answers.weights,
    )


@lru_cache(maxsize=4)
def _document(version_id: int) -> Document | None:
    version = QuestionnaireVersion.objects.get(pk=version_id)
    example = example_answers(version)
    return document_from(version, example) if example else None


def example_document(version: QuestionnaireVersion) -> Document | None:
    """The report document of the example; kept in memory, since neither ever changes."""
    return _document(version.pk)
