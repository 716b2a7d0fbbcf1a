"""Share links: made, opened and revoked. Only the hash of a link's secret is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from decider.models import Report, ShareLink


def _hash(token: str) -> str:
    # A token has 256 random bits: nothing to gain from a slow, salted hash.
    return hashlib.sha256(token.encode()).hexdigest()


def share_report(*, report: Report, label: str, lifetime: timedelta) -> tuple[ShareLink, str]:
    """A new share link and its secret token, which can't be had again."""
    token = secrets.token_urlsafe(32)
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


def open_share_link(*, token: str) -> ShareLink | None:
    """The open link with this secret, its opening noted; None where there is none."""
    now = timezone.now()
    link = find_share_link(token=token)
    if link is None or link.state != "open":
        return None
    ShareLink.objects.filter(pk=link.pk).update(last_opened_at=now)
    return link


def revoke_share_link(*, link: ShareLink) -> None:
    """End a link now; ending it again changes nothing."""
    ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
