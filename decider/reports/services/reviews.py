"""E-mails on decisions whose review date has come."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from decider.people import notices
from decider.reports.models import RecordEntry, ReviewNotice, Status
from decider.reports.services.notices import notify_of_review

ENDED = (Status.SUPERSEDED, Status.DEPRECATED, Status.REJECTED)


def due_reviews() -> QuerySet[RecordEntry]:
    """How the decisions stand that are to be looked at again by today, and on which no e-mail
    was sent yet."""
    later = RecordEntry.objects.filter(record=OuterRef("record"), number__gt=OuterRef("number"))
    notified = ReviewNotice.objects.filter(
        record=OuterRef("record"), review_on=OuterRef("review_on")
    )
    due = RecordEntry.objects.filter(review_on__lte=timezone.localdate()).exclude(status__in=ENDED)
    return due.filter(~Exists(later), ~Exists(notified)).select_related("record__report")


def send_due_reviews() -> int:
    """Notify the owners of each, once for each review date; how many decisions they were."""
    if not notices.are_sent():
        return 0
    return sum(_notify(entry) for entry in due_reviews().order_by("record"))


def _notify(entry: RecordEntry) -> bool:
    """Noted first, so that of two processes one sends the e-mails."""
    assert entry.review_on is not None, "only dates that have come are asked for"
    try:
        with transaction.atomic():
            ReviewNotice.objects.create(record=entry.record, review_on=entry.review_on)
    except IntegrityError:
        return False
    notify_of_review(entry)
    return True
