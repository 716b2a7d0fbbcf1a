"""Letters on new comments."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse

from decider.base.access import Can
from decider.base.addresses import absolute
from decider.people import notices
from decider.people.models import Person
from decider.people.notices import Notice
from decider.reports.access import find_report
from decider.reports.models import Comment


def tell_of(comment: Comment) -> None:
    """Tell those whom a new comment mentions, and those who wrote in its thread before.

    Nobody gets two letters on one comment, one on their own, or one on what they may not read.
    """
    if not notices.are_sent():
        return
    mentioned = list(comment.mentions.exclude(pk=comment.author))
    keys = {person.pk for person in mentioned}
    others = _in_thread(comment).exclude(pk__in=keys)
    _send(comment, mentioned, Notice.MENTIONS, "mentions you in a comment on")
    _send(comment, list(others), Notice.REPLIES, "replies to a thread on")


def _in_thread(comment: Comment) -> QuerySet[Person]:
    """Who wrote in the thread of a reply, but for its author."""
    thread = Q(pk=comment.thread_id) | Q(thread=comment.thread_id, thread__isnull=False)
    authors = Comment.objects.filter(thread).values("author")
    return Person.objects.filter(pk__in=authors).exclude(pk=comment.author)


def _send(comment: Comment, people: list[Person], kind: Notice, does: str) -> None:
    report = comment.report
    said = f"{comment.author_name} {does} “{report.title}”, report {report.number}"
    page = reverse("comments", args=[report.pk])
    notices.send_notices(
        people=[person for person in people if _may_read(comment, person)],
        kind=kind,
        subject=said,
        text=f"{said}:\n\n{comment.text}",
        address=absolute(f"{page}#comment-{comment.pk}"),
    )


def _may_read(comment: Comment, person: Person) -> bool:
    found = find_report(pk=comment.report_id, browser=person.pk)
    return found is not None and Can.COMMENT in found[1]
