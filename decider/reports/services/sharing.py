"""Share links: made, opened, revoked and restored. Only the hash of a link's secret is kept."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from decider.assessments.models import Assessment, ChangeKind
from decider.base.tokens import new_token, token_hash
from decider.reports.models import Report, ShareLink
from decider.reports.services.history import add_to_history
from decider.web.limits import Limit

logger = logging.getLogger(__name__)

PASSPHRASES = Limit("passphrase of a share link", times=5, seconds=15 * 60, is_strict=True)
"""Tries of whoever has the link, together."""


class TooLate(Exception):
    """The time in which a revocation can be undone is over."""


@transaction.atomic
def share_report(
    *,
    report: Report,
    label: str,
    lifetime: timedelta | None,
    follows_newest: bool = False,
    passphrase: str = "",
    may_comment: bool = False,
    actor: uuid.UUID | None = None,
) -> tuple[ShareLink, str]:
    """A new share link and its secret token, which can't be retrieved later.

    Without a `lifetime` it never expires. With `follows_newest` it shows the newest report of the
    assessment. With a `passphrase` its readers are asked for that too; with `may_comment`
    they may comment.
    """
    assessment = _lock_assessment_of(report)
    token = new_token()
    link = ShareLink.objects.create(
        report=report,
        label=label,
        token_hash=token_hash(token),
        follows_newest=follows_newest,
        may_comment=may_comment,
        passphrase_hash=make_password(passphrase) if passphrase else "",
        expires_at=None if lifetime is None else timezone.now() + lifetime,
    )
    add_to_history(assessment, link.report.record, actor, ChangeKind.SHARED, label=link.label)
    return link, token


def _lock_assessment_of(report: Report) -> Assessment | None:
    """The assessment of a report, if there still is one, kept from other writers."""
    return Assessment.objects.select_for_update().filter(reports=report).first()


def find_share_link(*, token: str) -> ShareLink | None:
    """The link with this secret, open or not; None where there is none."""
    return _links().filter(token_hash=token_hash(token)).first()


def link_of(*, public_id: uuid.UUID) -> ShareLink | None:
    """The link with this public id, open or not; None where there is none."""
    return _links().filter(public_id=public_id).first()


def _links() -> QuerySet[ShareLink]:
    return ShareLink.objects.select_related("report__assessment")


def note_opening(*, link: ShareLink) -> None:
    """Count that the link was opened now, if that can be saved: reading goes on in any case."""
    try:
        with transaction.atomic():
            ShareLink.objects.filter(pk=link.pk).update(
                last_opened_at=timezone.now(), openings=F("openings") + 1
            )
    except DatabaseError:
        logger.warning("The opening of share link %s could not be noted", link.pk, exc_info=True)


def is_passphrase(*, link: ShareLink, passphrase: str) -> bool:
    """Whether this is the passphrase of a link; raises TooOften after too many wrong ones."""
    PASSPHRASES.spend(str(link.pk))  # before the slow check: those who try at once all count
    is_right = check_password(passphrase, link.passphrase_hash)
    if is_right:
        PASSPHRASES.forget(str(link.pk))
    return is_right


@transaction.atomic
def revoke_share_link(*, link: ShareLink, actor: uuid.UUID | None = None) -> None:
    """End a link now; ending it again changes nothing."""
    assessment = _lock_assessment_of(link.report)
    present = ShareLink.objects.filter(pk=link.pk, revoked_at=None)
    if present.update(revoked_at=timezone.now()):
        add_to_history(assessment, link.report.record, actor, ChangeKind.UNSHARED, label=link.label)


@transaction.atomic
def restore_share_link(*, link: ShareLink, actor: uuid.UUID | None = None) -> None:
    """Undo the revocation of a link; raises TooLate once UNDO_TIME is over."""
    assessment = _lock_assessment_of(link.report)
    current = ShareLink.objects.select_for_update().get(pk=link.pk)
    if current.revoked_at is None:
        return
    if current.state == "revoked" and not current.can_be_restored:
        raise TooLate
    current.revoked_at = None
    current.save(update_fields=["revoked_at"])
    add_to_history(assessment, link.report.record, actor, ChangeKind.RESHARED, label=link.label)
