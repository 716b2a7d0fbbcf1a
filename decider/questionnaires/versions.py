"""Questionnaire files and the versions that they become."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import IntegrityError, transaction

from decider.base.digests import sha256
from decider.base.files import read_content
from decider.engine.questionnaire.parse import parse
from decider.engine.questionnaire.plain import to_dict
from decider.engine.questionnaire.schema import Questionnaire
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.rows import read_rows, write_rows


def default_path() -> Path:
    """Where the file of the default questionnaire is."""
    path: Path = settings.QUESTIONNAIRE_DIR / f"{settings.DECIDER_QUESTIONNAIRE}.yaml"
    return path


def parse_file(*, text: str | bytes) -> Questionnaire:
    """The questionnaire of a file; raises FileErrors with all errors, by line."""
    return read_content(text).read_as(parse)


def digest_of(questionnaire: Questionnaire) -> str:
    """The SHA-256 of the content, in hexadecimal; comments and layout of the file don't count."""
    content = json.dumps(to_dict(questionnaire), sort_keys=True, separators=(",", ":"))
    return sha256(content)


def load_questionnaire(*, text: str | bytes) -> tuple[QuestionnaireVersion, bool]:
    """The published version with this content, and whether it is new.

    Content that differs from the newest version of its key becomes the next version; the same
    content changes nothing. Raises FileErrors, and then nothing is loaded.
    """
    questionnaire = parse_file(text=text)
    try:
        return _load(questionnaire)
    except IntegrityError:
        # Another process took the number in the meantime, usually with the very same file.
        return _load(questionnaire)


@transaction.atomic
def _load(questionnaire: Questionnaire) -> tuple[QuestionnaireVersion, bool]:
    digest = digest_of(questionnaire)
    versions = QuestionnaireVersion.objects.filter(key=questionnaire.key)
    newest = versions.order_by("-number").first()
    if newest and newest.digest == digest:
        return newest, False
    version = QuestionnaireVersion.objects.create(
        key=questionnaire.key,
        number=newest.number + 1 if newest else 1,
        title=questionnaire.title,
        summary=questionnaire.summary,
        language=questionnaire.language,
        anchors={str(step): words for step, words in questionnaire.anchors.items()},
        weight_origin=questionnaire.weight_origin,
        digest=digest,
    )
    write_rows(version, questionnaire)
    version.publish()
    forget_versions()
    return version, True


def forget_versions() -> None:
    """Hold no version in memory: an id can come back after a transaction that was undone."""
    published_version.cache_clear()
    questionnaire_of.cache_clear()
    caches["template_fragments"].clear()


def vanished_keys(*, version: QuestionnaireVersion) -> list[str]:
    """What the version before had and this one hasn't, each as its kind and key.

    Answers and weights go by keys: those of a key that is gone don't carry over.
    """
    before = QuestionnaireVersion.objects.filter(key=version.key, number=version.number - 1)
    number = before.values_list("pk", flat=True).first()
    if number is None:
        return []
    return list(
        _vanished(questionnaire_of(version_id=number), questionnaire_of(version_id=version.pk))
    )


def _vanished(before: Questionnaire, now: Questionnaire) -> Iterator[str]:
    for kind, rows, kept in (
        ("alternative", before.alternatives, now.alternatives),
        ("section", before.sections, now.sections),
    ):
        keys = {row.key for row in kept}
        yield from (f"{kind} {row.key}" for row in rows if row.key not in keys)
    for key, question in before.questions.items():
        if key not in now.questions:
            yield f"question {key}"
        else:
            offered = {choice.key for choice in now.questions[key].choices}
            gone = (choice.key for choice in question.choices if choice.key not in offered)
            yield from (f"choice {choice} of {key}" for choice in gone)


def latest_version(*, key: str | None = None) -> QuestionnaireVersion:
    """The newest published version of a questionnaire, by default of the one in the settings.

    Raises QuestionnaireVersion.DoesNotExist where none is loaded.
    """
    key = key or settings.DECIDER_QUESTIONNAIRE
    versions = QuestionnaireVersion.objects.published().filter(key=key)
    return versions.order_by("-number")[:1].get()


@lru_cache(maxsize=16)
def published_version(*, version_id: int) -> QuestionnaireVersion:
    """A published version, held in memory: it never changes."""
    return QuestionnaireVersion.objects.published().get(pk=version_id)


@lru_cache(maxsize=16)
def questionnaire_of(*, version_id: int) -> Questionnaire:
    """The questionnaire of a published version, held in memory."""
    return read_rows(published_version(version_id=version_id))
