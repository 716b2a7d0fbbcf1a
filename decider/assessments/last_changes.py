"""Who changed something last, to be named beside it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Window

from decider.assessments.editors import names_of
from decider.assessments.models import Assessment, ChangeKind

EDITS = ChangeKind.STARTED, ChangeKind.ANSWER, ChangeKind.WEIGHTS, ChangeKind.DETAILS
"""What makes somebody one of those who edited an assessment."""


@dataclass(frozen=True, slots=True)
class LastChange:
    """When something was changed last; `times` says how often it was replaced.

    `actor` is the name of who did it, "you" for whoever asks, and empty where nobody is named.
    """

    actor: str
    at: datetime
    times: int = 0


def last_change_of(
    assessment: Assessment, here: uuid.UUID | None, question_key: str
) -> LastChange | None:
    """The last change of an answer."""
    changes = assessment.changes.filter(kind=ChangeKind.ANSWER, question_key=question_key)
    counted = changes.annotate(times=Window(Count("before")))
    found = counted.values_list("actor", "at", "times").first()
    if found is None:
        return None
    actor, at, times = found
    return LastChange(_names(assessment, here, {actor})[actor] if actor else "", at, times)


def last_changes(assessment: Assessment, here: uuid.UUID | None) -> dict[str, LastChange]:
    """The last change of each answer by question; empty where only one person edited."""
    if not have_several_edited(assessment):
        return {}
    changes = assessment.changes.filter(kind=ChangeKind.ANSWER).exclude(actor=None).order_by()
    newest = changes.values("question_key").annotate(last=Max("pk")).values("last")
    found = list(assessment.changes.filter(pk__in=newest))
    names = _names(assessment, here, {change.actor for change in found if change.actor})
    return {c.question_key: LastChange(names[c.actor], c.at) for c in found}


def have_several_edited(assessment: Assessment) -> bool:
    """Whether more than one person edited it."""
    edits = assessment.changes.filter(kind__in=EDITS).exclude(actor=None).order_by()
    return len(edits.values("actor").distinct()[:2]) > 1


def changed_meanwhile(
    assessment: Assessment, here: uuid.UUID | None, *kinds: ChangeKind, question_key: str = ""
) -> LastChange | None:
    """The change of one of these kinds, and of this question if one is named, that made a form
    stale."""
    changes = assessment.changes.filter(kind__in=kinds)
    if question_key:
        changes = changes.filter(question_key=question_key)
    found = changes.first()
    if found is None:
        return None
    if found.actor is None:
        return LastChange("", found.at)
    return LastChange(_names(assessment, here, {found.actor})[found.actor], found.at)


def _names(assessment: Assessment, here: uuid.UUID | None, keys: set[uuid.UUID]) -> dict[Any, str]:
    """The names of these keys; "you" for that of whoever asks."""
    others = keys - {here}
    names = names_of(assessment, others) if others else {}
    return {**names, here: "you"}
