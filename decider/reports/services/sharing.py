"""Share links: made, opened and revoked. Only the hash of a link's secret is kept."""

from __future__ import annotations

import hashlib
import logging
import secrets
import uuid
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from decider.reports.models import Report, ShareLink

logger = logging.getLogger(__name__)


def _hash(token: str) -> str:
    # A token has 256 random bits: nothing to gain from a slow, salted hash.
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """The secret of a new link: 256 random bits."""
    return secrets.token_urlsafe(32)


def share_report(*, report: Report, label: str, lifetime: timedelta) -> tuple[ShareLink, str]:
    """A new share link and its secret token, which can't be had again."""
    token = new_token()
    link = ShareLink.objects.create(
        report=report,
        label=label,
        token_hash=_hash(token),
        expires_at=timezone.now() + lifetime,
    )
    return link, token


def find_share_link(*, token: str) -> ShareLink | None:
    """The link with this secret, open or not; None where there is none."""
    return ShareLink.objects.select_related("report").filter(token_hash=_hash(token)).first()


def link_of(*, public_id: uuid.UUID) -> ShareLink | None:
    """The link with this public id, open or not; None where there is none."""
    return ShareLink.objects.select_related("report").filter(public_id=public_id).first()


def note_opening(*, link: ShareLink) -> None:
    """Note that the link was opened now, if that can be saved: reading goes on in any case."""
    try:
        with transaction.atomic():
            ShareLink.objects.filter(pk=link.pk).update(last_opened_at=timezone.now())
    except DatabaseError:
        logger.warning("The opening of share link %s could not be noted", link.pk, exc_info=True)


def revoke_share_link(*, link: ShareLink) -> None:
    """End a link now; ending it again changes nothing."""
    ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
