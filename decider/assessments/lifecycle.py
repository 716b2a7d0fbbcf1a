"""What becomes of a whole assessment: copied, archived, deleted, restored, and gone for good."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from decider.assessments.history import add_change
from decider.assessments.models import Answer, Assessment, ChangeKind, Editor
from decider.assessments.names import unused_title
from decider.assessments.services import lock_assessment, start_assessment

KEPT_AFTER_DELETION = timedelta(days=30)
"""How long a deleted assessment can be restored."""


@transaction.atomic
def duplicate_assessment(*, assessment: Assessment, browser: uuid.UUID) -> Assessment:
    """A copy of title, context, answers, notes and weights, owned by this browser.

    Reports, other editors and the edit link are those of the original only. Raises
    Assessment.DoesNotExist where the original was deleted.
    """
    original = lock_assessment(assessment)
    copy = start_assessment(
        version=original.version,
        title=unused_title(original.title, browser),
        context=original.context,
        browser=browser,
        source="copy",
    )
    copy.weights = original.weights
    copy.save(update_fields=["weights"])
    Answer.objects.bulk_create(
        Answer(
            assessment=copy,
            question_key=answer.question_key,
            value=answer.value,
            note=answer.note,
        )
        for answer in original.answers.all()
    )
    return copy


@transaction.atomic
def archive_assessment(*, assessment: Assessment, browser: uuid.UUID) -> None:
    """Move the assessment to the archive of this browser, and to that of the team that owns it;
    others see it as before."""
    _set_archived(assessment, browser, timezone.now())


@transaction.atomic
def unarchive_assessment(*, assessment: Assessment, browser: uuid.UUID) -> None:
    """Move the assessment back to the list of this browser, and to that of its team."""
    _set_archived(assessment, browser, None)


def _set_archived(assessment: Assessment, browser: uuid.UUID, moment: datetime | None) -> None:
    locked = lock_assessment(assessment)
    Editor.objects.held_by(browser).filter(assessment=locked).update(archived_at=moment)


@transaction.atomic
def delete_assessment(*, assessment: Assessment, actor: uuid.UUID | None = None) -> None:
    """Delete the assessment; for KEPT_AFTER_DELETION its owner can restore it.

    All who edited it can still read its reports. Raises Assessment.DoesNotExist where somebody
    else deleted it in the meantime.
    """
    locked = lock_assessment(assessment)
    locked.deleted_at = timezone.now()
    locked.save(update_fields=["deleted_at"])
    add_change(assessment=locked, actor=actor, kind=ChangeKind.DELETED)


@transaction.atomic
def restore_assessment(*, assessment: Assessment, actor: uuid.UUID | None = None) -> None:
    """Undo the deletion: it is as it was, for all who edited it.

    Raises Assessment.DoesNotExist where it is gone for good, or was restored already.
    """
    locked = _lock_deleted(assessment)
    locked.deleted_at = None
    locked.save(update_fields=["deleted_at"])
    add_change(assessment=locked, actor=actor, kind=ChangeKind.UNDELETED)


@transaction.atomic
def purge_assessment(*, assessment: Assessment) -> None:
    """Remove a deleted assessment for good, with its answers, notes, weights and history.

    Raises Assessment.DoesNotExist where it is gone already, or was restored in the meantime.
    """
    _lock_deleted(assessment).delete()


def purge_expired() -> int:
    """Remove the assessments whose time to be restored is over; how many they were."""
    expired = Assessment.deleted.filter(deleted_at__lt=timezone.now() - KEPT_AFTER_DELETION)
    purged = 0
    for assessment in expired:
        try:
            purge_assessment(assessment=assessment)
        except Assessment.DoesNotExist:  # restored or purged by another process
            continue
        purged += 1
    return purged


def _lock_deleted(assessment: Assessment) -> Assessment:
    return Assessment.deleted.select_for_update().get(pk=assessment.pk)
