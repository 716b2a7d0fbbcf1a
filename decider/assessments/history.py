"""The history of an assessment: who changed what and when.

Whatever makes a change adds it here, in the same transaction, under the lock of the assessment. By
kind, `details` hold:

- STARTED: `source`, "file" or "copy" where it began with answers, "round" where it is somebody's
  part in a round
- ANSWER, WEIGHTS, DETAILS: `restored`, the key of an earlier change, where what that replaced was
  restored
- TAKEN_ALONG, REMOVED, OWNER, ROLE: `whom`, the key of a browser, person or team; ROLE also `role`,
  a value of `Role`, or empty for whoever left the team
- REPORT, SHARED, UNSHARED, RESHARED, RECORD, SIGN_OFF: `report`, the key of a report, and `record`,
  the number of its record; those of share links also their `label`, RECORD also `entry` and
  `status`, SIGN_OFF `position`
- ROUND: `round`, the key of the round, `step`, what was done: "begun", "invited", "revoked" (an
  invitation), "joined", "removed", "let-back", "finished" or "closed"; and `whom`, the key of the
  participant whom others did it to
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from decider.assessments.models import Answer, Assessment, Change, ChangeKind
from decider.web.limits import Limit

ONE_CHANGE = timedelta(minutes=5)
"""What one person changes in the same thing within so long, with nobody in between, is one change:
the history keeps what was there before the first."""

CHANGES = Limit("changes of an assessment", times=100, seconds=600)
"""By one person. First answers and what goes on as one change don't count: whoever only fills in an
assessment never gets there, but two who take turns for ever would fill the disk."""

Content = dict[str, Any]
"""What was replaced, as `Change.before` holds it."""


def content_of(answer: Answer | None) -> Content | None:
    """What the history keeps of an answer; None where there is none."""
    return {"value": answer.value, "note": answer.note} if answer else None


def add_change(
    *, assessment: Assessment, actor: uuid.UUID | None, kind: ChangeKind, **details: str | int
) -> None:
    """Add what somebody did with a locked assessment."""
    Change.objects.create(assessment=assessment, actor=actor, kind=kind, details=details)


def add_replaced(
    assessment: Assessment,
    actor: uuid.UUID | None,
    kind: ChangeKind,
    before: Mapping[str, Content | None],
    **details: str | int,
) -> None:
    """Add what somebody replaced in a locked assessment, by question, or under an empty key.

    Raises TooOften where they have done so too often lately.
    """
    replaced = [key for key, content in before.items() if content]
    added = set() if details else _added_just_now(assessment, actor, kind, replaced)
    if settings.LIMITS and actor and not added.issuperset(replaced):
        CHANGES.spend(f"{assessment.pk} {actor}")
    Change.objects.bulk_create(
        Change(
            assessment=assessment,
            actor=actor,
            kind=kind,
            question_key=key,
            before=content,
            details=details,
        )
        for key, content in before.items()
        if key not in added
    )


def _added_just_now(
    assessment: Assessment, actor: uuid.UUID | None, kind: ChangeKind, keys: Collection[str]
) -> set[str]:
    """Which of these keys this actor changed last, a moment ago: that change goes on."""
    if actor is None or not keys:
        return set()
    since = timezone.now() - ONE_CHANGE
    recent = assessment.changes.filter(kind=kind, question_key__in=keys, at__gt=since)
    last = {change.question_key: change for change in recent.order_by("pk")}
    return {key for key, change in last.items() if change.actor == actor and not change.details}
