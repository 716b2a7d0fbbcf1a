"""E-mails on new comments and sign-offs."""

from __future__ import annotations

import uuid

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from decider.assessments.models import Editor
from decider.base.access import Can, Role
from decider.base.addresses import absolute
from decider.people import notices
from decider.people.models import Person
from decider.people.notices import Notice
from decider.reports.access import find_report
from decider.reports.models import Comment, RecordEntry, Report, SignOff


def notify_of_comment(comment: Comment) -> None:
    """Notify those whom a new comment mentions, those who wrote in its thread, and the owners.

    Nobody gets two e-mails on one comment, one on their own, or one on what they may not read.
    """
    if not notices.are_sent():
        return
    notified = {comment.author}
    for kind, people, does in (
        (Notice.MENTIONS, comment.mentions.all(), "mentions you in a comment on"),
        (Notice.REPLIES, _in_thread(comment), "replies to a thread on"),
        (Notice.COMMENTS, _owners(comment.report), "comments on"),
    ):
        found = list(people.exclude(pk__in=notified))
        notified |= {person.pk for person in found}
        said = f"{comment.author_name} {does} {_named(comment.report)}"
        page = f"{reverse('comments', args=[comment.report_id])}#comment-{comment.pk}"
        _send(comment.report, found, kind, said, comment.text, page)


def notify_of_sign_off(made: SignOff) -> None:
    """Notify the owners of the assessment of a new sign-off that is not their own."""
    if not notices.are_sent():
        return
    report = made.record.report
    said = f"{made.by} signs off {_named(report)}: {made.get_position_display().lower()}"
    owners = list(_owners(report).exclude(pk=made.signer))
    page = reverse("sign_off", args=[report.pk])
    _send(report, owners, Notice.SIGN_OFFS, said, made.reason, page)


def notify_of_review(entry: RecordEntry) -> None:
    """Notify the owners of the assessment that it is time to look at a decision again."""
    report = entry.record.report
    assert entry.review_on is not None, "asked for only where there is one"
    date = date_format(entry.review_on, "j F Y")
    said = f"{entry.record}, {_named(report)}, is due for review: its review date is {date}"
    page = report.get_absolute_url()
    _send(report, list(_owners(report)), Notice.REVIEWS, said, "", page)


def _named(report: Report) -> str:
    # Straight quotation marks: mail servers encode subjects that are not ASCII.
    return f'"{report.title}", report {report.number}'


def _in_thread(comment: Comment) -> QuerySet[Person]:
    """Who wrote in the thread of a reply."""
    thread = Q(pk=comment.thread_id) | Q(thread=comment.thread_id, thread__isnull=False)
    authors = Comment.objects.filter(thread).values("author")
    return Person.objects.filter(pk__in=authors)


def _owners(report: Report) -> QuerySet[Person]:
    """Who owns the assessment of a report: a person, or all owners of a team."""
    owners = Editor.objects.filter(assessment=report.assessment_id, is_owner=True)
    keys = owners.values("holder")
    of_team = Q(memberships__team__in=keys, memberships__role=Role.OWNER)
    return Person.objects.filter(Q(pk__in=keys) | of_team).distinct()


def _send(
    report: Report, people: list[Person], kind: Notice, said: str, text: str, page: str
) -> None:
    notices.send_notices(
        people=[person for person in people if _may_read(report.pk, person)],
        kind=kind,
        subject=said,
        text=f"{said}{':' if text else '.'}\n\n{text}".rstrip(),
        address=absolute(page),
    )


def _may_read(report: uuid.UUID, person: Person) -> bool:
    found = find_report(pk=report, browser=person.pk)
    return found is not None and Can.COMMENT in found[1]
