"""Restoring what a change replaced: an answer, the weights, the name or the context."""

from __future__ import annotations

import uuid
from typing import Any

from decider.assessments.history import Content
from decider.assessments.models import ChangeKind
from decider.assessments.services import answer_question, change_assessment, parts_of


def to_restore(change: Any) -> Content:
    """What restoring the state before a change, from `changes_of`, sets.

    Of name and context that is only what the change replaced. Of weights it is all: each means
    something only beside the others.
    """
    before: Content = change.before
    if change.kind != ChangeKind.DETAILS:
        return before
    after = change.following or parts_of(change.assessment)[ChangeKind.DETAILS]
    return {name: text for name, text in before.items() if text != after[name]}


def restore(*, change: Any, revision: int, actor: uuid.UUID) -> None:
    """Set what a change, from `changes_of`, replaced; `revision` is that of what is there now, as
    the form showed it.

    Raises StaleAnswer as `answer_question` does, StaleAssessment as `change_assessment` does, and
    Assessment.DoesNotExist where the assessment was deleted.
    """
    saved = {"assessment": change.assessment, "revision": revision, "actor": actor}
    content = to_restore(change)
    if change.kind == ChangeKind.ANSWER:
        key = change.question_key
        answer_question(question_key=key, restored=change.pk, **saved, **content)
    else:
        fields = {"weights": content} if change.kind == ChangeKind.WEIGHTS else content
        change_assessment(restored=change.pk, **saved, **fields)
